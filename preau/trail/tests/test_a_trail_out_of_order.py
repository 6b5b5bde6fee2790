"""A person is saved though the trail could not take note."""

import pytest

from preau.kit import clock
from preau.people.actions import change_person
from preau.people.models import Person
from preau.trail import reactions


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_stays_saved_and_the_log_says_what_is_missing(monkeypatch, caplog):
    noor = Person.objects.create(family_name="Haddad", given_name="Noor")

    def write_nothing(act: str, **details: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(reactions, "note", write_nothing)
    change_person(person=noor, mobile="0470 00 00 00", by=None, at=clock.now())
    assert Person.objects.get(pk=noor.pk).mobile == "0470 00 00 00"
    assert "leave_a_trace" in caplog.text
    assert "disk full" in caplog.text
