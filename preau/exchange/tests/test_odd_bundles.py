"""Bundles that are untidy, broken or not bundles at all."""

from datetime import date
from decimal import Decimal

import pytest

from preau.exchange.actions import run_import
from preau.gradebook.models import Assessment, Grade
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import ClassGroup, CourseGroup, Enrolment, GroupMembership, TeachingAssignment
from tests.imports import bundle

from .test_oneroster import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ITEMS,
    OLD,
    RESULTS,
    SESSIONS,
    USERS,
    bring_in,
    warnings_of,
)


@pytest.mark.django_db
def test_bad_references_are_told_and_left_out(tmp_path):
    files = OLD | {
        "enrollments.csv": ENROLLMENTS
        + "e6,,,k9,org1,u1,student,,,\ne7,,,k2,org1,u99,student,,,\ne8,,,k2,org1,u2,teacher,,,\n",
        "results.csv": RESULTS + "r3,,,l9,u1,fully graded,1,\n",
        "users.csv": USERS.replace('"u4"', '"u4,u3,u77"'),
        "notes.csv": "sourcedId\n1\n",
    }

    report = bring_in(tmp_path, files)

    assert report.applied
    told = [wrong for _file, _line, wrong in warnings_of(report)]
    assert "classes.csv has no class “k9”." in told
    assert "users.csv has nobody with the id “u99”." in told
    assert "lineItems.csv has no line item “l9”." in told
    assert "Claire Vandamme is no guardian in the roles: no tie is made." in told
    assert "users.csv has nobody with the id “u77”." in told
    assert "This file is not read." in told
    assert any("does not make a teacher" in words for words in told)
    assert TeachingAssignment.objects.count() == 1


@pytest.mark.django_db
def test_a_bundle_with_only_people_in_another_alphabet_and_folder(tmp_path):
    users = "\ufeffSOURCEDID,Status,Role,GivenName,FamilyName,grades\nu1,active,Student,Zoé,Lefèvre,05\n"
    report = bring_in(tmp_path, {"export/users.csv": users, "__MACOSX/users.csv": "x"})

    assert report.applied
    assert Enrolment.objects.get().class_group.name == "5"
    assert any("no manifest" in wrong for _file, _line, wrong in warnings_of(report))


@pytest.mark.django_db
def test_days_written_the_other_way_and_days_that_are_none(tmp_path):
    report = bring_in(
        tmp_path,
        OLD
        | {
            "demographics.csv": DEMOGRAPHICS + "u2,,,3/05/2011,\n",
            "enrollments.csv": ENROLLMENTS.replace("2026-09-01", "soon"),
        },
    )

    assert report.applied
    assert Person.objects.get(given_name="Emma").born_on == date(2011, 5, 3)
    assert ("enrollments.csv", 4, "“soon” is not a date.") in warnings_of(report)


@pytest.mark.django_db
@pytest.mark.parametrize("born_on", ["2082-02-14", "1912-02-14"])
def test_nobody_of_a_bundle_is_born_tomorrow_or_a_hundred_years_ago(tmp_path, born_on):
    report = bring_in(tmp_path, OLD | {"demographics.csv": DEMOGRAPHICS + f"u2,,,{born_on},\n"})

    assert report.applied
    assert Person.objects.get(given_name="Emma").born_on is None
    assert any("no date of birth of somebody at school" in words for *_where, words in warnings_of(report))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"readme.txt": "hello"}, "holds no OneRoster file"),
        ({"classes.csv": CLASSES}, "users.csv is missing"),
        ({"users.csv": USERS, "more/users.csv": USERS}, "twice"),
        ({"../users.csv": USERS}, "may not stand in an archive"),
        ({"users.csv": USERS, "inner.zip": "PK"}, "may not stand in an archive"),
        ({"users.csv": 'sourcedId,role\n"u1,student\n'}, "users.csv: Near line"),
        ({"users.csv": "a" * 60_000_000}, "too large"),
    ],
)
def test_what_is_no_bundle_is_refused_in_words(tmp_path, files, words):
    report = bring_in(tmp_path, files)

    assert words in report.refused
    assert report.exit_status == 1


@pytest.mark.django_db
def test_a_truncated_bundle_is_refused(tmp_path):
    path = bundle(tmp_path, OLD)
    path.write_bytes(path.read_bytes()[:600])

    report = run_import(kind="oneroster", path=path, by=None, at=clock.now())

    assert "damaged" in report.refused


@pytest.mark.django_db
def test_people_without_a_name_or_a_role_are_told_and_left_out(tmp_path):
    users = (
        USERS.replace("Noor,Haddad", "Noor,")
        + "u6,,,true,org1,,nobody,No,Role,,,,,,\nu7,,,true,org1,student,,,,,,,,04,\n"
    )

    report = bring_in(
        tmp_path, OLD | {"users.csv": users + "u1,,,true,org1,student,again,Noor,Again,,,,,,\n"}
    )

    assert report.applied
    assert Person.objects.get(family_name="Noor").given_name == ""
    told = [wrong for _file, _line, wrong in warnings_of(report)]
    assert "The family name is missing; another name stands for it." in told
    assert "No role is told; the person is left out." in told
    assert "The person has no name and is left out." in told
    assert "The sourcedId “u1” already stands on line 2." in told


@pytest.mark.django_db
def test_without_roles_the_classes_say_who_follows_and_who_teaches(tmp_path):
    users = "\n".join(
        ",".join(line.split(",")[:4]) + "," + ",".join(line.split(",")[6:]) for line in USERS.splitlines()
    )

    report = bring_in(tmp_path, OLD | {"users.csv": users})

    assert report.applied
    assert TeachingAssignment.objects.get().teacher.given_name == "Claire"
    assert Enrolment.objects.count() == 2


@pytest.mark.django_db
def test_scores_that_are_no_grades_are_told_and_left_out(tmp_path):
    items = ITEMS.replace(",0,10", ",,") + "l2,,,Fractions,,2026-09-25,k2,,t1,0,10\n"
    results = (
        RESULTS.replace("8.5,", "85.333,")
        + "r3,,,l2,u1,fully graded,bien,\nr4,,,l2,u2,fully graded,11,\nr5,,,l2,u1,,9,\n"
    )

    report = bring_in(tmp_path, OLD | {"lineItems.csv": items, "results.csv": results})

    assert report.applied
    assert Grade.objects.get(points__isnull=False).points == Decimal("85.33")
    assert Assessment.objects.get(title="Fractions").max_points == 100
    told = [wrong for _file, _line, wrong in warnings_of(report)]
    assert "“bien” is no score out of 10.00." in told
    assert "“11” is no score out of 10.00." in told
    assert "This pupil has a score for it already." in told


@pytest.mark.django_db
def test_classes_of_another_year_and_names_without_a_year_of_study(tmp_path):
    sessions = SESSIONS + "old,,,2025-2026,schoolYear,2025-08-25,2026-07-04,,2026\n"
    classes = CLASSES.replace(",t1\n", ",t1\n").replace(
        "4TTA,04,c1,,homeroom", "Madame Dupont et ses trente-deux élèves,,c1,,homeroom"
    )
    classes += "k3,,,Last year,04,c1,OLD,scheduled,old\n"
    users = USERS.replace(",04,", ",,")

    report = bring_in(
        tmp_path, OLD | {"academicSessions.csv": sessions, "classes.csv": classes, "users.csv": users}
    )

    assert report.applied, report.as_dict()
    assert not CourseGroup.objects.filter(code="OLD").exists()
    assert ClassGroup.objects.get().year_level.code == "*"


@pytest.mark.django_db
def test_a_tie_that_ends_before_it_starts_loses_its_end(tmp_path):
    enrollments = ENROLLMENTS.replace(
        "e3,,,k2,org1,u1,student,,2026-09-01,", "e3,,,k2,org1,u1,student,,2026-09-01,2026-08-30"
    )
    enrollments = enrollments.replace("e4,,,k2,org1,u2,student,,,", "e4,,,k2,org1,u2,student,,,2026-08-01")

    report = bring_in(
        tmp_path, OLD | {"enrollments.csv": enrollments, "results.csv": RESULTS.splitlines()[0]}
    )

    assert report.applied
    assert GroupMembership.objects.get(pupil__given_name="Noor").ends_on is None
    assert GroupMembership.objects.get(pupil__given_name="Emma").ends_on == date(2026, 8, 1)
