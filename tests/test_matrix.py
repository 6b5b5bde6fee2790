"""
Who opens which door: everybody of the cast tries every address with every record.

tests/matrix.toml says who gets in. It is kept by hand: a new address fails here until somebody has written
down who may open it, and has thought about it. What a door answers must agree with the table, and with its
own rule: nobody gets in whom the rule keeps out.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.doors import Door, our_doors
from tests.stage import Stage

FILE = Path(__file__).with_name("matrix.toml")
NOTHING_IN_PARTICULAR = "who"
ANY_OTHER = "each"


@cache
def table() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text())


def people_of(words: str) -> set[str]:
    """Return the names a line of the table means: names, companies of names, and `-name` to leave one out."""
    names: set[str] = set()
    for word in words.split():
        if word.startswith("-"):
            names -= people_of(word[1:])
        elif word in table()["companies"]:
            names |= people_of(table()["companies"][word])
        else:
            names.add(word)
    return names


def in_short(who: str) -> str:
    """Return the same names with companies in place of their members, as one writes the table."""
    left, words = who.split(), []
    for company in table()["companies"]:
        members = people_of(company)
        if members <= set(left):
            words.append(company)
            left = [name for name in left if name not in members]
    return " ".join([*words, *left])


def quoted(record: str) -> str:
    return f'"{record}"' if "/" in record else record


def gets_in(client: Client, door: Door, keys: dict[str, int]) -> bool:
    """Try the door and leave no trace; anything but 404 is in."""
    address = reverse(door.name, kwargs=keys)
    with transaction.atomic():
        answer = client.get(address) if door.may_be_read else client.post(address, {})
        transaction.set_rollback(True)
    assert answer.status_code < 500
    return answer.status_code != 404


@pytest.fixture
def clients(stage: Stage) -> dict[str, Client]:
    clients = {}
    for name, person in stage.people.items():
        clients[name] = Client()
        clients[name].force_login(person.account)
    return clients


@pytest.mark.parametrize("door", our_doors(), ids=str)
def test_the_door_opens_to_those_of_the_table_and_to_nobody_else(stage: Stage, clients, door: Door):
    expected = table().get(door.name, {})
    found: dict[str, str] = {}
    for record, keys in stage.paths(door):
        inside = [name for name, client in clients.items() if gets_in(client, door, keys)]
        for name in inside:
            for parameter, (model, rule) in door.hands.items():
                if f"{parameter}_id" in keys:
                    target = model._default_manager.get(pk=keys[f"{parameter}_id"])
                    assert rule.allows(stage.people[name], target), (
                        f"{name} got in against the rule: {rule.words}"
                    )
        found[record or NOTHING_IN_PARTICULAR] = " ".join(inside)
    kept = {record: people_of(expected.get(record, expected.get(ANY_OTHER, ""))) for record in found}
    wrong = {record: who for record, who in found.items() if kept[record] != set(who.split())}
    rows = "\n".join(f'{quoted(record)} = "{in_short(who)}"' for record, who in wrong.items())
    assert not wrong, (
        f'the door says otherwise than matrix.toml; if the door is right, write:\n\n["{door}"]\n{rows}\n'
    )
    assert door.name in table(), (
        f'matrix.toml does not speak of this door. Nobody gets in; write:\n\n["{door}"]\n'
    )
    gone = set(expected) - set(found) - {ANY_OTHER}
    assert not gone, f"matrix.toml speaks of records this door does not know: {gone}"


def test_the_table_speaks_of_no_door_that_is_gone():
    assert set(table()) - {"companies"} <= {door.name for door in our_doors()}
