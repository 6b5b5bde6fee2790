"""
Places that a page leaves open, for apps above it to fill.

A pupil's page does not know that results, report cards or absences exist; they hang their panels there.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from .modules import closed_to, key_of

Piece = Callable[[Any, Any], str | Mapping[Any, str] | None]
_offers: defaultdict[str, list[tuple[int, Piece]]] = defaultdict(list)


def offer(slot: str, *, rank: int = 100) -> Callable[[Piece], Piece]:
    """
    Hang what the decorated function returns in a slot, whenever it returns something.

    The function takes the request and the subject of the slot, and returns safe HTML or nothing; in a slot
    read by `pieces_by_key`, a mapping.
    Pieces come in the order of their rank.
    """

    def register(piece: Piece) -> Piece:
        _offers[slot].append((rank, piece))
        _offers[slot].sort(key=lambda ranked: ranked[0])
        return piece

    return register


def pieces(slot: str, request: Any, subject: Any) -> list[str]:
    """Return the pieces that hang in a slot for whoever asks: none of a module that is closed to them."""
    return _answers(slot, request, subject)


def pieces_by_key(slot: str, request: Any, subject: Any) -> dict[Hashable, SafeString]:
    """
    Return the pieces of a slot whose functions answer for many things at once, together, by the thing's key.

    Such a function returns a mapping of keys to safe HTML, so that a page of rows costs one question.
    """
    together: dict[Hashable, SafeString] = {}
    for mapping in _answers(slot, request, subject):
        for key, html in mapping.items():
            together[key] = together.get(key, SafeString()) + html
    return together


def _answers(slot: str, request: Any, subject: Any) -> list[Any]:
    closed = closed_to(getattr(request, "person", None))
    opened = [piece for _rank, piece in _offers[slot] if _module_of(piece) not in closed]
    return [answer for piece in opened if (answer := piece(request, subject))]


def _module_of(piece: Piece) -> str:
    """Return the key of the module that offers a piece."""
    return key_of(piece.__module__.removeprefix("preau.").split(".")[0])
