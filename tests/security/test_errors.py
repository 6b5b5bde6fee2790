"""What goes wrong tells nobody anything: error pages and logs hold no secret, no name, no mark (S-33)."""

import logging
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client
from django.urls import path, reverse

from config import urls as our_urls
from preau.kit.access import anyone, opens
from tests.doors import our_doors
from tests.walk import Walk

SECRETS = ("Haddad", "Vandamme", "preau-demo", "a-long-pass-phrase", "samira.haddad@example.org")


@opens(anyone)
def fails(request):
    name = "Noor Haddad"
    raise RuntimeError(f"something about {len(name)} letters")


handler404 = getattr(our_urls, "handler404", "django.views.defaults.page_not_found")
handler500 = getattr(our_urls, "handler500", "django.views.defaults.server_error")
urlpatterns = [*our_urls.urlpatterns, path("fails/", fails, name="fails")]


def test_a_page_that_fails_says_so_and_nothing_more(db, settings):
    settings.ROOT_URLCONF = __name__
    answer = Client(raise_request_exception=False).get("/fails/")
    assert answer.status_code == 500
    for word in ("RuntimeError", "letters", "Traceback", settings.SECRET_KEY, "preau/"):
        assert word not in answer.content.decode()


def test_what_one_may_not_see_looks_like_what_is_not_there(walk: Walk):
    """A stranger who tries keys cannot tell which of them exist."""
    stranger = walk.client_of("zoe")
    tried = 0
    for door in our_doors():
        if door.may_be_read and door.records and len(door.ids) == 1:
            (parameter,) = door.ids
            for _, keys in walk.stage.paths(door):
                there = stranger.get(reverse(door.name, kwargs=keys))
                nowhere = stranger.get(reverse(door.name, kwargs={parameter: nowhere_like(keys[parameter])}))
                if there.status_code == 404:
                    tried += 1
                    assert nowhere.status_code == 404
                    assert without_nonce(there) == without_nonce(nowhere), door
    assert tried > 0


def nowhere_like(key: object) -> object:
    """Return a key of the same sort that leads to nothing."""
    return uuid4() if isinstance(key, UUID) else 987654321


def without_nonce(answer) -> bytes:
    """The page without what differs each time: the address it was asked at and one-time tokens."""
    import re

    text = re.sub(rb'(nonce|value|content|hx-headers)="[^"]*"', b"", answer.content)
    return re.sub(rb"/[\w/-]*\d+[\w/-]*", b"/", text)


def test_the_log_speaks_of_nobody(walk: Walk, caplog):
    caplog.set_level(logging.INFO)
    for _ in walk.pages():
        pass
    stranger = Client()
    stranger.post(reverse("account_login"), {"login": "samira.haddad", "password": "a-long-pass-phrase"})
    stranger.post(reverse("account_reset_password"), {"email": "samira.haddad@example.org"})
    walk.clients["maes"].get("/no/such/page/?token=a-long-pass-phrase")
    said = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    for secret in (*SECRETS, settings.SECRET_KEY):
        assert secret not in said
