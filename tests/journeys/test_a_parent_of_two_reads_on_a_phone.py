"""Samira Haddad, in the bus: both children with one account, what is published, and nothing else."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.kit.demo import DAY
from preau.structure.models import TeachingAssignment
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


IN_VIEW = """strip => { const here = strip.querySelector('[aria-current]').getBoundingClientRect();
  return here.left >= 0 && here.right <= window.innerWidth; }"""


@pytest.mark.parametrize(
    ("who", "address"),
    [("parent", "gradebook:my_results"), ("pupil", "gradebook:my_results"), ("head", "gradebook:ledger")],
)
def test_in_june_tabs_stand_on_june(lycee, window, come_in, who, address):
    page = come_in(window(PHONE), lycee(who))
    page.goto(reverse(address))

    strip = page.get_by_role("navigation", name="Périodes")
    expect(strip.locator("[aria-current]")).to_have_text("Juin")
    assert strip.evaluate("strip => strip.scrollWidth > strip.clientWidth")
    assert strip.evaluate(IN_VIEW)


def test_in_june_the_sheet_of_a_teacher_stands_on_june(lycee, window, come_in):
    teacher = lycee("teacher")
    group = TeachingAssignment.objects.in_force(DAY).filter(teacher=teacher).earliest("pk").group_id
    page = come_in(window(PHONE), teacher)
    page.goto(reverse("gradebook:gradebook", kwargs={"group_id": group}))

    strip = page.get_by_role("navigation", name="Périodes")
    expect(strip.locator("[aria-current]")).to_contain_text("Juin")
    assert strip.evaluate(IN_VIEW)
