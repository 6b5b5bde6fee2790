"""Samira Haddad, in the bus: both children with one account, what is published, and nothing else."""

from django.urls import reverse

from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE
from tests.journeys.test_every_page import SIDEWAYS


def test_a_parent_of_two_reads_on_a_phone(stage, window, sign_in, complaints):
    people = stage.people
    page = sign_in(window(PHONE, dark=True), people["samira"])
    for child in ("Noor", "Elias"):
        page.get_by_text(child).first.wait_for()
    assert_usable_by_all(page)

    page.goto(reverse("gradebook:results", kwargs={"pupil_id": people["noor"].pk}))
    page.get_by_text("fractions_4tta").first.wait_for()
    assert page.get_by_text("hidden_4tta").count() == 0
    assert_usable_by_all(page)
    assert page.evaluate(SIDEWAYS) == 0

    page.goto(reverse("report_cards:mine"))
    assert page.get_by_role("link", name="Première période").count() == 1  # Elias's is held, Noor's is there.
    page.get_by_role("link", name="Première période").click()
    page.get_by_role("heading", name="Report card").first.wait_for()
    assert_usable_by_all(page)
    assert page.evaluate(SIDEWAYS) == 0

    emma = reverse("gradebook:results", kwargs={"pupil_id": people["emma"].pk})
    complaints.expect_failures_at(emma)
    answer = page.goto(emma)
    assert answer.status == 404


def test_a_phone_without_scripts_reads_the_same(stage, window, come_in):
    page = come_in(window(PHONE, scripts=False), stage.people["samira"])
    page.goto(reverse("gradebook:results", kwargs={"pupil_id": stage.people["noor"].pk}))
    assert page.get_by_text("fractions_4tta").count() > 0
