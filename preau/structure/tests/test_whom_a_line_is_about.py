"""A line says who it is about in several ways; they agree, or nothing is written."""

import pytest

from preau.people.models import ExternalId, Person
from preau.structure.models import Enrolment, GroupMembership
from tests.imports import bring, bring_school, errors_of, notes_of, warnings_of

LIST = "matricule;nom;prenom;DateNaiss;classe\n"
THREE = LIST + "1;Haddad;Noor;2011-02-14;4A\n2;Claes;Emma;2011-05-03;4A\n3;Berg;Alma;2011-07-09;4A\n"


@pytest.mark.django_db
def test_a_number_written_otherwise_is_the_same_pupil_and_it_is_said(tmp_path):
    bring(tmp_path, "people", LIST + "0091012;Haddad;Noor;2011-02-14;4A\n")

    report = bring(tmp_path, "people", LIST + "91012\u200b;Haddad;Noor;2011-02-14;4A\n")

    assert (report.applied, report.counts["unchanged"], Person.objects.count()) == (True, 1, 1)
    assert ExternalId.objects.get().value == "0091012"
    assert notes_of(report)[0] == (
        "1 numbers are written otherwise than before, and taken for the same: 91012 = 0091012."
    )


@pytest.mark.django_db
def test_two_lines_whose_numbers_differ_only_in_noughts_are_one_pupil(tmp_path):
    twice = LIST + "0091012;Haddad;Noor;2011-02-14;4A\n91012;Haddad;Noor;2011-02-14;4A\n"

    assert errors_of(bring(tmp_path, "people", twice)) == [
        (3, "nom", "Haddad Noor already stands on line 2.")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("days", [True, False], ids=["with birthdays", "with names alone"])
def test_numbers_rotated_by_one_against_their_names_change_nobody(tmp_path, days):
    bring(tmp_path, "people", THREE)
    rotated = THREE.replace("1;Haddad", "2;Haddad").replace("2;Claes", "3;Claes").replace("3;Berg", "1;Berg")
    if not days:
        rotated = "\n".join(";".join((*line.split(";")[:3], line.split(";")[4])) for line in rotated.split())

    report = bring(tmp_path, "people", rotated)

    assert (report.applied, report.counts["errors"]) == (False, 3)
    assert "Number 2 is that of Claes Emma, the name that of Haddad Noor" in errors_of(report)[0][2]
    assert ExternalId.objects.get(value="1").person.given_name == "Noor"


@pytest.mark.django_db
def test_a_pupil_who_takes_another_name_is_still_the_same(tmp_path):
    bring(tmp_path, "people", THREE)

    report = bring(tmp_path, "people", THREE.replace("2;Claes;Emma", "2;Peeters;Emma"))

    assert (report.applied, report.counts["changed"]) == (True, 1)
    assert ExternalId.objects.get(value="2").person.family_name == "Peeters"


@pytest.mark.django_db
def test_a_membership_whose_number_is_another_pupils_is_refused(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "memberships", "matricule;nom;prenom;coursGrp\n101;Claes;Emma;4 TT:MATH4-01\n")

    assert "Number 101 is that of Haddad Noor, the name that of Claes Emma" in errors_of(report)[0][2]
    assert GroupMembership.objects.count() == 3


@pytest.mark.django_db
def test_names_in_one_column_keep_their_words_and_show_both_parts(tmp_path):
    report = bring(tmp_path, "people", "élève;classe\nVan Damme Jean;4A\nET TOUIL Sara;4A\n")

    assert set(Person.objects.values_list("family_name", "given_name")) == {
        ("Van Damme", "Jean"),
        ("ET TOUIL", "Sara"),
    }
    shown = {
        line.subject: [change.new for change in line.changes[:2]] for line in report.lines if line.changes
    }
    assert shown["Van Damme Jean"] == ["Van Damme", "Jean"]
    assert notes_of(report)[-2].startswith("1 names stand in one cell")
    assert "Van Damme | Jean" in notes_of(report)[-2]


@pytest.mark.django_db
def test_a_family_name_that_holds_a_comma_holds_both(tmp_path):
    bring(tmp_path, "people", "naam;klas\nJanssens, Jan;4A\n")

    assert list(Person.objects.values_list("family_name", "given_name")) == [("Janssens", "Jan")]


@pytest.mark.django_db
def test_a_line_that_is_no_pupil_is_left_out_and_told(tmp_path):
    report = bring(tmp_path, "people", THREE + ";Total : 3 élèves;;;\n;Imprimé le 24/11/2026;;;\n")

    assert (report.applied, Person.objects.count()) == (True, 3)
    aside = "The line is about nobody, it seems: a total, a day of printing, the titles. It is left out."
    assert warnings_of(report) == [aside] * 2


@pytest.mark.django_db
def test_a_class_that_does_not_exist_is_told_on_its_line(tmp_path):
    first = bring(tmp_path, "people", THREE)
    second = bring(tmp_path, "people", THREE + "4;Martin;Zoé;2011-01-01;1ZZ\n")

    assert warnings_of(first) == []
    assert [(line.line, line.column, line.wrong) for line in second.lines if line.status == "warning"] == [
        (5, "classe", "There is no class 1ZZ yet: it is made.")
    ]
    assert Enrolment.objects.get(pupil__given_name="Zoé").class_group.name == "1ZZ"


@pytest.mark.django_db
def test_columns_that_are_not_read_are_named(tmp_path):
    report = bring(tmp_path, "people", "nom;prenom;Nom du chien\nBerg;Alma;Rex\n")

    assert warnings_of(report) == ["These columns are not read: Nom du chien."]
