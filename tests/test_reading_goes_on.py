"""The disk is full, or nothing may be written: reading goes on, and who saves is told in a sentence."""

import json
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connection, transaction
from django.urls import reverse

from preau.gradebook.models import Assessment
from preau.kit.unwritable import DiskIsFull, NothingIsKept, in_passing, refusal_of
from preau.portal.actions import forget_noted_uses
from preau.portal.models import Use

NOTHING_KEPT = "nothing of this was kept"


@contextmanager
def nothing_can_be_written():
    """Have the database refuse every write, as it does in a read-only folder."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            connection.connection.execute("PRAGMA query_only = OFF")
    else:
        with transaction.atomic():  # What is read-only here is so until this savepoint is given up.
            connection.cursor().execute("SET TRANSACTION READ ONLY")
            yield
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _uses_are_noted_anew():
    forget_noted_uses()
    yield
    forget_noted_uses()


def test_reading_goes_on(school, visit, settings):
    _ = school.class_4tta, school.samira
    settings.COUNT_USE = True
    pages = [
        ("portal:today", school.vandamme, {}),
        (
            "gradebook:sheet",
            school.vandamme,
            {"group_id": school.maths_4tta.pk, "period_id": school.december.pk},
        ),
        ("portal:pupil", school.pirard, {"pupil_id": school.noor.pk}),
        ("gradebook:results", school.samira, {"pupil_id": school.noor.pk}),
    ]
    for page, reader, ids in pages:
        visit("portal:today", as_=reader)
        with nothing_can_be_written():
            assert visit(page, **ids).status_code == 200


def test_a_save_is_told_and_so_is_what_waits_in_a_browser(school, visit, client):
    _ = school.class_4tta
    place = {"group_id": school.maths_4tta.pk, "period_id": school.december.pk}
    visit("gradebook:sheet", as_=school.vandamme, **place)
    sent = json.dumps({"cells": [[0, school.noor.pk, 0, "Bravo"]]})
    address, data = reverse("gradebook:cells", kwargs=place), "application/json"

    with nothing_can_be_written():
        plain = client.post(address, sent, data)
        waiting = client.post(address, sent, data, headers={"Preau-Queue": str(school.vandamme.account.pk)})
        tapped = client.post(address, sent, data, headers={"HX-Request": "true"})

    assert [answer.status_code for answer in (plain, waiting, tapped)] == [503] * 3
    assert NOTHING_KEPT in plain.content.decode()
    assert NOTHING_KEPT in waiting.json()["words"]
    assert NOTHING_KEPT in tapped.content.decode()


def test_a_sign_in_is_not_taken_for_one_attempt_too_many(school, visit, client):
    account = school.vandamme.account
    account.set_password("un mot de passe")
    account.save()
    visit("account_login")

    with nothing_can_be_written():
        answer = client.post(
            reverse("account_login"),
            {"login": account.username, "password": "un mot de passe"},
            headers={"Accept-Language": "en"},
        )

    assert answer.status_code == 503
    assert NOTHING_KEPT in answer.content.decode()


@pytest.mark.django_db
def test_the_memory_of_attempts_says_when_it_cannot_write():
    assert cache.add("attempts", 1)
    assert not cache.add("attempts", 2)

    with nothing_can_be_written(), pytest.raises(DatabaseError):
        cache.add("others", 1)


def test_a_full_disk_and_a_closed_one_are_told_apart_and_nothing_else_is():
    assert isinstance(refusal_of(OperationalError("database or disk is full")), DiskIsFull)
    assert isinstance(refusal_of(OSError(28, "No space left on device")), DiskIsFull)
    assert type(refusal_of(OSError(30, "Read-only file system"))) is NothingIsKept
    assert refusal_of(OperationalError("no such table: people")) is None
    assert refusal_of(ValueError("database or disk is full")) is None


@pytest.mark.django_db
def test_what_is_noted_in_passing_hides_no_other_fault():
    with pytest.raises(OperationalError), in_passing():
        raise OperationalError("no such table: people")
    assert not Use.objects.exists()
    assert not Assessment.objects.exists()
