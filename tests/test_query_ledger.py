"""
How many questions each page asks the database, in the demonstration lycée, by its usual reader.

The numbers are in query_ledger.json: a page that asks more (or fewer) is a visible line in a change, not a
surprise in September; and where a school has more pupils a page asks no more.
`PREAU_LEDGER=write .venv/bin/pytest tests/test_query_ledger.py` writes the file anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.accounts.models import Account
from preau.gradebook.queries import rows_read
from preau.kit import clock, memory
from preau.kit.demo import DAY, Options, open_demonstration
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership
from preau.structure.queries import current_period, members_of, pupils_of
from tests.doors import Door, our_doors

FILE = Path(__file__).with_name("query_ledger.json")
READERS = ("teacher", "tutor", "parent", "pupil", "secretary", "head", "educator", "admin")
FEW_PUPILS, MANY_PUPILS = 60, 120
MOST = 40
MORE = {
    "sheets:book": "a document that holds the sheets of all the periods of a year",
    "portal:my_data": "all that is held: one question for each kind of thing that may be held of somebody",
}
ASKS_ONCE_MORE = {
    "sheets:book": "its last group has a first grade, whose assessment and category are read",
    "gradebook:figures": "as above",
    "gradebook:year": "as above",
    "gradebook:year_why": "as above",
}
"""Pages whose reader finds, in the larger school, something that the smaller one has none of."""


def words_for(parameter: str, reader: Person, found: dict[str, Any]) -> Any:
    """Return what stands for an id that no rule looks up, nothing when we know none."""
    if parameter == "period_id":
        return current_period().pk
    if parameter == "pupil_id" and "group_id" in found:
        return first_of_those_read(members_of(found["group_id"]).values_list("pk"), found["group_id"], reader)
    if parameter == "pupil_id" and "assessment_id" in found:
        assessment = found["assessment_id"]
        return first_of_those_read(assessment.grades.values_list("pupil"), assessment.group, reader)
    if parameter == "pupil_id" and "class_group_id" in found:
        return pupils_of(found["class_group_id"]).values_list("pk", flat=True).first()
    if parameter == "course_id":
        followed = GroupMembership.objects.in_force(clock.today()).filter(pupil=found["pupil_id"])
        return followed.values_list("group__course", flat=True).first()
    return {"key": "gradebook"}.get(parameter)


def first_of_those_read(pupils: Any, group: CourseGroup, reader: Person) -> int | None:
    """Return the first of these pupils whose row of a gradebook this reader may read."""
    read = rows_read(group, reader)
    return next((pupil for (pupil,) in pupils if read is None or pupil in read), None)


def address_for(door: Door, reader: Person) -> str | None:
    """Return the address of the first record this reader may open behind the door."""
    keys: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name, (model, rule) in door.hands.items():
        parameter = f"{name}_id"
        if parameter in door.ids:
            record = rule.among(model._default_manager.all(), reader).order_by("-pk").first()
            if record is None:
                return None
            keys[parameter], found[parameter] = record.pk, record
    for parameter in door.ids:
        if parameter not in keys:
            word = words_for(parameter, reader, found)
            if word is None:
                return None
            keys[parameter] = word
    return reverse(door.name, kwargs=keys)


def count(client: Client, address: str) -> int | None:
    """Return the number of queries of the page once all around it is warm; nothing if it is no page."""
    if client.get(address).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def questions_of_each_page(pupils: int) -> dict[str, dict[str, Any]]:
    """Open the demonstration with so many pupils, and count by page what its first reader has it ask."""
    with transaction.atomic():
        open_demonstration(Options(pupils=pupils))
        memory.forget()  # Else what is not committed yet is asked anew each time.
        clients: dict[str, tuple[Person, Client]] = {}
        for username in READERS:
            account = Account.objects.select_related("person").get(username=username)
            clients[username] = (account.person, Client())
            clients[username][1].force_login(account)
        ledger = {}
        for door in our_doors():
            for username, (reader, client) in clients.items() if door.may_be_read else ():
                address = address_for(door, reader)
                queries = count(client, address) if address else None
                if queries is not None:
                    ledger[door.name] = {"by": username, "queries": queries}
                    break
        transaction.set_rollback(True)
    return ledger


@pytest.fixture
def _as_in_a_demonstration(db, settings, monkeypatch):
    monkeypatch.setattr(memory, "FRESH_FOR", float("inf"))
    settings.DEMO_MODE = True
    settings.SCHOOL_DAY = DAY.isoformat()
    with clock.at(DAY):
        yield


@pytest.mark.usefixtures("_as_in_a_demonstration")
def test_each_page_asks_as_often_as_the_ledger_says():
    ledger = questions_of_each_page(FEW_PUPILS)
    if os.environ.get("PREAU_LEDGER") == "write":
        FILE.write_text(json.dumps(ledger, indent=1, sort_keys=True) + "\n")
    kept = json.loads(FILE.read_text())
    assert ledger == kept
    assert {page for page, line in ledger.items() if line["queries"] > MOST} <= set(MORE)


@pytest.mark.usefixtures("_as_in_a_demonstration")
def test_no_page_asks_more_often_where_there_are_more_pupils():
    few, many = json.loads(FILE.read_text()), questions_of_each_page(MANY_PUPILS)
    most = {page: few[page]["queries"] + (page in ASKS_ONCE_MORE) for page in few.keys() & many.keys()}
    grown = {
        page: (few[page]["queries"], many[page]["queries"])
        for page in most
        if many[page]["queries"] > most[page]
    }
    assert grown == {}
