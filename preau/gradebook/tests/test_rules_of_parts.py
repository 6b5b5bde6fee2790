"""Who keeps competences, scales and rubrics, and who reads what goes with a grade."""

import pytest
from django.core.files.base import ContentFile

from preau.gradebook import actions, rules
from preau.gradebook.models import RubricFilling
from preau.people.models import Duty

from .builders import TUESDAY, assessment
from .parts import FIRST_DAY, rubric


@pytest.mark.parametrize(
    ("who", "keeps_competences", "keeps_scales", "uses_rubrics", "keeps_this_rubric", "reads_statement"),
    [
        ("pirard", True, True, True, True, "always"),  # the head
        ("vandamme", False, False, True, True, "always"),  # made it, teaches the group
        ("thys", False, False, True, False, "never"),  # a colleague elsewhere
        ("lemaire", False, False, True, False, "never"),
        ("maes", False, False, False, False, "never"),  # the secretary
        ("nys", False, False, False, False, "never"),  # looks after the system
        ("noor", False, False, False, False, "published"),
        ("emma", False, False, False, False, "published"),  # in the group too
        ("alma", False, False, False, False, "never"),  # elsewhere
        ("samira", False, False, False, False, "published"),  # Noor's mother
        ("karim", False, False, False, False, "never"),  # may not see marks
        ("zoe", False, False, False, False, "never"),  # a stranger
    ],
)
def test_who_keeps_and_who_reads(
    school, who, keeps_competences, keeps_scales, uses_rubrics, keeps_this_rubric, reads_statement
):
    person = school.everybody[who]
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)

    assert rules.may_keep_competences.admits(person) is keeps_competences
    assert rules.may_keep_scales.admits(person) is keeps_scales
    assert rules.may_use_rubrics.admits(person) is uses_rubrics
    assert rules.may_keep_rubric.allows(person, rubric(by=school.vandamme)) is keeps_this_rubric
    assert rules.may_read_statement.allows(person, test) is (reads_statement == "always")
    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)
    assert rules.may_read_statement.allows(person, test) is (reads_statement != "never")


def test_a_coordinator_keeps_competences_but_no_scales(school):
    Duty.objects.create(person=school.lemaire, kind=Duty.Kind.COORDINATOR, starts_on=FIRST_DAY)

    assert rules.may_keep_competences.admits(school.lemaire)
    assert not rules.may_keep_scales.admits(school.lemaire)


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("vandamme", True, True),
        ("pirard", True, True),
        ("thys", False, False),
        ("noor", False, True),
        ("emma", False, False),
        ("samira", False, True),
        ("karim", False, False),
        ("maes", False, False),
    ],
)
def test_a_rubric_and_a_file_are_read_as_the_grade_is(school, who, before, after):
    person = school.everybody[who]
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    known = {"assessment": test, "pupil": school.noor}
    filling = RubricFilling.objects.create(**known, written_at=TUESDAY)
    feedback = actions.give_feedback(
        **known, file=ContentFile(b"%PDF-1.7", "a.pdf"), by=school.vandamme, at=TUESDAY
    )

    assert rules.may_read_filling.allows(person, filling) is before
    assert rules.may_read_feedback.allows(person, feedback) is before
    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)
    assert rules.may_read_filling.allows(person, filling) is after
    assert rules.may_read_feedback.allows(person, feedback) is after
    assert rules.may_give_feedback.allows(person, feedback) is (who == "vandamme")
