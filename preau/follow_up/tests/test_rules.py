"""Who keeps, reads and acknowledges a plan, as a table."""

from datetime import date

import pytest

from preau.follow_up.models import Adjustment
from preau.follow_up.rules import (
    may_acknowledge,
    may_keep_measures,
    may_keep_plan,
    may_keep_plans,
    may_plan_for,
    may_read_adjustment,
    may_read_at_work,
    may_read_plan,
)
from preau.people.models import Duty, Person
from preau.structure.models import GroupMembership
from tests.cast import FIRST_DAY

from .builders import plan, referent


@pytest.fixture
def history(school):
    """Marc Thys teaches Noor history too."""
    return school._group("HIST", "Histoire", 2, school.class_4tta, school.thys, school.noor)


@pytest.mark.parametrize(
    ("who", "keeps", "acknowledges", "reads"),
    [
        ("pirard", True, False, True),  # the head
        ("maes", False, False, False),  # the secretary
        ("vandamme", False, True, True),  # tutors 4TTA and teaches it
        ("thys", False, True, True),  # teaches Noor history
        ("lemaire", False, False, False),  # teaches elsewhere
        ("diallo", False, True, True),  # an educator of the whole school
        ("noor", False, False, True),  # it is hers
        ("emma", False, False, False),  # sits beside her
        ("samira", False, False, True),  # her mother
        ("karim", False, False, False),  # her father, who may not see marks
        ("ines", False, False, False),  # Emma's mother
        ("nys", False, False, False),  # looks after the system
        ("zoe", True, False, True),  # the referent, who teaches nobody
    ],
)
def test_who_keeps_reads_and_acknowledges(school, history, who, keeps, acknowledges, reads):
    made, person = plan(school, school.noor, "TIME"), school.everybody[who]
    referent(school)

    assert may_keep_plan.allows(person, made) is keeps
    assert may_plan_for.allows(person, school.noor) is keeps
    assert may_keep_plans.admits(person) is keeps
    assert may_keep_measures.admits(person) is keeps
    assert may_acknowledge.allows(person, made) is acknowledges
    assert may_read_plan.allows(person, made) is reads
    assert may_read_adjustment.allows(person, made.adjustments.get()) is reads


def test_a_teacher_knows_the_measures_of_ones_subject_and_the_titulaire_all(school, history):
    maths = school.maths_4tta.course.subject
    made = plan(
        school, school.noor, "TIME", in_subject={"CALCULATOR": maths, "SPELLING": history.course.subject}
    )

    def known_to(person):
        found = may_read_at_work.among(Adjustment.objects.filter(plan=made), person)
        return sorted(found.values_list("measure__code", flat=True))

    assert known_to(school.thys) == ["SPELLING", "TIME"]
    assert known_to(school.vandamme) == ["CALCULATOR", "SPELLING", "TIME"]  # titulaire too
    assert known_to(school.lemaire) == []


def test_a_plan_of_another_subject_alone_is_not_there_for_a_teacher(school, history):
    made = plan(school, school.noor, in_subject={"CALCULATOR": school.maths_4tta.course.subject})

    assert not may_read_plan.allows(school.thys, made)
    assert may_read_plan.allows(school.vandamme, made)


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_on": date(2025, 9, 1), "ends_on": date(2026, 11, 24)},  # ended this morning
        {"starts_on": date(2026, 11, 25)},  # starts tomorrow
    ],
)
def test_at_work_a_plan_is_read_while_it_holds_and_at_home_always(school, history, dates):
    made = plan(school, school.noor, "TIME", **dates)
    _ = school.samira

    for person in (school.vandamme, school.thys, school.diallo):
        assert not may_read_plan.allows(person, made)
        assert not may_read_at_work.allows(person, made.adjustments.get())
    for person in (school.noor, school.samira, school.pirard):
        assert may_read_plan.allows(person, made)


def test_who_teaches_the_pupil_no_longer_reads_no_longer(school, history):
    made = plan(school, school.noor, "TIME")
    assert may_read_plan.allows(school.thys, made)

    GroupMembership.objects.filter(group=history).update(ends_on=date(2026, 11, 20))

    assert not may_read_plan.allows(Person.objects.get(pk=school.thys.pk), made)


def test_the_cpms_agent_of_the_pupil_keeps_the_plan(school):
    _ = school.maths_4tta
    made = plan(school, school.noor, "TIME")
    assert not may_keep_plan.allows(school.zoe, made)
    Duty.objects.create(person=school.zoe, kind=Duty.Kind.GUIDANCE, starts_on=FIRST_DAY)

    agent = Person.objects.get(pk=school.zoe.pk)

    assert may_keep_plan.allows(agent, made)
    assert not may_keep_measures.admits(agent)
    assert not may_plan_for.allows(agent, school.vandamme)  # no pupil
