"""The secretary brings a school in by files; a second time changes nothing."""

import csv
import io
import time
from datetime import date

import pytest

from preau.people.models import ExternalId, Household, Person, Relationship
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
)
from preau.trail.models import Trace
from tests.imports import COURSES, MEMBERSHIPS, SCHOOL, STAFF, bring, bring_path, bring_school, runs


@pytest.mark.django_db
def test_pupils_come_in_with_their_class_and_family(tmp_path):
    report = bring(tmp_path, "people", SCHOOL)

    assert (report.counts["new"], report.exit_status) == (4, 0)
    noor = Person.objects.get(given_name="Noor")
    assert (noor.gender, noor.born_on) == ("F", date(2011, 2, 14))
    assert Enrolment.objects.get(pupil=noor).class_group.name == "4TTA"
    assert Person.objects.get(given_name="Alma").born_on is None
    assert set(ClassGroup.objects.values_list("name", "year_level__code")) == {
        ("4TTA", "4"),
        ("2CB", "2C"),
        ("5TTB", "5"),
    }
    assert SchoolYear.objects.get().name == "2026-2027"


@pytest.mark.django_db
def test_brothers_and_sisters_share_their_parents_and_two_addresses_are_two_homes(tmp_path):
    bring(tmp_path, "people", SCHOOL)

    samira = Person.objects.get(given_name="Samira")
    karim = Person.objects.get(given_name="Karim")
    noor = Person.objects.get(given_name="Noor")
    assert (samira.mobile, samira.email) == ("+32470123456", "samira@example.org")
    assert set(samira.wards.values_list("pupil__given_name", "kind")) == {
        ("Noor", "MOTHER"),
        ("Elias", "MOTHER"),
    }
    assert karim.wards.count() == 2
    assert [str(home) for home in karim.households.all()] == ["Rue Basse 9, 1080 Molenbeek"]
    assert {home.household.street: home.is_main for home in noor.residences.all()} == {
        "Rue Haute 1": True,
        "Rue Basse 9": False,
    }
    assert Household.objects.count() == 3


@pytest.mark.django_db
def test_staff_courses_and_groups_follow(tmp_path):
    bring_school(tmp_path)

    group = CourseGroup.objects.get(code="4 TT:MATH4-01")
    assert (group.course.code, group.course.weekly_periods, group.course.subject.code) == (
        "4 TT:MATH4",
        4,
        "MATH",
    )
    assert group.course.year_level.code == "4"
    assert TeachingAssignment.objects.get(group=group).teacher.given_name == "Claire"
    assert {tie.pupil.given_name for tie in group.memberships.all()} == {"Noor", "Emma"}
    assert ExternalId.objects.get(system="acronym", value="VAN").person.email == "claire@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "text"),
    [("people", SCHOOL), ("staff", STAFF), ("courses", COURSES), ("memberships", MEMBERSHIPS)],
)
def test_the_same_file_a_second_time_changes_nothing(tmp_path, kind, text):
    bring_school(tmp_path)
    models = (
        Person,
        Relationship,
        Household,
        Enrolment,
        Course,
        CourseGroup,
        GroupMembership,
        TeachingAssignment,
    )
    before = [model.objects.count() for model in models]

    report = bring(tmp_path, kind, text)

    assert report.applied
    assert report.counts == {
        "new": 0,
        "changed": 0,
        "gone": 0,
        "unchanged": len(text.splitlines()) - 1,
        "errors": 0,
        "warnings": 0,
    }
    assert [model.objects.count() for model in models] == before


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_at_all(tmp_path):
    report = bring(tmp_path, "people", SCHOOL, dry_run=True)

    assert (report.counts["new"], report.applied, report.exit_status) == (4, False, 0)
    assert not Person.objects.exists()
    assert not SchoolYear.objects.exists()
    assert not runs().exists()
    assert not Trace.objects.exists()


@pytest.mark.django_db
def test_the_form_of_a_course_comes_with_it(tmp_path):
    bring_school(tmp_path)
    with_forms = "coursGrp;libelle;forme\n4 TT:MATH4-01;Mathématique;TT\n2C:FR6-01;Français;\n"

    report = bring(tmp_path, "courses", with_forms)

    told = [(change.label, change.old, change.new) for line in report.lines for change in line.changes]
    assert told == [("Form", "", "TT")]
    assert Course.objects.get(code="4 TT:MATH4").form == "TT"
    assert Course.objects.get(code="2C:FR6").form == ""


@pytest.mark.django_db
def test_what_changed_is_told_field_by_field(tmp_path):
    bring(tmp_path, "people", SCHOOL)

    changed = SCHOOL.replace("0470 12 34 56", "0471 00 00 00").replace(
        "103;Claes;Emma;F", "103;Claes;Emmanuelle;F"
    )
    report = bring(
        tmp_path,
        "people",
        changed.replace("104;Berg;Alma;F;19000000;5TTB", "104;Berg;Alma;F;01/03/2008;5TTA"),
    )

    told = {
        line.subject: [(change.label, change.old, change.new) for change in line.changes]
        for line in report.lines
        if line.status == "changed"
    }
    assert told["Claes Emmanuelle"] == [("Given name", "Emma", "Emmanuelle")]
    assert told["Berg Alma"] == [("Date of birth", "", "01/03/2008"), ("Class", "5TTB", "5TTA")]
    assert told["Haddad Noor"] == [("mother: Mobile phone", "+32470123456", "+32471000000")]
    assert report.counts["new"] == 0


@pytest.mark.django_db
def test_a_pupil_who_changes_class_leaves_the_old_one_today(tmp_path):
    bring(tmp_path, "people", SCHOOL)
    bring(tmp_path, "people", SCHOOL.replace("5TTB", "5TTA"))

    alma = Person.objects.get(given_name="Alma")
    spans = list(
        alma.enrolments.order_by("starts_on").values_list("class_group__name", "starts_on", "ends_on")
    )
    assert spans == [("5TTB", date(2026, 8, 24), date(2026, 11, 24)), ("5TTA", date(2026, 11, 24), None)]


@pytest.mark.django_db
def test_a_newcomer_starts_today_a_whole_school_on_the_first_day(tmp_path):
    many = "matricule;nom;prenom;classe\n" + "".join(f"{n};Pupil;Number {n};3A\n" for n in range(40))
    bring(tmp_path, "people", many)
    bring(tmp_path, "people", many + "99;Martin;Zoé;3A\n")

    assert Enrolment.objects.filter(starts_on=date(2026, 8, 24)).count() == 40
    assert Enrolment.objects.get(pupil__given_name="Zoé").starts_on == date(2026, 11, 24)


@pytest.mark.django_db
def test_a_list_made_by_hand_without_numbers_is_recognised_again(tmp_path):
    by_hand = "## Klas;Naam, Voornaam;M/V/X\n;;\n3a;Kooiman, Nic;M\n3a;Meeuwsen, Tufan;V\n".replace("## ", "")

    first = bring(tmp_path, "people", by_hand)
    again = bring(tmp_path, "people", by_hand)

    assert (first.counts["new"], again.counts["unchanged"], again.counts["new"]) == (2, 2, 0)
    assert set(Person.objects.values_list("family_name", "given_name", "gender")) == {
        ("Kooiman", "Nic", "M"),
        ("Meeuwsen", "Tufan", "F"),
    }


@pytest.mark.django_db
def test_a_windows_file_with_year_and_letters_of_the_class_apart(tmp_path):
    text = "Nom Elève;Prénom Elève;Année;Classe;Matric Info;Langue I  2e langue \nLefèvre;Zoé;4;TTA;77;Nl\n"
    path = tmp_path / "proeco.csv"
    path.write_bytes(text.encode("cp1252"))

    report = bring_path("people", path)

    assert report.applied
    assert Enrolment.objects.get(pupil__family_name="Lefèvre").class_group.name == "4TTA"


@pytest.mark.django_db
def test_a_parent_or_a_teacher_of_the_same_name_is_not_taken_for_the_pupil(school, tmp_path):
    _ = school.samira

    report = bring(
        tmp_path,
        "people",
        "matricule;nom;prenom;classe\n1;Haddad;Samira;3A\n2;Claes;Emma;4TTA\n",
        by=school.maes,
    )

    assert report.applied
    assert Person.objects.filter(given_name="Samira").count() == 2
    assert not school.samira.enrolments.exists()


@pytest.mark.django_db
def test_who_is_known_by_name_alone_is_told(school, tmp_path):
    _ = school.class_4tta

    report = bring(tmp_path, "people", "matricule;nom;prenom;classe\n2;Claes;Emma;4TTA\n")

    assert [line.wrong for line in report.lines if line.status == "warning"] == [
        "Taken for Emma Claes, known by that name alone."
    ]
    assert ExternalId.objects.get(value="2").person == school.emma


@pytest.mark.django_db
def test_an_import_leaves_a_trace_and_its_report(school, tmp_path):
    report = bring(tmp_path, "people", SCHOOL, by=school.maes)

    run = runs().get()
    assert (run.applied, run.by, run.counts["new"], run.lines.filter(status="new").count()) == (
        True,
        school.maes,
        4,
        4,
    )
    assert Trace.objects.get(act="exchange.import_file").by == school.maes
    assert report.as_dict()["lines"][0]["subject"] == "Haddad Noor"


@pytest.mark.django_db
def test_a_thousand_pupils_and_their_memberships_come_in_quickly(tmp_path, django_assert_max_num_queries):
    pupils, memberships = io.StringIO(), io.StringIO()
    people, ties = csv.writer(pupils, delimiter=";"), csv.writer(memberships, delimiter=";")
    people.writerow(["matricule", "nom", "prenom", "classe", "nomMere", "mailMere"])
    ties.writerow(["matricule", "coursGrp"])
    for number in range(300):
        people.writerow(
            [
                number,
                f"Famille{number}",
                "Prénom",
                f"{number % 6 + 1}A",
                f"MERE{number} M",
                f"m{number}@example.org",
            ]
        )
        for course in range(10):
            ties.writerow([number, f"{number % 6 + 1}:C{course}-{number % 12}"])
    courses = "coursGrp\n" + "\n".join(
        sorted({row.split(";")[1] for row in memberships.getvalue().split()[1:]})
    )

    began = time.monotonic()
    with django_assert_max_num_queries(320):
        for kind, text in (
            ("people", pupils.getvalue()),
            ("courses", courses),
            ("memberships", memberships.getvalue()),
        ):
            assert bring(tmp_path, kind, text).applied
    assert GroupMembership.objects.count() == 3000
    assert time.monotonic() - began < 20
