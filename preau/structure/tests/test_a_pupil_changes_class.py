from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from time import sleep

import pytest
from django.db import OperationalError, connection

from preau.kit import clock
from preau.people.models import Person
from preau.structure import actions, queries
from preau.structure.models import ClassGroup, Enrolment, GroupMembership
from preau.structure.rules import may_read_pupil
from preau.trail.models import Trace

NOVEMBER_9 = date(2026, 11, 9)


def test_in_november_a_pupil_moves_and_the_past_stays(school, school_day):
    left, joined = school.class_4tta, school.class_5ttb

    actions.move_pupil(pupil=school.noor, to=joined, on=NOVEMBER_9, by=school.maes, at=school_day)

    ties = school.noor.enrolments.order_by("starts_on").values_list("class_group", "starts_on", "ends_on")
    assert list(ties) == [(left.pk, date(2026, 8, 24), NOVEMBER_9), (joined.pk, NOVEMBER_9, None)]
    assert queries.class_of(school.noor, on=date(2026, 11, 8)) == left
    trace = Trace.objects.get(act="structure.move_pupil")
    assert (trace.by, trace.about, trace.details["from"]) == (school.maes, school.noor, "4TTA")


def test_the_new_tutor_reads_the_pupil_and_the_former_no_longer(school, school_day):
    assert school.class_4tta
    assert may_read_pupil.allows(school.vandamme, school.noor)

    actions.move_pupil(pupil=school.noor, to=school.class_2cb, on=NOVEMBER_9, by=school.maes, at=school_day)

    assert may_read_pupil.allows(school.lemaire, school.noor)
    assert not may_read_pupil.allows(school.vandamme, school.noor)


def test_who_arrived_that_day_is_simply_put_in_the_other_class(school, school_day):
    actions.enrol_pupil(
        pupil=school.zoe, class_group=school.class_4tta, on=NOVEMBER_9, by=school.maes, at=school_day
    )

    actions.move_pupil(pupil=school.zoe, to=school.class_2cb, on=NOVEMBER_9, by=school.maes, at=school_day)

    assert school.zoe.enrolments.get().class_group == school.class_2cb


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (NOVEMBER_9, actions.AlreadyEnrolled),
        (date(2026, 8, 23), actions.OutsideTheYear),
        (date(2027, 7, 3), actions.OutsideTheYear),
    ],
)
def test_nobody_is_enrolled_twice_nor_outside_the_year(school, school_day, on, refusal):
    assert school.class_4tta

    with pytest.raises(refusal) as refused:
        actions.enrol_pupil(
            pupil=school.noor, class_group=school.class_2cb, on=on, by=school.maes, at=school_day
        )

    assert "%(" not in str(refused.value)
    assert school.noor.enrolments.count() == 1


def test_moving_who_is_nowhere_or_already_there_is_refused_with_words(school, school_day):
    there = school.class_4tta

    with pytest.raises(actions.NotEnrolled, match="Zoé Martin is in no class"):
        actions.move_pupil(pupil=school.zoe, to=there, on=NOVEMBER_9, by=school.maes, at=school_day)
    with pytest.raises(Exception, match="Noor Haddad is already in 4TTA"):
        actions.move_pupil(pupil=school.noor, to=there, on=NOVEMBER_9, by=school.maes, at=school_day)


def test_who_leaves_the_school_leaves_class_and_courses(school, school_day):
    assert school.maths_4tta

    actions.end_enrolment(pupil=school.noor, on=date(2026, 12, 1), by=school.maes, at=school_day)

    assert queries.class_of(school.noor) == school.class_4tta
    assert queries.class_of(school.noor, on=date(2026, 12, 1)) is None
    assert school.noor.memberships.get().ends_on == date(2026, 12, 1)
    with pytest.raises(actions.NotEnrolled):
        actions.end_enrolment(pupil=school.noor, on=date(2026, 12, 5), by=school.maes, at=school_day)


def test_nobody_leaves_before_arriving(school, school_day):
    assert school.class_4tta

    with pytest.raises(Exception, match="since 24/08/2026 only"):
        actions.end_enrolment(pupil=school.noor, on=date(2026, 8, 24), by=school.maes, at=school_day)


def test_a_new_year_ends_the_enrolment_that_nobody_ended(school, school_day):
    assert school.class_4tta
    next_year = actions.open_school_year(first_year=2027, by=school.maes, at=school_day)
    fifth = actions.create_class(
        school_year=next_year,
        year_level=school.class_5ttb.year_level,
        name="5TTA",
        by=school.maes,
        at=school_day,
    )

    actions.enrol_pupil(
        pupil=school.noor, class_group=fifth, on=next_year.starts_on, by=school.maes, at=school_day
    )

    former = school.noor.enrolments.get(class_group=school.class_4tta)
    assert former.ends_on == next_year.starts_on


def test_closing_a_past_year_ends_what_is_still_open_in_it(school, school_day):
    group = school.maths_4tta

    with clock.at(date(2027, 8, 30)):
        ended = actions.close_school_year(
            school_year=school.year, on=date(2027, 8, 30), by=school.maes, at=clock.now()
        )

        assert ended == 6  # two enrolments, one tutorship, two memberships, one assignment
        assert not queries.members_of(group)
        assert list(queries.members_of(group, on=date(2027, 6, 1))) == [school.emma, school.noor]


def test_many_move_together_or_not_at_all(school, school_day):
    assert school.class_4tta
    everyone = [school.noor, school.emma, school.zoe, school.elias]
    assert school.class_2cb

    moved = actions.bring_many_to_class(
        pupils=everyone,
        to=school.class_2cb,
        on=NOVEMBER_9,
        with_courses=True,
        by=school.maes,
        at=school_day,
    )

    assert moved == 3
    assert set(queries.pupils_of(school.class_2cb)) == set(everyone)
    with pytest.raises(actions.AlreadyEnrolled):
        actions.enrol_many(
            pupils=[school.alma, school.noor],
            class_group=school.class_4tta,
            on=NOVEMBER_9,
            by=school.maes,
            at=school_day,
        )
    assert not school.alma.enrolments.exists()


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_moving_the_same_pupil_at_once_end_in_one_enrolment(school, school_day):
    pupil, by = school.noor, school.maes
    assert school.class_4tta
    targets = [school.class_2cb, school.class_5ttb]
    start = Barrier(2)

    def move(to: ClassGroup) -> None:
        start.wait()
        with clock.at(school_day):
            while True:
                try:
                    actions.move_pupil(pupil=pupil, to=to, on=NOVEMBER_9, by=by, at=school_day)
                    break
                except OperationalError:  # A database kept in memory does not wait for its turn; a file does.
                    sleep(0.01)
        connection.close()

    with ThreadPoolExecutor() as offices:
        list(offices.map(move, targets))

    ties = Enrolment.objects.filter(pupil=pupil)
    assert ties.in_force(NOVEMBER_9).count() == 1
    assert ties.count() == 2


def test_groups_follow_the_same_rules(school, school_day):
    group = school.maths_4tta
    adds = {"group": group, "by": school.maes, "at": school_day}

    membership = actions.add_membership(pupil=school.zoe, on=NOVEMBER_9, **adds)
    with pytest.raises(actions.AlreadyMember, match="Zoé Martin already follows Math 4, 4TTA on 09/11/2026"):
        actions.add_membership(pupil=school.zoe, on=date(2026, 10, 1), **adds)
    assert actions.add_many(pupils=[school.zoe, school.elias, school.noor], on=NOVEMBER_9, **adds) == 1

    actions.end_membership(membership=membership, on=date(2026, 11, 20), by=school.maes, at=school_day)
    assert school.zoe not in queries.members_of(group)
    actions.add_membership(pupil=school.zoe, on=date(2026, 11, 23), **adds)
    assert GroupMembership.objects.filter(pupil=school.zoe).count() == 2
    assert Person.objects.filter(memberships__group=group).distinct().count() == 4
