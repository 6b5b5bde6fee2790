"""The evening of the report cards: everybody signs in at once, from many browsers and from one address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.accounts.actions.attempts import Limit, forget_old_attempts, take_turn
from preau.accounts.models import Attempts
from preau.accounts.sessions import SessionStore
from preau.kit import clock

from .builders import ANOTHER, browser, code_now, is_inside, sign_in, with_password

MOST_QUESTIONS, MOST_WRITES = 20, 3
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def cost(asked) -> tuple[int, int]:
    """Return how many questions were asked, and in how many transactions something was written."""
    questions = writes = 0
    is_inside_one = has_written = False
    for sql in (query["sql"].lstrip().upper() for query in asked.captured_queries):
        if sql.startswith("BEGIN"):
            is_inside_one, has_written = True, False
        elif sql.startswith("COMMIT"):
            is_inside_one, writes = False, writes + has_written
        elif not sql.startswith(FRAMES):
            questions += 1
            is_write = not sql.startswith("SELECT")
            has_written = has_written or is_write
            writes += is_write and not is_inside_one
    return questions, writes


def open_sessions(person, number: int) -> None:
    words = SessionStore().encode({})
    for place in range(number):
        key = f"{place:032d}"
        until = clock.on_the_wall() + timedelta(days=1)
        Session.objects.create(session_key=key, session_data=words, expire_date=until)
        UserSession.objects.create(user=person.account, session_key=key, ip="192.0.2.1", user_agent="Firefox")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sessions", [0, 1, 40])
@pytest.mark.parametrize("is_known", [False, True], ids=["new browser", "known browser"])
def test_signing_in_costs_the_same_whatever_is_open(school, client, sessions, is_known):
    with_password(school.samira)
    if is_known:
        sign_in(client, "samira.haddad")
        client.post(reverse("account_logout"))
    open_sessions(school.samira, sessions)

    with CaptureQueriesContext(connection) as asked:
        sign_in(client, "samira.haddad")
    questions, writes = cost(asked)

    assert 5 < questions <= MOST_QUESTIONS
    assert 0 < writes <= MOST_WRITES
    assert UserSession.objects.filter(user=school.samira.account).count() == sessions + 1
    assert is_inside(client)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sessions", [0, 1, 40])
def test_each_step_of_two_costs_no_more(school, client, sessions):
    secret = generate_totp_secret()
    TOTP.activate(with_password(school.samira), secret)
    open_sessions(school.samira, sessions)

    with CaptureQueriesContext(connection) as first:
        sign_in(client, "samira.haddad")
    is_inside_by_half = is_inside(client)
    with CaptureQueriesContext(connection) as second:
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    for step in (first, second):
        questions, writes = cost(step)
        assert 5 < questions <= MOST_QUESTIONS
        assert 0 < writes <= MOST_WRITES
    assert not is_inside_by_half
    assert is_inside(client)


@pytest.mark.django_db(transaction=True)
def test_of_thirty_at_the_same_moment_ten_may_try():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")
    limits = [Limit("account", 10, timedelta(minutes=5)), Limit("address", 100, timedelta(minutes=1))]
    at = clock.on_the_wall()

    def attempt(_number: int) -> bool:
        try:
            return take_turn(limits, at=at) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as together:
        taken = list(together.map(attempt, range(30)))

    assert taken.count(True) == 10
    assert dict(Attempts.objects.values_list("key", "number")) == {"account": 10, "address": 10}


def test_a_count_begins_anew_when_its_time_is_over(db):
    limit, at = Limit("account", 2, timedelta(minutes=5)), clock.on_the_wall()

    moments = [at + timedelta(seconds=late) for late in (0, 10, 299, 300, 301)]
    tried = [take_turn([limit], at=moment) is not None for moment in moments]

    assert tried == [True, True, False, True, True]
    assert take_turn([limit], at=at + timedelta(seconds=302)) is None


def test_a_turn_taken_back_is_free_for_another_and_never_twice(db):
    limit, at = Limit("account", 1, timedelta(minutes=5)), clock.on_the_wall()
    turn = take_turn([limit], at=at)
    refused = take_turn([limit], at=at)

    turn.take_back()
    turn.take_back()

    assert refused is None
    assert take_turn([limit], at=at) is not None
    assert take_turn([limit], at=at) is None


def test_a_school_behind_one_address_comes_in_however_many_they_are(school, settings):
    settings.PASSWORDS_OF_AN_ADDRESS = (3, 60)
    with_password(school.samira)
    with_password(school.ines)

    for _pupil in range(6):
        newcomer = browser()
        sign_in(newcomer, "samira.haddad")
        assert is_inside(newcomer)
    for _guess in range(3):
        sign_in(browser(), "inès.claes", ANOTHER)
    stranger = browser()

    assert "Wait five minutes" in sign_in(stranger, "samira.haddad").text
    sign_in(newcomer, "samira.haddad")
    assert is_inside(newcomer)


def test_who_is_made_to_wait_keeps_the_address_free_for_others(school, settings):
    settings.PASSWORDS_OF_AN_ADDRESS = (12, 60)
    with_password(school.samira)
    with_password(school.ines)
    for _guess in range(30):
        refused = sign_in(browser(), "inès.claes", ANOTHER)

    other = browser()
    sign_in(other, "samira.haddad")

    assert "Wait five minutes" in refused.text
    assert is_inside(other)


def test_wrong_codes_are_counted_and_the_right_one_waits_too(school, client):
    secret = generate_totp_secret()
    TOTP.activate(with_password(school.samira), secret)
    sign_in(client, "samira.haddad")

    for _guess in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert "Wait five minutes" in answer.text
    assert not is_inside(client)


def test_what_was_typed_is_in_no_count_and_old_counts_go(school, client):
    sign_in(client, "my secret in the wrong field ÿ", "x")
    kept = str(list(Attempts.objects.values()))
    assert Attempts.objects.count() == 2

    forget_old_attempts(at=clock.on_the_wall())
    assert Attempts.objects.count() == 2
    forget_old_attempts(at=clock.on_the_wall() + timedelta(minutes=2))
    assert Attempts.objects.count() == 1
    forget_old_attempts(at=clock.on_the_wall() + timedelta(minutes=6))

    assert not Attempts.objects.exists()
    assert "secret" not in kept
    assert "127.0.0.1" not in kept
