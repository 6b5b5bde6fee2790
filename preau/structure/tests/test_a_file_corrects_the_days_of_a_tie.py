"""A file tells from when to when: known ties take its days, and nobody is tied twice on one day."""

from datetime import date

import pytest

from preau.people.models import Relationship
from preau.structure.models import Enrolment, GroupMembership
from tests.imports import SCHOOL, bring, bring_school, errors_of, warnings_of

pytestmark = pytest.mark.django_db
DAYS = "matricule;coursGrp;début;fin\n"
MATHS = "4 TT:MATH4-01"


@pytest.fixture
def ties(tmp_path):
    bring_school(tmp_path)

    def days_of_noor():
        found = GroupMembership.objects.filter(pupil__given_name="Noor").order_by("starts_on")
        return list(found.values_list("starts_on", "ends_on"))

    return days_of_noor


def test_a_membership_takes_the_days_of_the_file(tmp_path, ties):
    report = bring(tmp_path, "memberships", f"{DAYS}101;{MATHS};01/09/2026;01/02/2027\n")

    assert (report.applied, report.counts["changed"]) == (True, 1)
    assert ties() == [(date(2026, 9, 1), date(2027, 2, 1))]
    again = bring(tmp_path, "memberships", f"{DAYS}101;{MATHS};01/09/2026;01/02/2027\n")
    assert again.counts["unchanged"] == 1


def test_days_the_wrong_way_round_are_refused(tmp_path, ties):
    before = ties()
    on_the_line = bring(tmp_path, "memberships", f"{DAYS}101;{MATHS};01/02/2027;01/02/2027\n")
    with_what_is_known = bring(
        tmp_path, "memberships", f"matricule;coursGrp;fin\n101;{MATHS};{before[0][0]:%d/%m/%Y}\n"
    )

    wrong = [(2, "fin", "It ends before it starts.")]
    assert (errors_of(on_the_line), errors_of(with_what_is_known)) == (wrong, wrong)
    assert ties() == before


def test_a_membership_of_an_earlier_year_is_left_out_and_told(tmp_path, ties):
    before = ties()

    report = bring(tmp_path, "memberships", f"{DAYS}101;{MATHS};01/09/2022;15/06/2023\n")

    assert (report.exit_status, report.counts["new"], report.counts["warnings"]) == (0, 0, 1)
    assert ties() == before


def test_a_group_left_and_followed_again_keeps_the_days_of_the_first_time(tmp_path, ties):
    GroupMembership.objects.filter(pupil__given_name="Noor").update(
        starts_on=date(2026, 8, 24), ends_on=date(2026, 10, 1)
    )
    bring(tmp_path, "memberships", f"{DAYS}101;{MATHS};02/11/2026;\n")
    assert ties() == [(date(2026, 8, 24), date(2026, 10, 1)), (date(2026, 11, 2), None)]

    report = bring(tmp_path, "memberships", f"{DAYS}101;{MATHS};01/09/2026;\n")

    assert errors_of(report) == [
        (2, "début", "The pupil already follows this group on some of these days, from 24/08/2026.")
    ]


def test_a_pupil_is_found_by_name_where_class_or_birthday_tell_two_apart(tmp_path, ties):
    bring(tmp_path, "people", "matricule;nom;prenom;classe;DateNaiss\n201;Haddad;Noor;2CB;2012-03-01\n")
    by_class = bring(tmp_path, "memberships", f"nom;prenom;classe;coursGrp\nHaddad;Noor;2CB;{MATHS}\n")
    by_birthday = bring(
        tmp_path, "memberships", f"nom;prenom;dateNaiss;coursGrp\nHaddad;Noor;2011-02-14;{MATHS}\n"
    )
    unclear = bring(tmp_path, "memberships", f"nom;prenom;coursGrp\nHaddad;Noor;{MATHS}\n")
    nobody = bring(tmp_path, "memberships", f"nom;prenom;coursGrp\nHaddad;Nora;{MATHS}\n")

    assert (by_class.counts["new"], by_birthday.counts["unchanged"]) == (1, 1)
    assert errors_of(unclear)[0][2].startswith("Several persons may be meant: Haddad Noor")
    assert errors_of(nobody) == [(2, "nom", "No pupil is known as “Haddad Nora”.")]


def test_a_number_under_another_pupils_name_is_nobodys(tmp_path, ties):
    report = bring(tmp_path, "memberships", f"matricule;nom;prenom;coursGrp\n101;Claes;Emma;{MATHS}\n")

    ((line, column, wrong),) = errors_of(report)
    assert (line, column) == (2, "matricule")
    assert "Noor" in wrong
    assert "Emma" in wrong


# ---- Families ----


def test_a_phone_without_a_name_is_told_and_left_out(tmp_path):
    text = "matricule;nom;prenom;classe;nomMere;gsmMere\n103;Claes;Emma;4 TTA;;0470 12 34 56\n"

    report = bring(tmp_path, "people", text)

    assert report.applied
    assert warnings_of(report) == [
        "There is a phone or an e-mail but no name for: mother. They are left out."
    ]
    assert not Relationship.objects.exists()


def test_a_parent_who_no_longer_answers_is_told_and_not_brought_back(tmp_path):
    bring(tmp_path, "people", SCHOOL)
    Relationship.objects.filter(guardian__given_name="Karim").update(
        starts_on=date(2020, 1, 1), ends_on=date(2026, 11, 2)
    )

    report = bring(tmp_path, "people", SCHOOL)

    assert warnings_of(report) == 2 * [
        "Karim HADDAD no longer answers for the pupil since 02/11/2026; the file still names them."
    ]
    ended = Relationship.objects.filter(guardian__given_name="Karim")
    assert set(ended.values_list("ends_on", flat=True)) == {date(2026, 11, 2)}
    assert Enrolment.objects.count() == 4
