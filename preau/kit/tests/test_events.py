"""What is saved is saved: whoever reacts to it and fails does not turn it into an error."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from preau.kit import events
from preau.kit.events import announce, upon


@dataclass(frozen=True)
class DoorOpened:
    room: str


@pytest.fixture
def reactions() -> Iterator[None]:
    """Forget what a test hangs on events."""
    before = {kind: list(those) for kind, those in events._reactions.items()}
    yield
    events._reactions.clear()
    events._reactions.update(before)


@pytest.fixture
def heard(reactions) -> list[str]:
    """Hang three reactions on an event: the second fails, after it has written something."""
    told: list[str] = []

    @upon(DoorOpened)
    def first(event: DoorOpened) -> None:
        told.append(f"first: {event.room}")

    @upon(DoorOpened)
    def write_twice(event: DoorOpened) -> None:
        Group.objects.create(name="half written")
        Group.objects.create(name="half written")

    @upon(DoorOpened)
    def last(event: DoorOpened) -> None:
        told.append(f"last: {event.room} ({Group.objects.count()})")

    return told


@pytest.mark.django_db(transaction=True)
def test_the_others_go_on_and_the_failure_is_told_with_its_event_and_reaction(heard, caplog):
    with caplog.at_level(logging.ERROR, logger="preau.kit.events"), transaction.atomic():
        announce(DoorOpened("B12"))
        assert heard == []  # Nothing is safely stored yet.
    assert heard == ["first: B12", "last: B12 (0)"]
    (record,) = caplog.records
    assert "write_twice" in record.getMessage()
    assert "DoorOpened(room='B12')" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is IntegrityError


@pytest.mark.django_db(transaction=True)
def test_nobody_hears_of_what_was_not_saved(heard):
    with transaction.atomic():
        announce(DoorOpened("B12"))
        transaction.set_rollback(True)
    assert heard == []
