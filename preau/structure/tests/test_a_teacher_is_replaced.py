from datetime import date

import pytest

from preau.kit import clock
from preau.structure import actions, queries
from preau.structure.models import TeachingAssignment
from preau.structure.rules import may_read_group, may_read_pupil

FROM, UNTIL = date(2026, 11, 16), date(2026, 12, 7)


@pytest.fixture
def replaced(school, school_day):
    own = school.maths_4tta.assignments.get()
    return actions.replace_teacher(
        assignment=own, replacement=school.thys, on=FROM, until=UNTIL, by=school.maes, at=school_day
    )


def test_the_replacement_sees_the_group_as_long_as_it_lasts(school, replaced):
    group = school.maths_4tta

    assert replaced.kind == TeachingAssignment.Kind.REPLACEMENT
    assert may_read_group.allows(school.thys, group)
    assert may_read_pupil.allows(school.thys, school.noor)
    with clock.at(UNTIL):
        assert not may_read_group.allows(school.thys, group)
        assert not may_read_pupil.allows(school.thys, school.noor)


def test_the_absent_teacher_keeps_the_group(school, replaced):
    assert replaced.pk
    assert list(queries.teachers_of(school.maths_4tta)) == [school.thys, school.vandamme]
    assert list(queries.teachers_of(school.maths_4tta, on=UNTIL)) == [school.vandamme]


def test_a_replacement_lies_within_what_is_replaced(school, school_day):
    own = school.maths_4tta.assignments.get()
    actions.end_assignment(assignment=own, on=date(2026, 11, 1), by=school.maes, at=school_day)

    with pytest.raises(Exception, match="does not teach Math 4, 4TTA during these days"):
        actions.replace_teacher(
            assignment=own, replacement=school.thys, on=FROM, until=UNTIL, by=school.maes, at=school_day
        )
    with pytest.raises(Exception, match="choose a later end"):
        actions.assign_teacher(
            group=school.maths_4tta,
            teacher=school.thys,
            on=UNTIL,
            until=FROM,
            by=school.maes,
            at=school_day,
        )


def test_nobody_has_a_group_twice(school, replaced, school_day):
    assert replaced.pk

    with pytest.raises(actions.AlreadyTeaches, match="Marc Thys already teaches Math 4, 4TTA on 16/11/2026"):
        actions.assign_teacher(
            group=school.maths_4tta,
            teacher=school.thys,
            on=date(2026, 9, 1),
            by=school.maes,
            at=school_day,
        )


def test_one_titulaire_takes_over_from_another(school, school_day):
    former = school.class_4tta.tutorships.get()

    actions.assign_tutor(
        class_group=school.class_4tta,
        tutor=school.thys,
        on=FROM,
        instead_of=former,
        by=school.maes,
        at=school_day,
    )

    assert list(queries.tutors_of(school.class_4tta)) == [school.thys]
    assert list(queries.tutors_of(school.class_4tta, on=date(2026, 11, 15))) == [school.vandamme]
    with pytest.raises(Exception, match="already in charge of 4TTA"):
        actions.assign_tutor(
            class_group=school.class_4tta, tutor=school.thys, on=UNTIL, by=school.maes, at=school_day
        )
