"""Passwords, codes and browsers for the stories of signing in."""

import struct
import time
from base64 import b32decode
from hashlib import sha1
from hmac import digest

from allauth.core.context import request_context
from django.test import Client, TestCase
from django.urls import reverse

from preau.accounts import actions
from preau.accounts.models import Account, Invitation
from preau.kit import clock
from preau.kit.jobs import do_what_waits

PASSWORD = "lampes sous le préau"
ANOTHER = "craies et tableau noir"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
)


def browser(**more) -> Client:
    """Return a browser that nobody has used yet."""
    return Client(headers={"Accept-Language": "en"}, **more)


def with_password(person, password=PASSWORD) -> Account:
    """Give a person of the cast a password, as if an invitation had been answered."""
    person.account.set_password(password)
    person.account.save()
    return person.account


def sign_in(client: Client, login, password=PASSWORD, **more):
    """Send the sign-in form."""
    form = {"login": login, "password": password, "next": more.pop("next", "")}
    return client.post(reverse("account_login"), form, **more)


def is_inside(client: Client) -> bool:
    """Say whether this browser is signed in: it sees its own keys."""
    return client.get(reverse("accounts:security")).status_code == 200


def invited(person, *, by=None, channel=Invitation.Channel.LETTER) -> actions.Invited:
    """Invite one person and return what the letter says."""
    return actions.invite(persons=[person], by=by, at=clock.now(), channel=channel)[0]


def code_now(secret: str, *, step=0) -> str:
    """Return the six digits that an app shows for a secret."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    signed = digest(b32decode(secret), counter, sha1)
    place = signed[-1] & 15
    number = struct.unpack(">I", signed[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def send_whole(client: Client, door: str, form: dict[str, str]):
    """Send a form, with what follows once it is stored: allauth does that within the request."""
    with TestCase.captureOnCommitCallbacks() as following:
        answer = client.post(reverse(door), form)
    with request_context(answer.wsgi_request):
        for act in following:
            act()
    return answer


def set_up_app(client: Client, password=PASSWORD) -> str:
    """Set up the app that gives codes in a signed-in browser; return its secret."""
    client.post(reverse("account_reauthenticate"), {"password": password})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    send_whole(client, "mfa_activate_totp", {"code": code_now(secret)})
    return secret


def ask(client, email):
    """Ask for a new password, and let the worker write the letters."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(reverse("account_reset_password"), {"email": email})
    do_what_waits()
    return answer
