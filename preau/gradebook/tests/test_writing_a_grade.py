from decimal import Decimal

import pytest

from preau.gradebook import actions
from preau.gradebook.models import Grade
from preau.gradebook.typed import NotAGrade, TooManyPoints, read_cell
from preau.grading.queries import Schemes, tokens_by_sign

from .builders import TUESDAY, assessment, grade


@pytest.fixture
def roots(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


@pytest.mark.parametrize(
    ("typed", "points", "token"),
    [
        ("13,5", Decimal("13.5"), None),
        ("13.5", Decimal("13.5"), None),
        (" 7 ", Decimal(7), None),
        ("0", Decimal(0), None),
        (",5", Decimal("0.5"), None),
        ("CM", None, "CM"),
        ("n", None, "NR"),
        ("nr", None, "NR"),
        ("", None, None),
        ("  ", None, None),
    ],
)
def test_a_cell_understands_points_and_tokens(db, typed, points, token):
    read = read_cell(typed, tokens_by_sign())

    assert (read.points, read.token and read.token.code) == (points, token)


@pytest.mark.parametrize("typed", ["treize", "-3", "13,555", "1 3", "=1+1", "13/20", "١٣", "12345", "1e3"])
def test_anything_else_is_refused_with_what_one_can_type(db, typed):
    with pytest.raises(NotAGrade, match="is no grade"):
        read_cell(typed, tokens_by_sign())


def test_a_grade_keeps_its_whole_past(school, roots):
    first = grade(roots, school.noor, "12", by=school.vandamme)
    second = grade(roots, school.noor, "CM", by=school.vandamme, version=1, reason="Certificat reçu")
    emptied = grade(roots, school.noor, "", by=school.vandamme, version=2)

    assert first.pk == second.pk == emptied.pk
    assert emptied.is_empty
    assert [(past.version, past.points, past.token and past.token.code) for past in emptied.past.all()] == [
        (2, None, "CM"),
        (1, Decimal("12.00"), None),
    ]
    assert emptied.past.get(version=2).reason == "Certificat reçu"


def test_the_second_of_two_writers_is_shown_both_values(school, roots):
    grade(roots, school.noor, "12", by=school.vandamme)

    with pytest.raises(actions.GradeChangedMeanwhile) as refused:
        grade(roots, school.noor, "11", by=school.thys, version=0)

    assert "Claire Vandamme wrote 12 here meanwhile" in str(refused.value)
    assert Grade.objects.get().points == 12


def test_writing_the_same_twice_is_writing_once(school, roots):
    once = grade(roots, school.noor, "12", by=school.vandamme)
    again = grade(roots, school.noor, "12", by=school.vandamme)

    assert (again.pk, again.version) == (once.pk, 1)


def test_points_stay_within_the_maximum_unless_the_scheme_allows_more(school, roots):
    with pytest.raises(TooManyPoints, match="21 is more than the 20 points"):
        grade(roots, school.noor, "21", by=school.vandamme)
    assert not Grade.objects.exists()

    scheme = Schemes(TUESDAY.date()).for_course(school.maths_4tta.course)
    scheme.allows_bonus = True
    scheme.save()
    assert grade(roots, school.noor, "21", by=school.vandamme).points == 21


def test_only_the_pupils_of_the_group_are_graded(school, roots):
    with pytest.raises(actions.NotInGroup, match="Elias Haddad was not in the group"):
        grade(roots, school.elias, "12", by=school.vandamme)


def test_a_closed_gradebook_says_who_can_reopen_it(school, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)

    with pytest.raises(actions.GradebookClosed, match="The head can reopen it"):
        grade(roots, school.noor, "14", by=school.vandamme, version=1)
    with pytest.raises(actions.GradebookClosed):
        assessment(school.maths_4tta, school.december, by=school.vandamme)
    assert Grade.objects.get().points == 12


def test_an_assessment_with_grades_is_not_removed(school, roots):
    grade(roots, school.noor, "12", by=school.vandamme)

    with pytest.raises(actions.HasGrades, match="“Radicaux” has 1 grade\\."):
        actions.remove_assessment(assessment=roots, by=school.vandamme, at=TUESDAY)

    grade(roots, school.noor, "", by=school.vandamme, version=1)
    actions.remove_assessment(assessment=roots, by=school.vandamme, at=TUESDAY)
    assert not school.maths_4tta.assessments.exists()
