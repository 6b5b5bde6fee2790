"""A mother rings: the head sees on a phone what she sees, changes nothing, and ends it in another tab."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from preau.report_cards.models import Reading
from preau.trail.models import Trace
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE
from tests.journeys.test_clicks_and_keys import Hand, figure
from tests.journeys.test_every_page import SIDEWAYS


def stands_on_a_phone(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == 0
    assert_usable_by_all(page)


def test_the_head_sees_as_a_mother_and_ends_it_in_another_tab(stage, window, come_in):
    head, mother = stage.people["pirard"], stage.people["samira"]
    context = window(PHONE)
    page = come_in(context, head)
    register = reverse("people:person", args=[mother.pk])
    page.goto(register)

    hand = Hand(page)
    hand.click(page.get_by_role("link", name="See as this person"))
    stands_on_a_phone(page)
    expect(page.get_by_role("link", name="Cancel")).to_have_attribute("href", re.compile(f"{register}$"))
    page.get_by_label("Why").fill("She does not find the report card.")
    hand.click(page.get_by_role("button", name="See as this person"))

    banner = page.get_by_role("region", name="With whose eyes you look")
    expect(banner).to_contain_text(f"You see as {mother.full_name}")
    expect(banner).to_contain_text("15 minutes")
    assert hand.clicks <= figure("seeing_as")
    stands_on_a_phone(page)

    page.goto(reverse("report_cards:mine"))
    page.get_by_role("link", name="Première période").click()
    expect(banner).to_be_visible()
    stands_on_a_phone(page)
    document = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    answer = page.request.get(document)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")

    page.get_by_role("button", name="I have taken note").first.click()
    expect(page.get_by_text("nothing was changed").first).to_be_visible()
    expect(page.get_by_role("button", name="I have taken note").first).to_be_visible()
    expect(banner).to_be_visible()
    assert not Reading.objects.filter(reader__in=[head, mother]).exists()

    other = context.new_page()
    other.goto(reverse("portal:today"))
    other.get_by_role("button", name="End it").click()
    other.wait_for_url(f"**{register}")
    expect(other.get_by_text("You see the school as yourself again.").first).to_be_visible()

    page.goto(reverse("portal:today"))
    expect(banner).to_have_count(0)
    expect(page).not_to_have_title(re.compile("Seen as"))
    expect(page.get_by_text(head.full_name).first).to_be_visible()
    assert Trace.objects.filter(act="portal.end_seeing_as", by=head, about=mother).count() == 1
