"""
Which doors ask a second factor of those whose duty wants one.

tests/sensitive.toml says it of every door by which something is done or taken away. It is kept by hand: a new
door fails here until somebody has thought about what a stolen password would do there.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from preau.kit.sensitive import always, condition_of, to_take
from tests.doors import Door, our_doors
from tests.test_lists import LISTS
from tests.test_matrix import people_of
from tests.test_matrix import table as matrix

IN_CHARGE = ("pirard", "maes", "nys")
DUTIES = ["HEAD", "SECRETARY", "ADMINISTRATOR"]
DOORS = {door.name: door for door in our_doors()}


@cache
def table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("sensitive.toml").read_text())


def said_of(door: Door) -> list[str]:
    """Return under which headings of the table a door stands."""
    return [heading for heading, doors in table().items() if door.name in doors]


def opens_to(door: Door) -> set[str]:
    """Return who of those in charge gets in, with some record at least."""
    rows = matrix().get(door.name, {}).values()
    return set().union(*(people_of(who) for who in rows)) & set(IN_CHARGE)


def of_those_in_charge(doors: list[Door]) -> list[Door]:
    return [door for door in doors if opens_to(door)]


WRITABLE = of_those_in_charge([door for door in our_doors() if door.may_be_written])


@pytest.mark.parametrize("door", WRITABLE, ids=str)
def test_a_door_that_takes_something_says_whether_it_is_sensitive(door: Door):
    assert len(said_of(door)) == 1, (
        f"write {door} into tests/sensitive.toml: under [always], or under [never] with the reason why a "
        "password that was stolen does no harm there"
    )


@pytest.mark.parametrize("door", our_doors(), ids=str)
def test_a_door_is_marked_as_the_table_says(door: Door):
    expected = {always: ["always"], to_take: ["to_take"], None: []}
    heading = expected.get(condition_of(door.view), ["sometimes"])

    assert [said for said in said_of(door) if said != "never"] == heading


def test_the_table_speaks_of_no_door_that_is_gone_and_gives_its_reasons():
    assert {name for doors in table().values() for name in doors} <= set(DOORS)
    assert all(reason for reason in table()["never"].values())


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_persons_is_sensitive_once_it_leaves_in_a_file(stage, name):
    """What is no list of persons says so where it is declared, and leaves no trace either."""
    page = Client()
    page.force_login(stage.people["pirard"].account)
    answer = page.get(reverse(name))

    if answer.context["page"].listing.holds_persons:
        assert condition_of(DOORS[name].view) in {always, to_take}


def test_whatever_leaves_the_house_in_a_file_says_whether_it_is_sensitive(stage):
    """A page that answers with something to keep is an export, whatever it is called."""
    client, unsaid = Client(), set()
    for name in IN_CHARGE:
        client.force_login(stage.people[name].account)
        for door in (door for door in our_doors() if door.may_be_read and name in opens_to(door)):
            answers = (client.get(reverse(door.name, kwargs=keys)) for _record, keys in stage.paths(door))
            first = next((answer for answer in answers if answer.status_code == 200), None)
            if first is not None and "Content-Disposition" in first.headers and not said_of(door):
                unsaid.add(door.name)

    assert not unsaid, f"write into tests/sensitive.toml: {sorted(unsaid)}"


@pytest.fixture
def in_charge(stage, settings) -> dict[str, Client]:
    """Those in charge, signed in with their password alone, in a school that asks them for more."""
    settings.SECOND_FACTOR_FOR = DUTIES
    clients = {name: Client() for name in IN_CHARGE}
    for name, client in clients.items():
        client.force_login(stage.people[name].account)
    return clients


def asked(answer) -> bool:
    where = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
    return where.startswith(reverse("accounts:security"))


@pytest.mark.parametrize(
    "door", [door for door in of_those_in_charge(our_doors()) if condition_of(door.view)], ids=str
)
def test_a_password_alone_does_not_pass_a_sensitive_door(stage, in_charge, door: Door):
    """Neither to read it nor to send it; a list is read as ever, and does not leave."""
    condition = condition_of(door.view)
    _record, keys = next(iter(stage.paths(door)))
    address = reverse(door.name, kwargs=keys)
    for client in in_charge.values():
        if condition is always:
            read = [client.get(address)] if door.may_be_read else []
            sent = [client.post(address, {})] if door.may_be_written else []
            assert all(asked(answer) for answer in read + sent)
        elif condition is to_take:
            assert not asked(client.get(address))
            assert asked(client.get(address, {"file": "xlsx"}))


def test_the_result_of_long_work_is_sensitive_and_other_files_are_not(stage, in_charge):
    """Nys asked for nothing: the factor is asked for before the door says that it is not his."""
    for record, keys in stage.paths(DOORS["files:file"]):
        answer = in_charge["nys"].get(reverse("files:file", kwargs=keys))
        assert asked(answer) is record.startswith("archive")
