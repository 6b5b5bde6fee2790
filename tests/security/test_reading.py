"""Reading changes nothing, whatever is asked and however (S-03, S-15, S-23, S-30)."""

from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.doors import doors
from tests.walk import Walk, forms_of

WRITTEN_BY_READING = {
    "trail_trace": "that somebody looked at a pupil's file, or took grades away, is itself a fact",
    "report_cards_reading": "that a family has opened a report card is known to its titulaire",
    "report_cards_drawing": "a card made without its document is drawn once, at its first opening",
    "django_session": "what a person has chosen to see is kept for the session",
}
KEPT = {"files:file": "private, no-cache", "files:thumbnail": "private, no-cache"}
"""What a browser may keep, and shows only after asking again whether its reader still may."""
HOSTILE = [
    "'",
    '"><script>alert(1)</script>',
    "0",
    "-1",
    "9" * 30,
    "1e309",
    "NaN",
    "\x00",
    "é" * 200,
    "2026-13-45",
    "__class__",
    "pupil__account__password",
    "-password",
    "../../../../etc/passwd",
    "{{ settings.SECRET_KEY }}%s%n",
    "[]",
    "https://evil.example/",
]
ALWAYS = {
    "page",
    "q",
    "search",
    "sort",
    "order",
    "filter",
    "class",
    "group",
    "level",
    "period",
    "kind",
    "status",
}
ALWAYS |= {"year", "day", "from", "to", "format", "columns", "next", "tab", "id"}


def tables_written(queries: CaptureQueriesContext) -> set[str]:
    words = [query["sql"].replace('"', "").replace("`", "").split() for query in queries.captured_queries]
    verbs = {"INSERT": 2, "DELETE": 2, "UPDATE": 1}
    return {word[verbs[word[0].upper()]] for word in words if word and word[0].upper() in verbs}


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_nothing_is_changed_by_reading(walk: Walk, method: str):
    for page, _ in walk.pages():
        with CaptureQueriesContext(connection) as queries:
            getattr(page.client, method)(page.address)
        assert tables_written(queries) <= set(WRITTEN_BY_READING), f"{method} {page}"


def test_no_query_brings_a_page_down(walk: Walk):
    """Keys and values that a page expects, and those that it does not."""
    for page, answer in walk.pages():
        names = ALWAYS | forms_of(answer, page.address).query_names
        names |= {name for form in forms_of(answer, page.address).forms for name in form.fields}
        for value in HOSTILE:
            answer = page.client.get(page.address, dict.fromkeys(names, value) | {value[:40]: "1"})
            assert answer.status_code < 500, f"{page} with {value[:40]!r}"
            assert b"<script>alert(1)" not in (b"" if answer.streaming else answer.content)


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Target": "'\"><script>", "HX-Current-URL": "https://evil.example/\x00"},
        {
            "Accept-Language": "xx-" + "y" * 500,
            "User-Agent": "'\"><script>",
            "Referer": "javascript:alert(1)",
        },
        {
            "Accept": "application/x-nothing",
            "X-Forwarded-For": "'; drop table",
            "Cookie": "preau_theme=<script>",
        },
    ],
    ids=["htmx", "browser", "proxy"],
)
def test_no_header_brings_a_page_down(walk: Walk, headers):
    for page, _ in walk.pages():
        answer = page.client.get(page.address, headers=headers)
        assert answer.status_code < 500, page
        assert b"'\"><script>" not in (b"" if answer.streaming else answer.content)


def test_no_page_is_kept_by_the_browser_for_the_next_person(walk: Walk):
    """On the computer of the staff room, the back button shows nothing after signing out."""
    for page, answer in walk.pages():
        if not page.door.is_open_before_signing_in:
            assert KEPT.get(page.door.name, "no-store") in answer.headers.get("Cache-Control", ""), page


def test_every_page_carries_its_protections(walk: Walk):
    for page, answer in walk.pages():
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, page
        assert "unsafe" not in policy, page
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_no_address_sends_a_person_elsewhere(walk: Walk, elsewhere: str):
    """`next` and its kind lead within the school or nowhere."""
    everywhere = dict.fromkeys(["next", "return", "return_to", "back", "url", "redirect"], elsewhere)
    for door in doors():
        if door.ids:
            continue
        with transaction.atomic():
            for answer in (
                walk.clients["maes"].get(reverse(door.name), everywhere),
                walk.clients["maes"].post(f"{reverse(door.name)}?next={elsewhere}", everywhere),
            ):
                leads_to = urlsplit(answer.headers.get("Location", ""))
                assert leads_to.netloc in {"", "testserver"}, f"{door} leads to {answer.headers['Location']}"
                assert leads_to.scheme in {"", "http"}, f"{door} leads to {answer.headers['Location']}"
            transaction.set_rollback(True)
        walk.clients["maes"] = walk.client_of("maes")
