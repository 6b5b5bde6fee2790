"""A pasted column, a whole sheet: written together, and each cell stands or falls alone."""

import pytest

from preau.gradebook import actions
from preau.gradebook.models import Grade, PastGrade
from preau.grading.models import Closing
from preau.kit import memory

from .builders import TUESDAY, assessment, grade


@pytest.fixture
def write(school):
    """Write in the gradebook of Claire's mathematics, in December."""

    def written(*cells):
        return actions.write_cells(
            group=school.maths_4tta,
            period=school.december,
            asked=[
                actions.AskedCell(test.pk, pupil.pk, version, typed) for test, pupil, version, typed in cells
            ],
            by=school.vandamme,
            at=TUESDAY,
        )

    return written


def states(answers):
    return [answer["state"] for answer in answers]


def interros(school, count):
    return [
        assessment(school.maths_4tta, school.december, by=school.vandamme, title=f"Interro {number}")
        for number in range(count)
    ]


def test_forty_new_cells_cost_no_more_questions_than_four(school, write, django_assert_max_num_queries):
    few, many = interros(school, 2), interros(school, 20)
    pupils = (school.noor, school.emma)
    memory.forget()
    with django_assert_max_num_queries(16):
        write(*[(test, pupil, 0, "12") for test in few for pupil in pupils])
    with django_assert_max_num_queries(16):
        answers = write(*[(test, pupil, 0, "12,5") for test in many for pupil in pupils])

    assert set(states(answers)) == {"saved"}
    assert Grade.objects.filter(assessment__in=many, points="12.5").count() == 40


def test_one_that_is_refused_stops_none_of_the_others(school, write):
    first, second = interros(school, 2)
    grade(second, school.noor, "9", by=school.vandamme)

    answers = write(
        (first, school.noor, 0, "11"),
        (first, school.emma, 0, "210"),
        (first, school.alma, 0, "12"),  # In another class.
        (second, school.noor, 0, "10"),  # Nine stands there, which was not on the screen.
        (second, school.emma, 0, "13"),
    )

    assert states(answers) == ["saved", "refused", "refused", "conflict", "saved"]
    assert "was not in the group" in answers[2]["words"]
    assert answers[3]["cell"].text == "9"
    assert {(each.pupil, each.points) for each in Grade.objects.filter(assessment=first)} == {
        (school.noor, 11)
    }
    assert Grade.objects.get(assessment=second, pupil=school.emma).points == 13


def test_a_cell_that_is_typed_twice_is_written_twice_in_its_order(school, write):
    (test,) = interros(school, 1)

    answers = write(
        (test, school.noor, 0, "8"),
        (test, school.noor, 1, "9"),
        (test, school.noor, 1, "10"),  # Two stands there by then.
        (test, school.noor, 2, "14"),
    )

    assert states(answers) == ["saved", "saved", "conflict", "saved"]
    kept = Grade.objects.get(assessment=test, pupil=school.noor)
    assert (kept.points, kept.version) == (14, 3)
    past = PastGrade.objects.filter(grade=kept).order_by("version")
    assert [(each.version, each.points) for each in past] == [(1, 8), (2, 9)]


def test_what_is_typed_again_is_not_written_again(school, write):
    (test,) = interros(school, 1)
    write((test, school.noor, 0, "8"))

    answers = write((test, school.noor, 0, "8"), (test, school.emma, 0, ""))

    assert states(answers) == ["saved", "saved"]
    assert Grade.objects.get(assessment=test, pupil=school.noor).version == 1
    assert not PastGrade.objects.exists()


def test_nothing_is_written_in_a_closed_gradebook(school, write):
    (test,) = interros(school, 1)
    Closing.objects.create(
        group=school.maths_4tta, period=school.december, closed_by=school.vandamme, closed_at=TUESDAY
    )

    answers = write((test, school.noor, 0, "8"), (test, school.emma, 0, "banana"))

    assert states(answers) == ["refused", "refused"]
    assert "closed" in answers[0]["words"]
    assert not Grade.objects.exists()
