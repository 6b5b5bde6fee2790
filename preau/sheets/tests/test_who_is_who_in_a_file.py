"""Whose line is it: names and numbers as schools write them."""

import pytest

from preau.gradebook.models import Grade
from preau.people.models import ExternalId, Person
from preau.sheets.tests.builders import grades_of
from preau.structure.models import GroupMembership


@pytest.mark.parametrize(
    "name",
    [
        "Haddad Noor",
        "Noor Haddad",
        "HADDAD, Noor",
        "noor  haddad",
        "Nôor Haddâd",
        "Haddad-Noor",
        "HaddadNoor",
    ],
)
def test_an_exact_name_is_known_however_it_is_written(school, bring, name):
    assert school.noor
    page = bring("cotes.csv", f"Élève;Test /20\n{name.replace(',', ',')};12\nClaes Emma;3\n")

    assert {it.pupil for it in page.context["found"].changes} == {school.noor, school.emma}


def test_particles_do_not_matter_and_two_columns_are_one_name(school, bring):
    pupil = Person.objects.create(given_name="Jan", family_name="Van den Bossche", language="en")
    GroupMembership.objects.create(group=school.maths_4tta, pupil=pupil, starts_on=school.year.starts_on)

    page = bring("cotes.csv", "Prénom;Nom;Test /20\nJan;BOSSCHE;12\nNoor;Haddad;3\n")

    assert {it.pupil for it in page.context["found"].changes} == {pupil, school.noor}


def test_a_number_of_any_system_names_a_pupil(school, bring):
    ExternalId.objects.create(person=school.noor, system="proeco", value="0012345")

    page = bring("cotes.csv", "Matricule;Test /20\n12345;12\n999;4\n")

    (change,) = page.context["found"].changes
    assert (change.pupil, change.new) == (school.noor, "12")


def test_a_number_and_a_name_that_disagree_are_asked_about(school, bring):
    ExternalId.objects.create(person=school.noor, system="proeco", value="12345")
    assert school.emma

    page = bring("cotes.csv", "Matricule;Nom;Test /20\n12345;Claes Emma;12\n12345;Haddad Noor;4\n")

    found = page.context["found"]
    assert [row.name for row in found.open_rows] == ["Claes Emma"]
    assert not found.can_be_applied
    assert "The number beside “Claes Emma” is that of another pupil." in page.text


def test_the_number_of_a_sister_is_asked_about_too(school, bring):
    sister = Person.objects.create(given_name="Lina", family_name="Haddad", language="en")
    GroupMembership.objects.create(group=school.maths_4tta, pupil=sister, starts_on=school.year.starts_on)
    ExternalId.objects.create(person=school.noor, system="proeco", value="1")
    ExternalId.objects.create(person=sister, system="proeco", value="2")

    page = bring("cotes.csv", "Matricule;Nom;Test /20\n2;Haddad Noor;12\n1;Haddad Lina;4\n")
    right = bring("cotes.csv", "Matricule;Nom;Test /20\n1;Haddad Nour;12\n2;Haddad Lina;4\n")

    found = page.context["found"]
    assert ([row.name for row in found.open_rows], found.changes) == (["Haddad Noor", "Haddad Lina"], [])
    assert not found.can_be_applied
    assert {it.pupil: it.new for it in right.context["found"].changes} == {school.noor: "12", sister: "4"}


def test_a_misspelt_name_is_proposed_and_never_guessed(school, bring, look, put_in):
    page = bring("cotes.csv", "Élève;Test /20\nHadad Nour;12\nClaes Emma;9\nZzyzx Q.;5\n")

    found = page.context["found"]
    (asked, unknown) = list(found.decisions())
    assert (asked.row.name, asked.chosen, asked.row.match.candidates[0]) == ("Hadad Nour", None, school.noor)
    assert (unknown.row.name, unknown.chosen) == ("Zzyzx Q.", 0)
    assert not found.can_be_applied
    assert put_in(page).status_code == 422
    assert not Grade.objects.exists()

    page = look(page, **{"row-2": str(school.noor.pk)})

    assert page.context["found"].can_be_applied
    put_in(page)
    assert grades_of(school.noor) == {"Test": 12}


def test_lines_about_others_are_left_out_at_one_stroke(school, bring, look):
    page = bring("cotes.csv", "Élève;Test /20\nHadad Noor;12\nClaes Emma;9\n")
    assert not page.context["found"].can_be_applied

    page = look(page, others_out="on")

    assert page.context["found"].can_be_applied
    assert {it.pupil for it in page.context["found"].changes} == {school.emma}


def test_a_pupil_twice_is_told_until_one_line_is_left_out(school, bring, look):
    page = bring("cotes.csv", "Nom;Test /20\nHaddad Noor;12\nNoor Haddad;13\nClaes Emma;9\n")

    assert "Noor Haddad already stands on line 2." in page.text
    page = look(page, last="2")
    assert page.context["found"].can_be_applied
