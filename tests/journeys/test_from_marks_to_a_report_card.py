"""The first period ends: the head closes, makes and publishes; a mother reads on her phone and takes note."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from preau.gradebook.models import Assessment, Grade
from preau.grading.models import Category
from preau.kit.jobs import do_what_waits
from preau.report_cards.models import Reading, ReportCard
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE


def graded(school) -> None:
    quiz = Category.objects.create(code="INT", name="Interrogation")
    test = Assessment.objects.create(
        group=school.maths_4tta,
        period=school.first_period,
        category=quiz,
        title="Fractions",
        held_on=date(2026, 9, 22),
        max_points=20,
    )
    for pupil, points in ((school.noor, Decimal("15.5")), (school.emma, Decimal(8))):
        Grade.objects.create(assessment=test, pupil=pupil, points=points, written_by=school.vandamme)


def _confirmed(page, act) -> None:
    """Go the way to a great act, and say yes to the question over the page."""
    page.get_by_role("link", name=act, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()


def test_from_marks_to_a_report_card(school, window, sign_in):
    for somebody in (school.lycee, school.samira, school.ines):
        assert somebody.pk
    graded(school)
    at_school = sign_in(window(), school.pirard)
    at_home = sign_in(window(PHONE), school.samira)

    at_home.goto(reverse("report_cards:mine"))
    at_home.get_by_text("No report card has been published yet.").wait_for()

    at_school.goto(reverse("report_cards:periods"))
    at_school.get_by_role("link", name="Première période").click()
    _confirmed(at_school, "Close them all")
    at_school.get_by_text("All gradebooks are closed: the results stand.").wait_for()
    _confirmed(at_school, "Make the report cards")
    at_school.wait_for_url("**/work/**")
    do_what_waits()
    at_school.goto(reverse("report_cards:period", kwargs={"period_id": school.first_period.pk}))
    assert ReportCard.objects.filter(pupil=school.noor).exists()

    at_home.reload()
    at_home.get_by_text("No report card has been published yet.").wait_for()

    _confirmed(at_school, "Publish")
    at_school.get_by_text("Pupils and families read the report cards now.").wait_for()
    assert_usable_by_all(at_school)

    at_home.reload()
    at_home.get_by_role("link", name="Première période").first.click()
    at_home.get_by_role("heading", name="Report card").first.wait_for()
    assert_usable_by_all(at_home)
    at_home.get_by_role("button", name="I have taken note").first.click()
    at_home.get_by_text("You took note of this report card").wait_for()
    assert Reading.objects.exclude(acknowledged_at=None).get().reader == school.samira

    address = at_home.get_by_role("link", name="Open the PDF").get_attribute("href")
    document = at_home.request.get(address)
    assert document.body().startswith(b"%PDF-")
    assert document.headers["x-content-type-options"] == "nosniff"
