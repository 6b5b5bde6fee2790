"""No page leads to a closed door: whoever reads a link or a button may follow it."""

import pytest
from django.urls import reverse

from tests.doors import Door, our_doors
from tests.reader import Reader
from tests.stage import Stage
from tests.walk import READERS


@pytest.mark.parametrize("name", READERS)
def test_every_link_of_every_page_opens_to_who_reads_it(stage: Stage, name: str):
    reader = Reader(name, stage.people[name].account)
    doors = [door for door in our_doors() if door.may_be_read]
    reader.go_everywhere("/", *(address for door in doors for address in _openings(reader, stage, door)))

    assert not reader.shut, "\n".join(sorted(reader.shut))


def _openings(reader: Reader, stage: Stage, door: Door) -> list[str]:
    """Return what opens behind a door to somebody, of all records of the stage."""
    addresses = [reverse(door.name, kwargs=keys) for _, keys in stage.paths(door)]
    return [address for address in addresses if reader.client.get(address).status_code == 200]
