"""Being signed in begins and ends when the person means it (S-23, S-24, S-26, S-27)."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from preau.accounts.tests.builders import ask
from tests.cast import Cast
from tests.doors import our_doors

PASSWORD = "a long walk in the park"


@pytest.fixture(autouse=True)
def _nobody_is_locked_out(db):
    cache.clear()


@pytest.fixture
def vandamme(school: Cast):
    account = school.vandamme.account
    account.set_password(PASSWORD)
    account.save()
    return school.vandamme


def sign_in(client: Client, login: str = "claire.vandamme", password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


def is_inside(client: Client) -> bool:
    return client.get(reverse("portal:today")).status_code == 200


def test_a_session_gets_a_new_name_when_its_holder_signs_in(vandamme):
    client = Client()
    client.get(reverse("account_login"))
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key
    assert sign_in(client).status_code == 302
    assert is_inside(client)
    assert client.session.session_key != before


def test_all_other_sessions_end_when_the_password_changes(vandamme):
    at_home, at_school = Client(), Client()
    sign_in(at_home)
    sign_in(at_school)
    new = "another walk in the park"
    at_school.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert not is_inside(at_home)


def test_signing_out_is_a_deed_not_a_link(vandamme):
    client = Client()
    sign_in(client)
    client.get(reverse("account_logout"))
    assert is_inside(client)
    client.post(reverse("account_logout"))
    assert not is_inside(client)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(vandamme):
    client = Client()
    cookie = sign_in(client).cookies["preau_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_password_alone_opens_nothing_when_a_second_factor_is_due(vandamme):
    Authenticator.objects.create(user=vandamme.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    answer = sign_in(client)
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    for door in our_doors():
        if not door.ids and not door.is_open_before_signing_in and door.may_be_read:
            answer = client.get(reverse(door.name))
            assert answer.status_code == 302, door
            assert answer.headers["Location"].startswith(reverse("account_login")), door


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(vandamme):
    known, unknown = Client(), Client()
    one, other = ask(known, vandamme.account.email), ask(unknown, "nobody@example.org")
    assert (one.status_code, one.headers["Location"]) == (other.status_code, other.headers["Location"])
    assert [letter.to for letter in mail.outbox] == [[vandamme.account.email]]


def test_a_link_for_a_new_password_works_once(vandamme):
    client = Client()
    ask(client, vandamme.account.email)
    (link,) = (word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    link = link.partition("testserver")[2].rstrip(".")
    form = client.get(link).headers["Location"]
    new = "the third walk in the park"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    later = Client()
    assert later.get(link, follow=True).status_code in {200, 400, 404}
    assert later.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code != 302
    assert sign_in(Client(), password=new).status_code == 302


def test_so_many_letters_and_no_more_go_to_one_mailbox(vandamme):
    for _ in range(30):
        ask(Client(), vandamme.account.email)
    assert 0 < len(mail.outbox) <= 10


@pytest.mark.parametrize(
    "disguise",
    [
        lambda number: {"login": "claire.vandamme"},
        lambda number: {"login": "Claire.VANDAMME" if number % 2 else "claire.vandamme"},
        lambda number: {"login": "claire.vandamme" + " " * (number % 3)},
        lambda number: {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}"},
    ],
    ids=["plainly", "by case", "by spaces", "by another address"],
)
def test_guessing_is_stopped_however_it_is_disguised(vandamme, disguise):
    client = Client()
    for number in range(25):
        sign_in(client, password=f"guess {number}", **disguise(number))
    sign_in(client)
    assert not is_inside(client)
