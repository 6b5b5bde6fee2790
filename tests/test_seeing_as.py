"""
Whoever leads the school walks through every door with the eyes of a mother, and changes nothing.

What opens is what opens to her; what is written, nothing but the trail of the one who looks.
"""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from preau.portal.seeing import LEAVES, OPEN
from tests.doors import our_doors
from tests.drawn import in_one_line
from tests.rows import OF_SIGNING_IN, every_row
from tests.stage import Stage
from tests.test_matrix import people_of, table

HEAD, MOTHER, PUPIL = "pirard", "samira", "noor"
NOT_THROUGH_OTHER_EYES = {
    "accounts:answer": "an answer to one's own invitation",
    "accounts:invitation": "one's own invitation",
    "accounts:invitation_code": "one's own invitation",
    "accounts:my_email": "one's own keys",
    "accounts:my_email_confirmation": "one's own keys",
    "accounts:security": "one's own keys",
    "messaging:notices": "what somebody was told is theirs to read, and to tick as read",
    "portal:my_data": "all that is held about somebody leaves with them alone",
    "portal:profile": "one's own account",
    "report_cards:check": "for whoever holds a paper",
    "report_cards:check_code": "for whoever holds a paper",
    "account_login": "one is signed in",
    "mfa_authenticate": "one is signed in",
    "mfa_index": "one's own keys",
}
OWN = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|<li> Colours, language.*?</li>')
"""What is drawn anew for each session, and the way to one's own profile."""
BUT = (*OF_SIGNING_IN, "trail.Trace", "kit.Sending")
BUT_WHAT_IS_SIGNED = (*OF_SIGNING_IN, "kit.Sending")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


@pytest.fixture
def eyes(stage: Stage, request) -> tuple[Client, Client]:
    """Return the browser of the head, who sees as somebody, and that of this very person."""
    seen = stage.people[request.param]
    head = signed_in(stage.people[HEAD])
    begun = head.post(reverse("portal:see_as", args=[seen.pk]), {"reason": "A parent rings."})
    assert begun.status_code == 302
    return head, signed_in(seen)


@pytest.mark.parametrize("eyes", [MOTHER, PUPIL], indirect=True)
def test_every_page_opens_as_it_opens_to_the_family_or_stays_closed(stage: Stage, eyes):
    head, seen = eyes
    opened = set()
    for door in our_doors():
        if not door.may_be_read or door.name in LEAVES:
            continue
        for record, keys in stage.paths(door):
            address = reverse(door.name, kwargs=keys)
            before = every_row(but=BUT) if door.name in OPEN else {}
            answer = head.get(address)
            assert answer.status_code < 500, (door.name, record)
            if answer.status_code != 200:
                continue
            assert door.name in OPEN, door.name
            assert every_row(but=BUT) == before, (door.name, record)
            opened.add(door.name)
            with transaction.atomic():
                own = seen.get(address)
                transaction.set_rollback(True)
            assert own.status_code == 200, (door.name, record)
    assert {"portal:today", "portal:pupil", "report_cards:card", "report_cards:mine"} <= opened


def content_of(answer) -> str:
    """Return what a page says: neither who is signed in, nor what is drawn anew for each session."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return ""
    text = in_one_line(answer.text)
    main = re.search("<main.*</main>", text)
    return in_one_line(OWN.sub("", main.group() if main else text))


def within(client: Client, address: str) -> tuple[int, str]:
    """Ask for a page, and leave nothing behind."""
    with transaction.atomic():
        answer = client.get(address)
        found = answer.status_code, content_of(answer)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    ("eyes", "among"),
    [
        ("samira", {"portal:today", "report_cards:card", "gradebook:results", "trail:looks"}),
        ("karim", {"portal:today"}),
        ("ines", {"portal:today"}),
    ],
    indirect=["eyes"],
)
def test_what_is_shown_is_what_the_parent_gets(stage: Stage, eyes, among):
    head, parent = eyes
    shown = set()
    for door in our_doors():
        if door.name not in OPEN or not door.may_be_read:
            continue
        for record, keys in stage.paths(door):
            address = reverse(door.name, kwargs=keys)
            status, own = within(parent, address)
            status_of_head, seen = within(head, address)
            assert status_of_head == status, (door.name, record)
            if status == 200:
                assert seen == own, (door.name, record)
                shown.add(door.name)
    assert among <= shown


@pytest.mark.parametrize("eyes", [MOTHER], indirect=True)
def test_nothing_is_sent_through_any_door(stage: Stage, eyes):
    head, _seen = eyes
    before = every_row(but=BUT_WHAT_IS_SIGNED)
    for door in our_doors():
        if door.name in LEAVES:
            continue
        for record, keys in stage.paths(door):
            address = reverse(door.name, kwargs=keys)
            for send in (head.post, head.put, head.patch, head.delete):
                answer = send(address, headers={"HX-Request": "true"})
                assert answer.status_code == 422, (door.name, record)
                assert "nothing was changed" in answer.text
    assert every_row(but=BUT_WHAT_IS_SIGNED) == before


def test_every_page_of_a_family_is_thought_about():
    """What opens to a family is read with its eyes, or there is a reason why not."""
    family = people_of("pupils guardians")
    theirs = {
        door.name
        for door in our_doors()
        if door.may_be_read and any(people_of(who) & family for who in table().get(door.name, {}).values())
    }

    assert theirs - OPEN - LEAVES == set(NOT_THROUGH_OTHER_EYES)
    assert not OPEN - {door.name for door in our_doors()}
