from datetime import date

import pytest
from django.utils import translation

from preau.kit import clock
from preau.kit.access import ITSELF
from preau.people.models import Duty, Person
from preau.people.relations import cares_for, holds, is_the
from preau.structure.models import CourseGroup, DutyScope, GroupMembership
from preau.structure.relations import looks_after, teaches, teaches_pupil, tutors

may_read_pupil = (
    is_the(ITSELF) | cares_for(ITSELF) | teaches_pupil(ITSELF) | tutors(ITSELF) | holds(Duty.Kind.HEAD)
).over(Person)


@pytest.mark.parametrize(
    ("who", "reads_noor"),
    [
        ("noor", True),  # it is she
        ("samira", True),  # her mother
        ("karim", False),  # her father, who may not see marks
        ("vandamme", True),  # teaches and tutors her
        ("thys", False),  # teaches elsewhere
        ("pirard", True),  # the head
        ("emma", False),  # sits beside her
        ("zoe", False),  # a stranger
    ],
)
def test_a_rule_is_made_of_ties(school, who, reads_noor):
    person = school.everybody[who]

    assert may_read_pupil.allows(person, school.noor) is reads_noor


def test_last_years_teacher_no_longer_teaches(school):
    group = school.maths_4tta
    group.assignments.update(ends_on=date(2026, 11, 24))

    assert not teaches(ITSELF).over(CourseGroup).allows(school.vandamme, group)
    with clock.at(date(2026, 11, 23)):
        assert teaches(ITSELF).over(CourseGroup).allows(school.vandamme, group)


def test_a_pupil_who_left_the_group_is_no_longer_the_teachers(school):
    assert school.maths_4tta
    GroupMembership.objects.filter(pupil=school.noor).update(ends_on=date(2026, 11, 1))

    assert not teaches_pupil(ITSELF).over(Person).allows(school.vandamme, school.noor)
    assert teaches_pupil(ITSELF).over(Person).allows(school.vandamme, school.emma)


def test_a_scoped_duty_reaches_its_classes_and_no_others(school):
    assert school.everybody
    rule = looks_after(ITSELF, Duty.Kind.EDUCATOR).over(Person)
    assert rule.allows(school.diallo, school.alma)

    DutyScope.objects.create(duty=school.diallo.duties.get(), class_group=school.class_4tta)

    assert rule.allows(school.diallo, school.noor)
    assert not rule.allows(school.diallo, school.alma)


def test_a_rule_prints_itself():
    with translation.override("en"):
        assert holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY).words == "holds the duty of head / deputy head"
        assert (is_the("pupil") | cares_for("pupil")).words == (
            "is the pupil; or answers for the pupil, with the right to see marks"
        )


def test_a_list_and_a_page_agree(school):
    seen = may_read_pupil.among(Person.objects.all(), school.everybody["samira"])

    assert set(seen) == {school.samira, school.noor, school.elias}


def test_at_eighteen_parents_read_until_the_pupil_objects(school, settings):
    assert school.everybody
    rule = cares_for(ITSELF).over(Person)
    school.noor.born_on = date(2008, 11, 24)
    school.noor.save()
    assert rule.allows(school.samira, school.noor)

    settings.ADULT_PUPIL_PARENT_ACCESS = "revoke_at_18"
    assert not rule.allows(school.samira, school.noor)
    assert rule.allows(school.samira, school.elias)
