"""Every page there is, in a browser: usable by all, within its policy, never wider than the screen."""

from django.urls import reverse

from tests.journeys.axe import violations
from tests.journeys.conftest import DESKTOP, NARROW
from tests.walk import READERS, Walk

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("body *")].filter(element =>
    element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 3).map(element => element.outerHTML.slice(0, 80))"""


def pages_to_look_at(walk: Walk) -> list[tuple[str, str]]:
    """Every page by the first who may read it, and Today by everybody."""
    pages = [
        (page.reader, page.address)
        for page, answer in walk.pages()
        if "html" in answer.headers.get("Content-Type", "") and b"<html" in answer.content
    ]
    return sorted({*pages, *((reader, reverse("portal:today")) for reader in READERS)})


def test_every_page_is_usable_by_all_in_the_light_and_in_the_dark(walk, window, come_in):
    found: list[str] = []
    people = walk.stage.people
    tabs = {reader: come_in(window(DESKTOP), people[reader]) for reader in READERS}
    for reader, address in pages_to_look_at(walk):
        tab = tabs[reader]
        tab.emulate_media(color_scheme="light")
        tab.set_viewport_size(DESKTOP)
        tab.goto(address)
        found += [f"{address} ({reader}, light, wide): {line}" for line in violations(tab)]
        tab.emulate_media(color_scheme="dark")
        tab.set_viewport_size(NARROW)
        tab.goto(address)
        found += [f"{address} ({reader}, dark, narrow): {line}" for line in violations(tab)]
        if tab.evaluate(SIDEWAYS) > 0:
            found.append(f"{address} ({reader}) is wider than 320 px: {tab.evaluate(WIDEST)}")
    assert not found, "\n".join(found)


def test_the_pages_before_signing_in_too(window, live_server, db):
    tab = window(DESKTOP).new_page()
    found: list[str] = []
    for name in ("account_login", "account_reset_password"):
        for dark in (False, True):
            tab.emulate_media(color_scheme="dark" if dark else "light")
            tab.set_viewport_size(NARROW if dark else DESKTOP)
            tab.goto(reverse(name))
            found += [f"{name}: {line}" for line in violations(tab)]
    assert not found, "\n".join(found)
