"""
The demonstration lycée at work: its real groups, with pupils who have adjustments, come from several classes,
have left; periods that are closed; every role about its day. Any complaint of the browser fails the story.
"""

from collections.abc import Iterable

from django.urls import reverse
from playwright.sync_api import Page, expect

from preau.follow_up.models import AdjustmentPlan
from preau.gradebook.models import Grade
from preau.grading.models import Closing
from preau.people.models import Person
from preau.report_cards.models import TutorWord
from preau.structure.models import CourseGroup, Enrolment, GroupMembership, ReportPeriod
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE

KEPT = "Tout est gardé"
ROLES = ("head", "secretary", "teacher", "tutor", "educator", "pupil", "parent", "admin")
LEFT_SINCE = "left"
expect.set_options(timeout=20_000)


def sheet_of(group: CourseGroup, period: ReportPeriod) -> str:
    return reverse("gradebook:sheet", args=[group.pk, period.pk])


def groups_with(pupils: Iterable[int], period: ReportPeriod) -> Iterable[CourseGroup]:
    """The groups of these pupils that have something to type in during the period, with a teacher."""
    found = CourseGroup.objects.filter(
        memberships__pupil__in=list(pupils), assessments__period=period, assignments__ends_on=None
    )
    return found.exclude(assessments__composition__in=["RUBRIC", "COMPETENCES"]).distinct().order_by("pk")


def a_mixed_group(period: ReportPeriod) -> CourseGroup:
    """A group whose pupils come from more than one class."""
    classes = dict(Enrolment.objects.in_force(period.starts_on).values_list("pupil", "class_group"))
    for group in groups_with(classes, period):
        members = group.memberships.in_force(period.starts_on).values_list("pupil", flat=True)
        if len({classes.get(pupil) for pupil in members}) > 1:
            return group
    raise AssertionError("no group of several classes")


def those_worth_looking_at(period: ReportPeriod) -> dict[str, CourseGroup]:
    adjusted = AdjustmentPlan.objects.in_force(period.starts_on).values_list("pupil", flat=True)
    gone = GroupMembership.objects.filter(
        ends_on__gt=period.starts_on, ends_on__lt=period.ends_on
    ).values_list("pupil", flat=True)
    groups = {"adjusted": next(iter(groups_with(adjusted, period))), "mixed": a_mixed_group(period)}
    if left := next(iter(groups_with(gone, period)), None):
        groups[LEFT_SINCE] = left
    return groups


def teacher_of(group: CourseGroup) -> Person:
    return group.assignments.filter(ends_on=None).earliest("pk").teacher


def cells(page: Page):
    return page.locator("tbody tr td.g:nth-child(2) input:not([readonly]):not([data-levels])")


def type_a_column(page: Page) -> int:
    """Type 1 for everybody who is shown, a row after the other; return how many they are."""
    rows = cells(page).count()
    cells(page).first.focus()
    for _ in range(rows):
        page.keyboard.type("1")
        page.keyboard.press("Enter")
    return rows


def test_a_teacher_types_in_groups_as_they_are(lycee, window, come_in):
    june = ReportPeriod.objects.get(code="JUIN")
    groups = those_worth_looking_at(june)
    for what, group in groups.items():
        context = window()
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = come_in(context, teacher_of(group))
        page.goto(sheet_of(group, june))
        rows = type_a_column(page)
        expect(page.locator("#sync")).to_have_text(KEPT)
        expect(page.locator("td.is-waiting, td.is-refused")).to_have_count(0)
        assessment = int(cells(page).first.get_attribute("name").split(".")[0])
        kept = Grade.objects.filter(assessment=assessment, points=1)
        assert kept.count() == rows, what
        before = list(kept.values_list("pk", "version"))

        page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(["2"] * rows))
        cells(page).first.focus()
        page.keyboard.press("Control+v")
        expect(page.locator("#grid-words")).to_contain_text("2 est gardé")
        expect(page.locator("#sync")).to_have_text(KEPT)
        after = Grade.objects.filter(assessment=assessment, points=2).values_list("pk", "version")
        assert dict(after) == {key: version + 1 for key, version in before}, what

        if what == "adjusted":
            expect(page.locator(".beside").first).to_be_visible()
            assert_usable_by_all(page)
        page.locator("a.why").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        page.set_viewport_size(PHONE)
        page.goto(reverse("gradebook:assessment", args=[assessment]))
        page.locator("tbody input").first.fill("3")
        page.keyboard.press("Enter")
        expect(page.locator("#sync")).to_have_text(KEPT)
        context.close()


def test_a_closed_period_is_read_and_not_written(lycee, window, come_in):
    closing = Closing.objects.filter(reopened_at=None, period__code="P2").earliest("pk")
    page = come_in(window(), teacher_of(closing.group))
    page.goto(sheet_of(closing.group, closing.period))

    expect(page.locator("tbody tr").first).to_be_visible()
    assert page.locator("tbody input").count() == 0
    page.get_by_label("Chercher un élève", exact=True).fill("qqq")
    assert page.locator("tbody tr:not([hidden])").count() == 0
    page.get_by_label("Chercher un élève", exact=True).fill("")
    page.locator("a.why").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_everybody_goes_about_their_day(lycee, window, come_in):
    june = ReportPeriod.objects.get(code="JUIN")
    for role in ROLES:
        page = come_in(window(PHONE if role in {"pupil", "parent"} else None), lycee(role))
        page.goto(reverse("portal:today"))
        ways = page.locator(".sidebar a.nav-item").evaluate_all("links => links.map(link => link.pathname)")
        for way in ways:
            page.goto(way)
            expect(page.locator("h1").first).to_be_visible()
        if role == "tutor":
            write_a_word(page, june)
        elif role in {"pupil", "parent"}:
            read_at_home(page)


def write_a_word(page: Page, period: ReportPeriod) -> None:
    page.goto(reverse("report_cards:classes"))
    text = page.locator("kept-text textarea").first
    text.fill("Un trimestre sérieux.")
    expect(page.locator("#sync")).to_have_text(KEPT)
    assert TutorWord.objects.filter(period=period, text="Un trimestre sérieux.").exists()


def read_at_home(page: Page) -> None:
    page.goto(reverse("report_cards:mine"))
    page.locator(".card-lines a").first.click()
    expect(page.get_by_role("link", name="Ouvrir le PDF")).to_be_visible()
    page.goto(reverse("gradebook:my_results"))
    expect(page.locator("h1").first).to_be_visible()
