"""A figure opens what it is made of beside it; without scripts, on a page. A finger meets every target."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preau.structure.models import ReportPeriod, Tutorship
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE
from tests.journeys.test_every_page import SIDEWAYS


@pytest.fixture
def tutored(lycee):
    """The keys of the page of the class of the tutor of the sign-in page, at each period of the year."""
    class_group = Tutorship.objects.filter(tutor=lycee("tutor")).earliest("pk").class_group
    periods = ReportPeriod.objects.filter(school_year=class_group.school_year_id).order_by("starts_on")
    return [{"period_id": period.pk, "class_group_id": class_group.pk} for period in periods]


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_page_of_a_titulaire_is_usable_by_all(lycee, window, come_in, tutored, size):
    page = come_in(window(size), lycee("tutor"))
    for keys in tutored:
        page.goto(reverse("report_cards:class_group", kwargs=keys))
        assert_usable_by_all(page)
        assert page.evaluate(SIDEWAYS) == 0


def test_a_figure_of_the_class_opens_beside_the_table(lycee, window, come_in, tutored):
    page = come_in(window({"width": 1280, "height": 900}), lycee("tutor"))
    page.goto(reverse("report_cards:class_group", kwargs=tutored[-2]))

    page.locator("a[data-peek][href*='course=']").first.click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Depuis septembre")
    assert_usable_by_all(page)
    dialog.get_by_role("button", name="Fermer").click()
    expect(dialog).to_be_hidden()


def test_a_parent_without_scripts_reads_the_same_on_a_page(lycee, window, come_in):
    page = come_in(window(PHONE, scripts=False), lycee("parent"))
    page.goto(reverse("gradebook:my_results"))
    page.goto(page.url.replace("/results/", "/file/"))

    page.locator("a[data-peek]").first.click()

    expect(page.get_by_role("heading", name="Pourquoi")).to_be_visible()
    expect(page.get_by_role("link", name="Résultats").first).to_be_visible()
