"""
What one does in a sheet touches what one sees, is one's own, and is told: a search and a paste, undoing
beside a colleague, a sentence with a stroke in it, a conflict beside its cell, refusals that stay until
they are dealt with.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from preau.gradebook.actions import write_comment, write_grade
from preau.gradebook.models import Assessment, Comment, Grade
from preau.gradebook.typed import Typed
from preau.kit import clock
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Person
from preau.structure.models import GroupMembership, TeachingAssignment
from tests.cast import FIRST_DAY
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE

KEPT = "Everything is kept"
ENLARGED = {"width": 640, "height": 360}
"""A screen of 1280 by 720, enlarged twice."""
expect.set_options(timeout=20_000)
SEEN = """() => {
    const [head, foot] = ["thead th", ".sheet-foot"].map(
        name => document.querySelector(name).getBoundingClientRect());
    return [...document.querySelectorAll("tbody tr")].filter(row => {
        const {top, bottom} = row.getBoundingClientRect();
        return top >= head.bottom - 1 && bottom <= foot.top + 1;
    }).length;
}"""


@pytest.fixture
def school(stage):
    Grade.objects.all().delete()
    TeachingAssignment.objects.create(
        group=stage.cast.maths_4tta, teacher=stage.cast.thys, kind="CO_TEACHER", starts_on=FIRST_DAY
    )
    pupils = bulk_create_persons(
        Person(given_name=name, family_name="Martin") for name in ("Rémi", "Irène", "Lou", "Noé", "Zoé")
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(group=stage.cast.maths_4tta, pupil=pupil, starts_on=FIRST_DAY) for pupil in pupils
    )
    return stage.cast


@pytest.fixture
def first_test(school) -> Assessment:
    return Assessment.objects.filter(group=school.maths_4tta, period=school.december).earliest("rank", "pk")


@pytest.fixture
def page(window, come_in, school, first_test) -> Page:
    context = window()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = come_in(context, school.vandamme)
    page.goto(reverse("gradebook:sheet", args=[school.maths_4tta.pk, school.december.pk]))
    return page


def cells(page: Page):
    return page.locator("tbody tr:not([hidden]) td.g:nth-child(2) input")


def comments(page: Page):
    return page.locator("tbody tr td.comment input")


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def write(assessment: Assessment, pupil: Person, points: int, *, by: Person, version: int) -> None:
    write_grade(
        assessment=assessment, pupil=pupil, typed=Typed(points=points), version=version, by=by, at=clock.now()
    )


def pupil_of(cell) -> Person:
    return Person.objects.get(pk=int(cell.get_attribute("name").split(".")[1]))


def test_acts_on_many_cells_leave_those_one_does_not_see_alone(page):
    page.get_by_label("Find a pupil", exact=True).fill("rém")
    page.keyboard.press("Enter")
    expect(cells(page)).to_have_count(1)
    paste(page, "7\n8\n\n9")

    expect(page.locator("#sync")).to_have_text(KEPT)
    expect(page.locator("#grid-notices")).to_contain_text("2 pasted values found no cell")
    expect(page.locator("#grid-notices")).to_contain_text("8 · 9")
    assert [(int(grade.points), grade.pupil.given_name) for grade in Grade.objects.all()] == [(7, "Rémi")]

    page.get_by_label("Find a pupil", exact=True).fill("é martin")
    page.get_by_label("Find a pupil", exact=True).fill("é")
    page.keyboard.press("Enter")
    rows = cells(page).count()
    assert 1 < rows < page.locator("tbody tr").count()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    for _ in range(rows):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#sync")).to_have_text(KEPT)
    seen = {pupil_of(cell).pk for cell in cells(page).all()}
    assert {grade.pupil_id for grade in Grade.objects.exclude(points=None)} <= seen
    page.get_by_role("button", name="Understood").click()
    expect(page.locator("#grid-notices")).to_be_empty()


def test_undoing_takes_back_ones_own_act_and_not_a_colleagues(page, school, first_test):
    cell = cells(page).first
    pupil = pupil_of(cell)
    write(first_test, pupil, 10, by=school.vandamme, version=0)
    page.reload()
    cell.focus()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text(KEPT)
    write(first_test, pupil, 17, by=school.thys, version=2)
    expect(cell).to_have_value("17")

    page.keyboard.press("Control+z")
    expect(cells(page).nth(1)).to_have_value("")
    page.keyboard.press("Control+z")

    expect(page.locator("#grid-notices")).to_contain_text("Somebody else has written there since")
    expect(page.locator("#grid-notices")).to_contain_text(pupil.family_name)
    expect(page.locator("#sync")).to_have_text(KEPT)
    assert cell.input_value() == "17"
    assert Grade.objects.get(pupil=pupil).points == 17
    page.keyboard.press("Control+y")
    expect(cells(page).nth(1)).to_have_value("5")
    assert cell.input_value() == "17"


def test_keys_are_letters_where_one_writes(page):
    said = "/ Oral 14/20, bravo"
    comments(page).first.focus()
    page.keyboard.type(said)
    for key in ("Home", "Delete", "ArrowRight", "End"):
        page.keyboard.press(key)
    page.keyboard.type("!")
    expect(page.locator("#sync")).to_have_text(KEPT)  # Kept though one is still in it.
    page.keyboard.press("Control+z")
    assert comments(page).first.input_value() != said[1:] + "!"
    page.keyboard.press("Control+y")
    page.keyboard.press("Enter")

    expect(page.locator("#sync")).to_have_text(KEPT)
    assert page.locator("tbody tr[hidden]").count() == 0
    assert page.get_by_label("Find a pupil", exact=True).input_value() == ""
    assert Comment.objects.get().text == (said[1:] + "!").strip()
    expect(page.locator("[data-comments]")).to_contain_text("1 written of")

    cells(page).first.focus()
    page.keyboard.type("14/20")
    assert cells(page).first.input_value() == "14/20"
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Find a pupil", exact=True)).to_be_focused()


def test_two_who_write_the_same_comment_choose_beside_it(page, school):
    cell = comments(page).first
    pupil = pupil_of(cell)
    cell.focus()
    page.keyboard.type("Du bon travail.")
    page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text(KEPT)
    page.evaluate("() => Object.defineProperty(document, 'hidden', { value: true })")  # No news meanwhile.
    write_comment(
        group=school.maths_4tta,
        period=school.december,
        pupil=pupil,
        text="Des progrès.",
        by=school.thys,
        at=clock.now(),
    )

    cell.fill("Du très bon travail.")
    page.keyboard.press("Enter")
    choice = page.get_by_role("group", name="wrote here meanwhile")
    expect(choice).to_contain_text("Des progrès.")
    assert_usable_by_all(page)
    cell.focus()
    page.keyboard.press("Tab")
    expect(choice.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Enter")

    expect(choice).to_have_count(0)
    expect(page.locator("#sync")).to_have_text(KEPT)
    assert Comment.objects.get().text == "Du très bon travail."


def test_what_is_refused_stays_named_until_it_is_dealt_with(page):
    cells(page).first.focus()
    paste(page, "24\n12\nbof\n11")
    notices = page.locator("#grid-notices")
    expect(notices).to_contain_text("2 not kept")
    cells(page).nth(4).focus()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-words")).to_contain_text("9 is kept")
    page.reload()

    expect(page.locator("#sync")).to_have_text("2 not kept")
    expect(notices).to_contain_text(f"{pupil_of(cells(page).first).family_name}")
    expect(notices).to_contain_text("24 is more than the 20 points")
    expect(notices).to_contain_text("“bof” is no grade")
    assert_usable_by_all(page)
    page.get_by_role("button", name="See the list").click()
    page.get_by_role("dialog").get_by_role("link").last.click()
    expect(cells(page).nth(2)).to_be_focused()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text("1 not kept")
    cells(page).first.focus()
    page.keyboard.press("Escape")

    expect(page.locator("#sync")).to_have_text(KEPT)
    expect(notices).to_be_empty()
    assert sorted(int(grade.points) for grade in Grade.objects.all()) == [9, 10, 11, 12]


def test_the_history_of_a_cell_is_a_key_away(page, school, first_test):
    write(first_test, pupil_of(cells(page).first), 10, by=school.vandamme, version=0)
    cells(page).first.focus()
    page.keyboard.press("Shift+F2")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Claire Vandamme")
    page.keyboard.press("Escape")
    expect(cells(page).first).to_be_focused()


def test_leaving_warns_while_something_is_not_kept(page):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    cells(page).first.focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text("1 waiting for the connection")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]

    page.context.set_offline(False)
    expect(page.locator("#sync")).to_have_text(KEPT)
    page.close(run_before_unload=True)
    page.wait_for_event("close") if not page.is_closed() else None
    assert asked == ["beforeunload"]


def test_a_double_click_and_back_and_again_make_one_assessment(page, school):
    page.get_by_role("link", name="Assessment", exact=True).click()
    page.get_by_label("Title").fill("Puissances")
    page.get_by_label("Date").fill("2026-11-10")
    add = page.get_by_role("button", name="Add to the gradebook")
    add.dblclick()
    page.wait_for_url("**/#cell-*")
    made = Assessment.objects.get(title="Puissances")
    expect(page.locator(f"#cell-{made.pk}")).to_be_focused()

    page.go_back()
    page.get_by_role("button", name="Add to the gradebook").click()
    page.wait_for_url("**/#cell-*")
    assert Assessment.objects.get(title="Puissances") == made


def test_pupils_are_seen_on_a_screen_enlarged_twice(page):
    for size, at_least in ((ENLARGED, 3), ({"width": 720, "height": 450}, 5), (PHONE, 5)):
        page.set_viewport_size(size)
        assert page.evaluate(SEEN) >= at_least, size
    handle = page.locator(".choose .icon").first
    assert handle.evaluate("icon => getComputedStyle(icon).opacity") == "1"


def test_without_scripts_a_refusal_names_the_pupil_and_the_test(window, come_in, school, first_test):
    page = come_in(window(scripts=False), school.vandamme)
    page.goto(reverse("gradebook:sheet", args=[school.maths_4tta.pk, school.december.pk]))
    cells(page).nth(0).fill("24")
    cells(page).nth(1).fill("bof")
    cells(page).nth(2).fill("12")
    page.get_by_role("button", name="Keep these grades").click()

    for _ in range(2):
        alert = page.get_by_role("alert").first
        expect(alert).to_contain_text("2 cells are not kept:")
        expect(alert).to_contain_text(f"{pupil_of(cells(page).first).list_name}, {first_test.title} – 24 –")
        expect(cells(page).first).to_have_value("24")
        expect(cells(page).nth(1)).to_have_value("bof")
        page.reload()
    assert [int(grade.points) for grade in Grade.objects.all()] == [12]
