from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from preau.accounts.queries import in_words
from preau.accounts.tasks import sweep_the_door

from .builders import FIREFOX, IPHONE, browser, is_inside, sign_in, with_password


@pytest.fixture
def browsers(school):
    """Samira is signed in on a computer and on a phone."""
    with_password(school.samira)
    computer, phone = (
        browser(HTTP_USER_AGENT=FIREFOX),
        browser(HTTP_USER_AGENT=IPHONE, REMOTE_ADDR="203.0.113.8"),
    )
    sign_in(computer, "samira.haddad")
    sign_in(phone, "samira.haddad")
    return computer, phone


def test_one_sees_where_one_is_signed_in_in_words(browsers):
    computer, _phone = browsers

    page = computer.get(reverse("accounts:security"))

    assert [device.words for device in page.context["devices"]] == ["Firefox on Linux", "Safari on iPhone"]
    assert "This browser" in page.text
    assert "from another place (203.0.113.8)" in page.text


def test_signing_in_asks_as_often_however_many_sessions_are_open(school):
    with_password(school.samira)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            sign_in(browser(HTTP_USER_AGENT=FIREFOX), "samira.haddad")
        return len(asked)

    sign_in(browser(HTTP_USER_AGENT=FIREFOX), "samira.haddad")
    first = questions()
    for _time in range(3):
        questions()

    assert questions() == first
    assert UserSession.objects.filter(user=school.samira.account).count() == 6


def test_signing_in_forgets_sessions_that_are_over_and_those_of_nobody_else(school, browsers):
    with_password(school.ines)
    sign_in(browser(HTTP_USER_AGENT=FIREFOX), "inès.claes")
    for session in UserSession.objects.exclude(user_agent=IPHONE):
        Session.objects.filter(session_key=session.session_key).update(
            expire_date=timezone.now() - timedelta(minutes=1)
        )

    sign_in(browser(HTTP_USER_AGENT="Mozilla/5.0 Edg/130"), "samira.haddad")

    known = UserSession.objects.order_by("created_at").values_list("user__person__given_name", "user_agent")
    assert list(known) == [
        ("Samira", IPHONE),
        ("Inès", FIREFOX),
        ("Samira", "Mozilla/5.0 Edg/130"),
    ]


def test_once_a_day_it_is_forgotten_where_sessions_were_and_the_rest_waits_for_the_school(browsers):
    over = UserSession.objects.get(user_agent=IPHONE)
    kept = Session.objects.filter(session_key=over.session_key)
    kept.update(expire_date=timezone.now() - timedelta(minutes=1))

    sweep_the_door.func()

    assert list(UserSession.objects.values_list("user_agent", flat=True)) == [FIREFOX]
    assert kept.exists()


def test_one_ends_another_session(browsers):
    computer, phone = browsers
    theirs = UserSession.objects.get(user_agent=IPHONE)

    computer.post(reverse("accounts:session_end", kwargs={"session_id": theirs.pk}))

    assert is_inside(computer)
    assert not is_inside(phone)


def test_one_ends_all_the_others(browsers):
    computer, phone = browsers

    phone.post(reverse("accounts:sessions_end"))

    assert is_inside(phone)
    assert not is_inside(computer)


def test_nobody_ends_the_session_of_another(school, browsers, client):
    theirs = UserSession.objects.first()
    with_password(school.ines)
    sign_in(client, "inès.claes")

    answer = client.post(reverse("accounts:session_end", kwargs={"session_id": theirs.pk}))

    assert answer.status_code == 404
    assert all(is_inside(browser) for browser in browsers)


def test_a_session_in_use_is_noted_now_and_then(browsers, django_assert_num_queries):
    computer, _phone = browsers
    session = UserSession.objects.get(user_agent=FIREFOX)
    later = timezone.now() + timedelta(minutes=30)

    with time_machine.travel(later):
        computer.get(reverse("accounts:security"))
        session.refresh_from_db()
        first = session.last_seen_at
    with time_machine.travel(later + timedelta(minutes=5)):
        computer.get(reverse("accounts:security"))
        session.refresh_from_db()

    assert first >= later
    assert session.last_seen_at == first


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130 Safari",
            "Samsung Internet on Android",
        ),
        ("curl/8.9", "a browser we do not know"),
        ("<script>", "a browser we do not know"),
    ],
)
def test_browsers_are_called_by_their_names(agent, words):
    with translation.override("en"):
        assert in_words(agent)[0] == words
