"""A form sent twice is done once: a double click, Back and send again, two requests at the same moment."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.messages import get_messages
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from preau.follow_up.models import Measure
from preau.kit import clock
from preau.kit.models import Sending
from preau.kit.sendings import TOKEN
from tests.walk import forms_of

QUIET = {"code": "QUIET", "label": "local calme", "rank": "5", "withdrawn_on": ""}
MEASURES = "follow_up:measures"


def form_on(page) -> dict[str, str]:
    """Return the token of the form that adds a measure, as the page was drawn."""
    (form,) = [form for form in forms_of(page, reverse(MEASURES)).forms if "label" in form.fields]
    return {TOKEN: form.fields[TOKEN][1]}


def test_a_double_click_adds_one_measure_and_both_answers_say_so(school, visit, tap):
    sent = QUIET | form_on(visit(MEASURES, as_=school.pirard))

    first, second = tap(MEASURES, sent, htmx=False), tap(MEASURES, sent, htmx=False)

    assert Measure.objects.filter(code="QUIET").count() == 1
    assert (second.status_code, second.url) == (first.status_code, first.url)
    said = [str(each) for each in get_messages(second.wsgi_request)]
    assert set(said) == {"“local calme” can be put in plans."}


def test_another_wish_under_the_same_form_is_done(school, visit, tap):
    sent = QUIET | form_on(visit(MEASURES, as_=school.pirard))

    tap(MEASURES, sent)
    tap(MEASURES, sent | {"code": "SILENT", "label": "casque anti-bruit"})

    assert Measure.objects.filter(code__in=["QUIET", "SILENT"]).count() == 2


def test_what_came_back_to_be_mended_is_sent_again_and_done(school, visit, tap):
    token = form_on(visit(MEASURES, as_=school.pirard))

    assert tap(MEASURES, QUIET | token | {"label": ""}).status_code == 422
    assert not Sending.objects.exists()
    assert tap(MEASURES, QUIET | token).status_code == 302
    assert Measure.objects.get(code="QUIET").label == "local calme"


def test_the_token_of_one_is_nothing_to_another(school, visit, tap):
    token = form_on(visit(MEASURES, as_=school.pirard))
    tap(MEASURES, QUIET | token)

    again = tap(MEASURES, QUIET | token, as_=school.maes)

    assert again.status_code == 404


def test_what_is_a_day_old_is_swept(school, visit, tap, monkeypatch):
    old = clock.on_the_wall() - timedelta(days=1, minutes=1)
    Sending.objects.create(key="of yesterday", address="/", sent_at=old)
    monkeypatch.setattr("preau.kit.sendings.SWEPT_EVERY", 1)

    tap(MEASURES, QUIET | form_on(visit(MEASURES, as_=school.pirard)))

    assert Sending.objects.get().key != "of yesterday"


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_are_one(school):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")
    account, sent, answers = school.pirard.account, QUIET | {TOKEN: "A2345678901b"}, []
    start = Barrier(4)

    def send() -> None:
        client = Client()
        client.force_login(account)
        start.wait()
        answers.append(client.post(reverse(MEASURES), sent))
        connections.close_all()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, reverse(MEASURES))] * 4
    assert Measure.objects.filter(code="QUIET").count() == 1
