"""Claire Vandamme types an interro of 4TTA: no mouse from the sheet to the last mark."""

from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import Page, expect

from preau.gradebook.models import Assessment, Grade
from preau.grading.models import Category
from tests.journeys.axe import assert_usable_by_all

WHAT_HAS_FOCUS = """() => {
    const it = document.activeElement;
    const by = (it.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
    const said = [...by, it.labels?.[0], it].map(element => element?.innerText);
    return [it.getAttribute("aria-label"), ...said].filter(Boolean).join(" ");
}"""
FAR = 120


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if words in page.evaluate(WHAT_HAS_FOCUS):
            return
    raise AssertionError(f"Tab never reaches “{words}”")


def grade_of(pupil) -> Grade | None:
    return Grade.objects.filter(pupil=pupil).first()


def test_a_teacher_types_a_test_with_the_keyboard_only(school, window, sign_in):
    Category.objects.create(code="INT", name="Interrogation")
    group, period = school.maths_4tta, school.december
    page = sign_in(window(), school.vandamme)
    page.goto(reverse("gradebook:sheet", kwargs={"group_id": group.pk, "period_id": period.pk}))

    tab_to(page, "Assessment")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assessments/")
    tab_to(page, "Title")
    page.keyboard.type("Fractions")
    tab_to(page, "Date")
    page.keyboard.type("11112026")  # The same in every order of day and month.
    tab_to(page, "Out of")
    page.keyboard.press("Control+a")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/gradebooks/{group.pk}/periods/{period.pk}/#*")
    assert Assessment.objects.get().title == "Fractions"

    # The new column awaits its first grade: that of the first pupil of the alphabet.
    assert "Claes" in page.evaluate(WHAT_HAS_FOCUS)
    page.keyboard.type("14,5")
    page.keyboard.press("Enter")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.locator("#sync")).to_have_text("Everything is kept")
    assert grade_of(school.emma).points == Decimal("14.5")
    assert grade_of(school.noor).points == 9
    assert_usable_by_all(page)

    page.reload()
    assert "14.5" in page.content()
