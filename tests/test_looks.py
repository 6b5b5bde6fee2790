"""
Who reads what is held about a pupil leaves a trace, which the family reads.

tests/looks.toml says it of every page that shows what is held about persons: under [noted], or under
[not_noted] with the reason why. It is kept by hand: a new page fails here until somebody thought about it.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from preau.follow_up.models import AdjustmentPlan
from preau.gradebook.models import Assessment, RubricFilling
from preau.people.models import Person, Relationship
from preau.report_cards.models import ReportCard
from preau.structure.models import ClassGroup, CourseGroup, GroupMembership, ReportPeriod
from preau.trail.models import Trace
from tests.doors import Door, our_doors
from tests.test_matrix import people_of
from tests.test_matrix import table as matrix

ABOUT_PUPILS = {
    AdjustmentPlan,
    Assessment,
    ClassGroup,
    CourseGroup,
    GroupMembership,
    Person,
    Relationship,
    ReportCard,
    ReportPeriod,
    RubricFilling,
}
WHOLE_SCHOOL = {
    "structure:pupils",
    "people:families",
    "follow_up:plans",
    "gradebook:ledger",
    "accounts:accounts",
    "exchange:exports",
    "retention:next_run",
    "retention:periods",
    "sheets:books",
}
STAFF = ("pirard", "maes", "vandamme", "thys", "lemaire", "diallo", "nys")


@cache
def table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("looks.toml").read_text())


def is_about_pupils(door: Door) -> bool:
    handed = {model for model, _rule in door.hands.values()}
    return door.may_be_read and (bool(handed & ABOUT_PUPILS) or door.name in WHOLE_SCHOOL)


PAGES = [door for door in our_doors() if is_about_pupils(door)]


def visits(stage, door: Door):
    """Yield who of the staff gets in with which record."""
    for record, keys in stage.paths(door):
        row = matrix().get(door.name, {})
        inside = people_of(row.get(record or "who", row.get("each", "")))
        for name in STAFF:
            if name in inside:
                yield name, keys
                break


def leaves_a_trace(person: Person, door: Door, keys: dict[str, int], capture) -> bool:
    client = Client()
    client.force_login(person.account)
    with transaction.atomic():
        before = Trace.objects.count()
        with capture(execute=True):
            answer = client.get(reverse(door.name, kwargs=keys))
        left = Trace.objects.count() > before
        transaction.set_rollback(True)
    assert answer.status_code < 500
    return left


@pytest.mark.parametrize("door", PAGES, ids=str)
def test_a_page_about_pupils_notes_who_looked_or_says_why_not(
    stage, door: Door, django_capture_on_commit_callbacks
):
    noted = {
        leaves_a_trace(stage.people[name], door, keys, django_capture_on_commit_callbacks)
        for name, keys in visits(stage, door)
        if keys.get("pupil_id") != stage.people[name].pk and keys.get("somebody_id") != stage.people[name].pk
    }
    said = [heading for heading, doors in table().items() if door.name in doors]
    if not noted:
        assert said in ([], ["not_noted"]), f"nobody of the staff opens {door}"
        return
    found = "notes" if True in noted else "does not note"
    assert len(said) == 1, f"write {door} into tests/looks.toml: it {found}"
    assert (True in noted) is (said == ["noted"]), f"{door} is under {said[0]}, and it is not so"


def test_no_page_is_spoken_of_that_is_gone():
    names = {door.name for door in PAGES}

    assert {name for doors in table().values() for name in doors} <= names


def test_the_family_reads_who_looked_at_lists_and_the_ledger_of_the_whole_school(
    stage, django_capture_on_commit_callbacks
):
    cast, client = stage.cast, Client()
    client.force_login(cast.pirard.account)
    with django_capture_on_commit_callbacks(execute=True):
        for page in ("structure:pupils", "follow_up:plans", "gradebook:ledger"):
            assert client.get(reverse(page)).status_code == 200
        client.get(reverse("gradebook:ledger"), {"file": ""})
        client.get(reverse("structure:pupils"), {"file": "csv"})

    client.force_login(cast.samira.account)
    page = client.get(reverse("trail:looks", args=[cast.noor.pk])).text
    for words in (
        "looked at the list “Pupils”",
        "opened the ledger of grades of Décembre",
        "took away the ledger of grades of Décembre",
        "took away the list “Pupils”",
    ):
        assert words in page, words
