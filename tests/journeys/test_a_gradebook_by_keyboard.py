"""
Stories of the gradebook. A teacher types a hundred grades without a mouse, pastes a column from a
spreadsheet, loses the network, reloads, and finds everything once. Two teachers write in one sheet at a time.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from preau.gradebook.models import Assessment, Grade
from preau.grading.models import Category
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Person
from preau.structure.models import GroupMembership, TeachingAssignment
from tests.cast import FIRST_DAY

PUPILS, COLUMNS = 25, 5
KEPT = "Everything is kept"
LOOKS_AGAIN = 30_000
"""Milliseconds within which a sheet that was read just before a grade was kept has learnt of it."""
expect.set_options(timeout=20_000)


@pytest.fixture
def school(stage):
    return stage.cast


@pytest.fixture
def class_of_25(school):
    """Fill 4TTA up to 25 pupils, and plan five tests out of 20."""
    more = PUPILS - school.maths_4tta.memberships.count()
    pupils = bulk_create_persons(
        Person(given_name=f"Élève {n:02}", family_name="Martin") for n in range(more)
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(group=school.maths_4tta, pupil=pupil, starts_on=FIRST_DAY) for pupil in pupils
    )
    Assessment.objects.filter(group=school.maths_4tta).delete()
    kind = Category.objects.earliest("rank")
    return Assessment.objects.bulk_create(
        Assessment(
            group=school.maths_4tta,
            period=school.december,
            category=kind,
            title=f"Interro {number}",
            held_on=date(2026, 11, 2) + timedelta(days=number),
            max_points=20,
            rank=number,
        )
        for number in range(COLUMNS)
    )


@pytest.fixture
def address(school):
    return reverse("gradebook:sheet", args=[school.maths_4tta.pk, school.december.pk])


@pytest.fixture
def grades(class_of_25):
    """What stands in the five columns of this story."""
    return lambda: Grade.objects.filter(assessment__in=class_of_25)


def column(page: Page, number: int):
    return page.locator(f"tbody tr td.g:nth-child({number + 2}) input")


def typed(row: int, number: int) -> str:
    return str((row * 3 + number * 5) % 21)


def test_a_hundred_grades_by_keyboard_a_pasted_column_and_a_dead_line(
    window, come_in, school, class_of_25, grades, address
):
    context = window()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = come_in(context, school.vandamme)
    page.goto(address)
    expect(page.locator("tbody tr")).to_have_count(PUPILS)

    for number in range(4):
        column(page, number).first.focus()
        for row in range(PUPILS):
            page.keyboard.type(typed(row, number))
            page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text(KEPT)
    assert grades().count() == 100

    page.evaluate(
        "text => navigator.clipboard.writeText(text)", "\r\n".join(["CM", "nr", "13,5"] + ["10"] * 22)
    )
    column(page, 4).first.focus()
    page.keyboard.press("Control+v")
    expect(page.locator("#sync")).to_have_text(KEPT)
    assert column(page, 4).nth(1).input_value() == "NR"
    assert grades().get(assessment=class_of_25[4], points="13.5").version == 1

    context.set_offline(True)
    column(page, 0).nth(7).focus()
    for grade in ("1", "2", "3"):
        page.keyboard.type(grade)
        page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text("3 waiting for the connection")
    assert not grades().filter(version__gt=1).exists()
    context.set_offline(False)
    page.reload()
    expect(page.locator("#sync")).to_have_text(KEPT)
    for row, grade in ((7, "1"), (8, "2"), (9, "3")):
        expect(column(page, 0).nth(row)).to_have_value(grade, timeout=LOOKS_AGAIN)

    assert grades().count() == PUPILS * COLUMNS
    rows = list(grades().filter(assessment=class_of_25[0]).order_by("pupil__sort_name", "pupil"))
    assert [int(grade.points) for grade in rows[7:10]] == [1, 2, 3]
    assert {grade.version for grade in rows[:7]} == {1}


def test_undo_and_redo_a_wrong_word_and_the_sign_of_a_certificate(window, come_in, school, grades, address):
    page = come_in(window(), school.vandamme)
    page.goto(address)
    cells = column(page, 0)

    cells.first.focus()
    page.keyboard.type("c")
    page.keyboard.press("Enter")
    page.keyboard.type("treize")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-notices")).to_contain_text("is no grade")
    expect(cells.nth(1)).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("13,5")
    page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text(KEPT)
    assert [str(grade.token or grade.points) for grade in grades().order_by("pk")] == ["CM", "13.50"]

    page.keyboard.press("Control+z")
    expect(page.locator("#sync")).to_have_text(KEPT)
    page.keyboard.press("Control+y")
    expect(page.locator("#sync")).to_have_text(KEPT)
    expect(cells.nth(1)).to_have_value("13.5")


def test_two_teachers_in_the_same_sheet(window, come_in, school, grades, address):
    TeachingAssignment.objects.create(
        group=school.maths_4tta, teacher=school.thys, kind="CO_TEACHER", starts_on=FIRST_DAY
    )
    hers, his = come_in(window(), school.vandamme), come_in(window(), school.thys)
    hers.goto(address)
    his.goto(address)

    column(hers, 0).nth(0).focus()
    hers.keyboard.type("12")
    hers.keyboard.press("Enter")
    column(his, 1).nth(0).focus()
    his.keyboard.type("17")
    his.keyboard.press("Enter")
    expect(column(his, 0).nth(0)).to_have_value("12")
    expect(column(hers, 1).nth(0)).to_have_value("17")

    column(hers, 2).nth(3).focus()
    hers.keyboard.type("11")
    column(his, 2).nth(3).focus()
    his.keyboard.type("14")
    hers.keyboard.press("Enter")
    expect(hers.locator("#sync")).to_have_text(KEPT)
    his.keyboard.press("Enter")
    expect(his.locator("#grid-words")).to_contain_text("Claire Vandamme wrote 11 here meanwhile")
    his.get_by_role("button", name="Keep 11").click()
    expect(column(his, 2).nth(3)).to_have_value("11")

    assert [int(grade.points) for grade in grades().order_by("assessment__rank")] == [12, 17, 11]
    assert {grade.version for grade in grades().all()} == {1}


def test_without_scripts_the_sheet_is_a_form(window, come_in, school, grades, address):
    page = come_in(window(scripts=False), school.vandamme)
    page.goto(address)

    column(page, 0).first.fill("15,5")
    page.get_by_role("button", name="Keep these grades").click()

    expect(page.get_by_text("1 cell is kept")).to_be_visible()
    assert str(grades().get().points) == "15.50"
