"""Pieces that answer for many rows at once are put together by their key."""

from types import SimpleNamespace

import pytest
from django.utils.safestring import SafeString

from preau.kit import slots


@pytest.fixture
def hung():
    """Hang two pieces in a slot, for one test only."""
    first = lambda request, subject: {1: SafeString("<i>a</i>"), 2: SafeString("<i>b</i>")}  # noqa: E731
    second = lambda request, subject: {2: SafeString("<i>c</i>")} if subject else None  # noqa: E731
    slots.offer("rows", rank=1)(first)
    slots.offer("rows", rank=2)(second)
    yield
    del slots._offers["rows"]


def test_pieces_of_one_key_stand_together_and_stay_safe(hung):
    request = SimpleNamespace(person=None)

    together = slots.pieces_by_key("rows", request, "a subject")

    assert together == {1: "<i>a</i>", 2: "<i>b</i><i>c</i>"}
    assert isinstance(together[2], SafeString)
    assert slots.pieces_by_key("rows", request, None) == {1: "<i>a</i>", 2: "<i>b</i>"}
    assert slots.pieces_by_key("nowhere", request, "a subject") == {}
