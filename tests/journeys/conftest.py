"""
A real browser before a real server: Debian's Chromium, Django's live server on a database file of its own.

Playwright's loop runs in this thread, hence the permission for Django to be used beside it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Request as BrowserRequest
from playwright.sync_api import Response as BrowserResponse

from preau.kit import clock, memory
from preau.kit.demo import DAY, Options, open_demonstration
from preau.people.models import Person
from tests.cast import Cast
from tests.stage import Stage
from tests.walk import Walk

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "a long walk in the park"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
EXPECTED_FAILURES = {
    "net::ERR_ABORTED",  # A request of a page that one leaves.
    "net::ERR_INTERNET_DISCONNECTED",  # A line that the journey cut itself.
}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TELL_VIOLATIONS = """
    window.addEventListener("securitypolicyviolation", (event) =>
        console.error(`VIOLATION ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory) -> None:
    """The server's threads need connections of their own: a file, not memory."""
    from django.db import connections

    for name, connection in connections.databases.items():
        if connection["ENGINE"].endswith("sqlite3"):
            connection.setdefault("TEST", {})["NAME"] = str(
                tmp_path_factory.mktemp("journeys") / f"{name}.sqlite3"
            )


@pytest.fixture(autouse=True)
def _the_day_of_the_cast(settings) -> None:
    """The clock of a test is the test's own; the server's threads read the setting."""
    settings.SCHOOL_DAY = "2026-11-24"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("Chromium is not on this machine (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def school(transactional_db) -> Cast:
    return Cast()


@pytest.fixture
def stage(transactional_db) -> Stage:
    return Stage()


@pytest.fixture
def lycee(transactional_db, settings) -> Iterator[Callable[[str], Person]]:
    """
    Open the demonstration lycée, on its own day, with its real groups; return who signs in under a name.

    `lycee("teacher")` is the teacher of the sign-in page. It takes ten seconds: its tests tell long stories.
    """
    settings.SCHOOL_DAY, settings.DEMO_MODE = DAY.isoformat(), True
    memory.forget()
    open_demonstration(Options(pupils=240))
    with clock.at(DAY):
        yield lambda username: Person.objects.get(account__username=username)


@pytest.fixture
def walk(stage: Stage) -> Walk:
    return Walk(stage)


class Complaints(list[str]):
    """
    What the browser complains about: errors of scripts, what the security policy stopped, requests that fail.

    A journey that breaks something on purpose names the addresses where that is expected.
    """

    def __init__(self) -> None:
        super().__init__()
        self.expected_at: set[str] = set()

    def expect_failures_at(self, *parts: str) -> None:
        """Let requests fail whose address holds one of these."""
        self.expected_at.update(parts)

    def hear(self, page: str, words: str) -> None:
        self.append(f"{page}: {words}")

    def hear_of_request(self, address: str, why: str) -> None:
        if not any(part in address for part in self.expected_at):
            self.append(f"{address}: {why}")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fail the journey on whatever a browser of it complains about."""
    complaints = Complaints()
    yield complaints
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def window(browser: Browser, live_server, complaints: Complaints) -> Iterator[Callable[..., BrowserContext]]:
    """Open a window of a size; every page in it reports its complaints. `window(PHONE, dark=True)`."""
    opened: list[BrowserContext] = []

    def window(
        size: dict[str, int] | None = None, *, dark: bool = False, scripts: bool = True
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size or DESKTOP,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="en-GB",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        context.add_init_script(TELL_VIOLATIONS)
        _listen(context, complaints)
        opened.append(context)
        return context

    yield window
    for context in opened:
        context.close()


def _listen(context: BrowserContext, complaints: Complaints) -> None:
    context.on("weberror", lambda error: complaints.hear(error.page.url, str(error.error)))
    context.on("console", lambda message: _hear_console(message, complaints))
    context.on("requestfailed", lambda request: _hear_failure(request, complaints))
    context.on("response", lambda response: _hear_status(response, complaints))


def _hear_console(message: ConsoleMessage, complaints: Complaints) -> None:
    is_of_a_request = "Failed to load resource" in message.text  # Heard with its address and its status.
    if message.type == "error" and not is_of_a_request:
        complaints.hear(message.page.url if message.page else "", message.text)


def _hear_failure(request: BrowserRequest, complaints: Complaints) -> None:
    if request.failure not in EXPECTED_FAILURES:
        complaints.hear_of_request(request.url, str(request.failure))


def _hear_status(response: BrowserResponse, complaints: Complaints) -> None:
    is_a_form_to_mend = response.status == 422
    if response.status >= 400 and not is_a_form_to_mend:
        complaints.hear_of_request(response.url, f"answered {response.status}")


@pytest.fixture
def come_in(live_server) -> Callable[[BrowserContext, Person], Page]:
    """Give a window the session of somebody, as if they had signed in, and open a page in it."""

    def come_in(context: BrowserContext, person: Person) -> Page:
        client = Client()
        client.force_login(person.account)
        cookie = client.cookies["preau_session"]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    return come_in


@pytest.fixture
def sign_in() -> Callable[[BrowserContext, Person], Page]:
    """Sign in through the door, as people do."""

    def sign_in(context: BrowserContext, person: Person) -> Page:
        person.account.set_password(PASSWORD)
        person.account.save()
        page = context.new_page()
        page.goto("/")
        page.get_by_label("User name").fill(person.account.username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "/account/" not in address)
        return page

    return sign_in
