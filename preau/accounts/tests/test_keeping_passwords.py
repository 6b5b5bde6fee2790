"""A password is kept as hard to try as the school's machine can bear; one kept otherwise is kept anew."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from preau.accounts.hashing import SchoolHasher
from preau.accounts.models import Account

from .builders import PASSWORD, browser, is_inside, sign_in


@pytest.fixture
def real_hashes(settings):
    settings.PASSWORD_HASHERS = ["preau.accounts.hashing.SchoolHasher"]


def kept_by(hasher: Argon2PasswordHasher) -> str:
    return hasher.encode(PASSWORD, hasher.salt())


def test_a_hash_takes_what_owasp_recommends_first():
    assert kept_by(SchoolHasher()).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_who_was_kept_otherwise_is_kept_anew_at_the_next_sign_in(school, real_hashes):
    account = school.samira.account
    Account.objects.filter(pk=account.pk).update(password=kept_by(Argon2PasswordHasher()))
    phone, desk = browser(), browser()

    sign_in(phone, account.username)
    assert is_inside(phone)
    account.refresh_from_db()
    assert "$m=19456,t=2,p=1$" in account.password
    kept = account.password
    sign_in(desk, account.username)

    assert is_inside(desk)
    assert is_inside(phone)
    account.refresh_from_db()
    assert account.password == kept


def test_a_wrong_password_keeps_nothing_anew(school, real_hashes):
    account = school.samira.account
    former = kept_by(Argon2PasswordHasher())
    Account.objects.filter(pk=account.pk).update(password=former)
    desk = browser()

    sign_in(desk, account.username, "quelque chose d’autre")

    assert not is_inside(desk)
    account.refresh_from_db()
    assert account.password == former


def test_less_than_the_least_is_refused_at_the_start():
    asked = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={**os.environ, "PREAU_PASSWORD_MIB": "4", "PREAU_DEMO": "1"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode != 0
    assert "PREAU_PASSWORD_MIB is 19 at least." in asked.stderr
