"""Notices, refusals and pages of error: what is said, and the way back."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from django_htmx.middleware import HtmxDetails

from preau.design.middleware import ShowRefusals
from preau.design.notices import answer
from preau.kit.refusals import Refusal


class PeriodIsClosed(Refusal):
    words = "The period %(name)s is closed: ask the head to open it again."


def asked(**headers):
    request = RequestFactory().post("/grades/", headers=headers)
    request.session = {}
    request._messages = FallbackStorage(request)
    request.htmx = HtmxDetails(request)
    request.person = None
    return request


def refuse(request):
    return ShowRefusals(lambda request: HttpResponse()).process_exception(request, PeriodIsClosed(name="P1"))


def test_a_refused_act_is_a_sentence_on_the_page_one_came_from():
    request = asked(Referer="http://testserver/grades/3/")
    response = refuse(request)
    assert response.url == "http://testserver/grades/3/"
    assert [str(said) for said in messages.get_messages(request)] == [
        "The period P1 is closed: ask the head to open it again."
    ]


@pytest.mark.parametrize("elsewhere", [{}, {"Referer": "https://evil.example/x"}])
def test_a_refusal_that_came_from_no_page_of_ours_is_a_page_with_its_words_and_a_way_back(elsewhere):
    response = refuse(asked(**elsewhere))
    page = response.content.decode()
    assert response.status_code == 422
    assert "The period P1 is closed: ask the head" in page
    assert 'href="/"' in page
    assert "evil.example" not in page


def test_a_refused_act_of_htmx_becomes_a_notice_and_touches_nothing_else():
    response = refuse(asked(**{"HX-Request": "true"}))
    assert response.status_code == 422
    assert response["HX-Reswap"] == "none"
    assert 'id="notices" hx-swap-oob="beforeend"' in response.content.decode()
    assert "The period P1 is closed" in response.content.decode()


def test_the_words_of_a_refusal_stay_text():
    request = asked(**{"HX-Request": "true"})
    response = ShowRefusals(lambda request: HttpResponse()).process_exception(
        request, Refusal("<script>x</script>")
    )
    assert "<script>" not in response.content.decode()


def test_a_mistake_of_ours_is_not_taken_for_a_refusal():
    assert ShowRefusals(lambda request: HttpResponse()).process_exception(asked(), ValueError("x")) is None


def test_a_session_that_ended_brings_the_whole_sign_in_page_not_a_fragment_of_it():
    door = ShowRefusals(lambda request: HttpResponseRedirect("/account/login/?next=/grades/"))
    response = door(asked(**{"HX-Request": "true", "HX-Current-URL": "http://testserver/grades/3/"}))
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/account/login/?next=")
    assert door(asked()).status_code == 302


def test_an_act_answers_with_its_fragment_and_what_is_to_be_said():
    request = asked(**{"HX-Request": "true"})
    messages.success(request, "Noor is noted <absent>.")
    page = answer(request, "design/_notice.html", {"words": "the fragment"}, status=200).content.decode()
    assert page.index("the fragment") < page.index('id="notices"')
    assert "Noor is noted &lt;absent&gt;." in page
    assert "notice-good" in page


def test_an_act_with_nothing_to_say_answers_its_fragment_alone():
    response = answer(asked(), "design/_notice.html", {"words": "x"}, status=422)
    assert "hx-swap-oob" not in response.content.decode()
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("level", "tone"), [("success", "good"), ("warning", "warning"), ("error", "bad"), ("info", "info")]
)
def test_every_kind_of_message_has_its_tone(level, tone):
    request = asked()
    getattr(messages, level)(request, "words")
    assert f"notice-{tone}" in answer(request, "design/_phone_bar.html", {}).content.decode()


@pytest.mark.parametrize("page", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
def test_every_page_of_error_speaks_and_leads_back(page):
    drawn = render_to_string(page)
    assert "<h1>" in drawn
    assert 'href="/"' in drawn


def test_the_page_of_our_own_mistakes_asks_nothing_of_the_database():
    # No `db` fixture: a query would fail the test.
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()
    assert "<script" not in response.content.decode()


@pytest.mark.django_db
def test_what_does_not_exist_says_so(client):
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert 'class="letter"' in response.content.decode()


@pytest.mark.django_db
def test_a_form_left_open_too_long_is_told_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/design/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert 'class="letter"' in response.content.decode()
