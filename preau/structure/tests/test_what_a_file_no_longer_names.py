"""What a source no longer names is told, never deleted; it ends only when somebody says so."""

from datetime import date

import pytest

from preau.people.models import Person
from preau.structure.models import Enrolment, GroupMembership, TeachingAssignment
from tests.imports import MEMBERSHIPS, SCHOOL, bring, bring_school

LIST = "matricule;nom;prenom;classe\n" + "".join(f"{n};Pupil;Number {n};3A\n" for n in range(20))


def without(text, *starts):
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(starts))


@pytest.mark.django_db
def test_a_pupil_the_file_no_longer_names_is_told_and_stays(tmp_path):
    bring(tmp_path, "people", LIST)

    report = bring(tmp_path, "people", without(LIST, "7;"))

    assert [line.subject for line in report.lines if line.status == "gone"] == ["Pupil Number 7"]
    assert report.applied
    assert Enrolment.objects.filter(ends_on=None).count() == 20


@pytest.mark.django_db
def test_who_is_gone_leaves_the_class_and_the_groups_when_one_says_so(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "people", without(SCHOOL, "103;"), gone="end", ends_many=True)

    emma = Person.objects.get(given_name="Emma")
    assert report.counts["gone"] == 1
    assert emma.enrolments.get().ends_on == date(2026, 11, 24)
    assert emma.memberships.get().ends_on == date(2026, 11, 24)
    assert bring(tmp_path, "people", without(SCHOOL, "103;")).counts["gone"] == 0


@pytest.mark.django_db
def test_a_file_that_would_end_a_fifth_of_the_school_wants_to_be_confirmed(tmp_path):
    bring(tmp_path, "people", LIST)
    half = "".join(LIST.splitlines(keepends=True)[:11])

    refused = bring(tmp_path, "people", half, gone="end")
    left = bring(tmp_path, "people", half)
    confirmed = bring(tmp_path, "people", half, gone="end", ends_many=True)

    assert refused.refused.startswith("This file would end 10 of 20 pupils.")
    assert (refused.applied, refused.needs_consent) == (False, True)
    assert left.applied
    assert confirmed.applied
    assert Enrolment.objects.filter(ends_on=None).count() == 10


@pytest.mark.django_db
def test_another_source_is_not_gone_because_this_one_does_not_name_it(tmp_path):
    bring(tmp_path, "people", LIST)
    other = tmp_path / "other.toml"
    other.write_text(
        'source = "primary school"\n[fields]\nfamily_name = "nom"\ngiven_name = "prenom"\nclass_name = "classe"\n'  # noqa: E501
    )

    report = bring(tmp_path, "people", "nom;prenom;classe\nBerg;Alma;5A\n", mapping=other)

    assert (report.counts["new"], report.counts["gone"]) == (1, 0)


@pytest.mark.django_db
def test_memberships_that_are_gone_end_and_teachers_keep_theirs(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "memberships", without(MEMBERSHIPS, "103;"), gone="end", ends_many=True)

    assert [line.subject for line in report.lines if line.status == "gone"] == ["Claes Emma · 4 TT:MATH4-01"]
    assert GroupMembership.objects.get(pupil__given_name="Emma").ends_on == date(2026, 11, 24)
    assert TeachingAssignment.objects.filter(ends_on=None).count() == 2


@pytest.mark.django_db
def test_who_stands_on_a_wrong_line_is_not_gone(tmp_path):
    bring(tmp_path, "people", LIST)

    report = bring(tmp_path, "people", LIST.replace("7;Pupil;Number 7;3A", "7;Pupil;Number 7;Sports"))

    assert (report.counts["errors"], report.counts["gone"]) == (1, 0)


@pytest.mark.django_db
def test_a_file_of_teachers_does_not_end_what_a_file_of_pupils_brought(tmp_path):
    bring_school(tmp_path)

    first = bring(tmp_path, "memberships", "acronyme;coursGrp\nVAN;4 TT:MATH4-01\nLEM;2C:FR6-01\n")
    second = bring(
        tmp_path, "memberships", "acronyme;coursGrp\nVAN;4 TT:MATH4-01\n", gone="end", ends_many=True
    )

    assert (first.counts["gone"], first.counts["unchanged"]) == (0, 2)
    assert [line.subject for line in second.lines if line.status == "gone"] == ["Lemaire Sophie · 2C:FR6-01"]
    assert TeachingAssignment.objects.get(teacher__given_name="Sophie").ends_on == date(2026, 11, 24)
    assert GroupMembership.objects.filter(ends_on=None).count() == 3
