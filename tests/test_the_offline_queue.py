"""What waited in a browser is taken from the account that typed it, and from no other; the answer is data."""

import json

import pytest
from django.http import HttpResponse
from django.urls import reverse

from preau.design.queue import OWNER, AnswerTheQueue
from preau.follow_up.models import Measure
from preau.kit.refusals import Refusal

QUIET = {"code": "QUIET", "label": "local calme", "rank": "5", "withdrawn_on": "", "once": "A2345678901b"}


@pytest.fixture
def send(client, school):
    """Send what somebody typed from a browser where somebody is signed in."""

    def send(fields, *, typed_by=school.pirard, signed_in=school.pirard, to="follow_up:measures"):
        if signed_in:
            client.force_login(signed_in.account)
        return client.post(reverse(to), fields, headers={OWNER: str(typed_by.account.pk)})

    return send


def test_what_its_owner_sends_is_done_and_says_so_once(send, school, visit):
    first, again = send(QUIET), send(QUIET)

    assert first.json() == {"state": "saved", "words": "“local calme” can be put in plans."}
    assert (again.status_code, again.json()) == (200, first.json())
    assert Measure.objects.filter(code="QUIET").count() == 1
    assert "can be put in plans" not in visit("portal:today", as_=school.pirard).content.decode()


def test_under_another_account_nothing_is_done(send, school):
    assert send(QUIET, typed_by=school.vandamme).status_code == 409
    assert not Measure.objects.filter(code="QUIET").exists()


def test_after_the_session_ended_it_is_the_door_that_answers(client, school, send):
    answer = send(QUIET, signed_in=None)

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


def test_what_its_form_does_not_take_comes_back_with_its_reasons(send):
    answer = send(QUIET | {"label": ""})

    assert answer.status_code == 422
    assert answer.json() == {"state": "refused", "words": "Words: This field is required."}


def test_what_an_action_refuses_comes_back_with_its_sentence(rf):
    door = AnswerTheQueue(lambda request: HttpResponse())
    refusal = Refusal("The period is closed.")

    answer = door.process_exception(rf.post("/", headers={OWNER: "7"}), refusal)

    assert (answer.status_code, json.loads(answer.content)["words"]) == (422, "The period is closed.")
    assert door.process_exception(rf.post("/"), refusal) is None


def test_a_page_asks_in_whose_name_it_would_send(client, school):
    nobody = client.get(reverse("design:sender"))
    client.force_login(school.pirard.account)
    somebody = client.get(reverse("design:sender"))

    assert nobody.json()["owner"] == ""
    assert somebody.json()["owner"] == str(school.pirard.account.pk)
    assert somebody.json()["token"]
    assert "no-store" in somebody["Cache-Control"]


def test_a_page_says_whose_it_is(visit, school):
    page = visit("portal:today", as_=school.vandamme).content.decode()
    assert f'<queue-state data-owner="{school.vandamme.account.pk}">' in page


def test_cells_are_answered_as_they_were(client, school):
    client.force_login(school.vandamme.account)
    address = reverse("gradebook:cells", args=[school.maths_4tta.pk, school.december.pk])
    answer = client.post(
        address,
        json.dumps({"cells": [[0, school.noor.pk, 0, "Careful work"]]}),
        content_type="application/json",
        headers={OWNER: str(school.vandamme.account.pk)},
    )
    assert [cell["state"] for cell in answer.json()["cells"]] == ["saved"]
