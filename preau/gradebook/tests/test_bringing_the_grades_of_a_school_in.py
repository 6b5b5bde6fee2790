"""Grades come in: one line each, or one column for each assessment."""

import time
from decimal import Decimal

import pytest

from preau.gradebook.actions import close_gradebook
from preau.gradebook.models import Assessment, Grade, PastGrade
from preau.kit import clock
from preau.people.models import Person, Relationship
from preau.structure.models import ClassGroup, CourseGroup, GroupMembership, ReportPeriod
from tests.imports import MAPPINGS, bring, bring_path, bring_school, errors_of
from tests.odd_files import odd

LONG = """\
matricule;coursGrp;période;évaluation;cote;sur;catégorie;date
101;4 TT:MATH4-01;P1;Fractions;8,5;10;Interro;2026-09-20
103;4 TT:MATH4-01;P1;Fractions;CM;10;Interro;2026-09-20
101;4 TT:MATH4-01;P1;Équations;13/20;;;
103;4 TT:MATH4-01;P1;Équations;;;;
"""
UCI = "school;sex;age;guardian;G1;G2;G3\n" + "".join(
    f'"{school}";"F";{age};"{guardian}";"{g1}";{g1};{g1}\n'
    for school, age, guardian, g1 in (
        ("GP", 18, "mother", 0),
        ("GP", 15, "father", 12),
        ("MS", 17, "other", 20),
    )
)


@pytest.mark.django_db
def test_grades_of_a_long_list_come_in_with_their_assessments(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "grades", LONG)

    assert report.applied, report.as_dict()
    assert report.counts["new"] == 3
    fractions = Assessment.objects.get(title="Fractions")
    assert (fractions.max_points, fractions.category.code, str(fractions.held_on)) == (
        10,
        "INTERRO",
        "2026-09-20",
    )
    assert Grade.objects.get(assessment=fractions, pupil__given_name="Noor").points == Decimal("8.5")
    assert Grade.objects.get(assessment=fractions, pupil__given_name="Emma").token.code == "CM"
    assert Assessment.objects.get(title="Équations").max_points == 20
    assert Grade.objects.count() == 3


@pytest.mark.django_db
def test_again_they_change_nothing_and_a_corrected_one_keeps_its_past(tmp_path):
    bring_school(tmp_path)
    bring(tmp_path, "grades", LONG)

    same = bring(tmp_path, "grades", LONG)
    corrected = bring(tmp_path, "grades", LONG.replace("8,5", "9"))

    assert (same.counts["unchanged"], same.counts["new"]) == (4, 0)
    (line,) = [line for line in corrected.lines if line.status == "changed"]
    assert [(change.label, change.old, change.new) for change in line.changes] == [("Grade", "8,5", "9")]
    assert PastGrade.objects.get().points == Decimal("8.5")
    assert Assessment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "column", "wrong"),
    [
        ("101;4 TT:MATH4-01;P9;Test;8;10;;", "période", "There is no report period “P9” in 2026-2027."),
        ("101;4 TT:MATH4-01;P1;Test;11;10;;", "cote", "11 is more than the 10 points there were."),
        ("101;4 TT:MATH4-01;P1;Test;bien;10;;", "cote", "“bien” is no grade."),
        ("101;4 TT:MATH4-01;P1;;8;10;;", "évaluation", "The title of the assessment is missing."),
        ("101;4 TT:MATH4-01;P1;Test;8;10;Poésie;", "catégorie", "There is no category “Poésie”."),
        (
            "102;4 TT:MATH4-01;P1;Test;8;10;;",
            "coursGrp",
            "Elias Haddad does not follow 4 TT:MATH4-01 in “Première période”.",
        ),
        (
            "101;4 TT:MATH4-01;P1;Test;8;0;;",
            "sur",
            "An assessment is out of more than 0 points, and of 9999,99 at most.",
        ),
        ("999;4 TT:MATH4-01;P1;Test;8;10;;", "matricule", "No pupil is known as “999”."),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path, line, column, wrong):
    bring_school(tmp_path)

    report = bring(tmp_path, "grades", LONG.splitlines()[0] + "\n" + line + "\n")

    assert errors_of(report) == [(2, column, wrong)]
    assert not Assessment.objects.exists()


@pytest.mark.django_db
def test_one_grade_on_two_lines_is_an_error(tmp_path):
    bring_school(tmp_path)
    twice = LONG + "101;4 TT:MATH4-01;P1;Fractions;2;10;Interro;\n"

    assert errors_of(bring(tmp_path, "grades", twice)) == [
        (6, "cote", "This grade already stands on line 2.")
    ]


@pytest.mark.django_db
def test_a_closed_gradebook_stays_closed(school, tmp_path):
    bring_school(tmp_path)
    bring(tmp_path, "grades", LONG)
    group = CourseGroup.objects.get(code="4 TT:MATH4-01")
    close_gradebook(group=group, period=ReportPeriod.objects.get(code="P1"), by=school.pirard, at=clock.now())

    report = bring(tmp_path, "grades", LONG.replace("8,5", "10"))

    assert "is closed" in errors_of(report)[0][2]
    assert Grade.objects.filter(points=Decimal("8.5")).exists()


@pytest.mark.django_db
def test_one_file_with_three_grade_columns_makes_what_it_needs(tmp_path):
    people = bring(tmp_path, "people", UCI, name="student-x.csv", mapping=MAPPINGS / "uci-people.toml")
    grades = bring(tmp_path, "grades", UCI, name="student-x.csv", mapping=MAPPINGS / "uci-grades.toml")

    assert people.applied, people.as_dict()
    assert grades.applied, grades.as_dict()
    assert (people.counts["new"], grades.counts["new"]) == (3, 9)
    assert set(ClassGroup.objects.values_list("name", "year_level__code")) == {("GP1", "1"), ("MS1", "1")}
    assert set(Relationship.objects.values_list("pupil__family_name", "kind")) == {
        ("Élève student-x-0002", "MOTHER"),
        ("Élève student-x-0003", "FATHER"),
        ("Élève student-x-0004", "OTHER"),
    }
    first = Person.objects.get(family_name="Élève student-x-0002")
    assert first.is_adult()
    assert list(first.grades.order_by("pk").values_list("points", flat=True)) == [0, 0, 0]
    assert list(Assessment.objects.order_by("pk").values_list("period__code", flat=True)[:3]) == [
        "P1",
        "P2",
        "P3",
    ]
    assert GroupMembership.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("file", odd("uci/student-por.csv"))
def test_many_pupils_and_their_grades_come_in_within_seconds(tmp_path, file):
    pupils = 90 if file.is_ours else 649
    path = file.put_into(tmp_path)
    began = time.monotonic()
    for kind, new in (("people", pupils), ("grades", 3 * pupils)):
        report = bring_path(kind, path, mapping=MAPPINGS / f"uci-{kind}.toml")
        assert report.applied, report.refused
        assert report.counts["new"] == new

    assert time.monotonic() - began < 15
    assert Grade.objects.count() == 3 * pupils
    assert Person.objects.count() == 2 * pupils


@pytest.mark.django_db
def test_a_course_named_without_a_code_is_made_once(tmp_path):
    bring(tmp_path, "people", "matricule;nom;prenom;classe\n1;Berg;Alma;5TTB\n2;Claes;Emma;5TTB\n")
    mapping = tmp_path / "by-name.toml"
    mapping.write_text(
        'create_missing = true\n[fields]\npupil_id = "matricule"\npoints = "cote"\n'
        'course_name = { constant = "Latin" }\n'
        'title = { constant = "Version" }\nperiod = { constant = "P1" }\n'
    )
    text = "matricule;cote\n1;12\n2;13,5\n"

    first = bring(tmp_path, "grades", text, mapping=mapping)
    again = bring(tmp_path, "grades", text, mapping=mapping)

    assert (first.counts["new"], again.counts["unchanged"]) == (2, 2)
    group = CourseGroup.objects.get()
    assert (group.course.name, group.course.year_level.code, group.memberships.count()) == ("Latin", "5", 2)


@pytest.mark.django_db
def test_many_grades_ask_few_questions(tmp_path, django_assert_max_num_queries):
    pupils = "".join(f"{number};Pupil;Number {number};4A\n" for number in range(1, 61))
    bring(tmp_path, "people", "matricule;nom;prenom;classe\n" + pupils)
    bring(tmp_path, "courses", "coursGrp\n4:MATH4-01\n")
    ties = "".join(f"{number};4:MATH4-01\n" for number in range(1, 61))
    bring(tmp_path, "memberships", "matricule;coursGrp\n" + ties)
    cells = "".join(f"{number};4:MATH4-01;P1;Test {n};{n};20\n" for number in range(1, 61) for n in range(5))

    with django_assert_max_num_queries(75):  # Of which 26 are the savepoints of the actions.
        report = bring(tmp_path, "grades", "matricule;coursGrp;période;évaluation;cote;sur\n" + cells)

    assert (report.applied, report.counts["new"]) == (True, 300)
