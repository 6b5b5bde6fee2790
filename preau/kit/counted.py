"""
So many records of a kind, in words: each app says what its own are called.

    called(Enrolment, ngettext_lazy("%(count)d place in a class", "%(count)d places in a class", "count"))
    ...
    counted({Enrolment: 3, Person: 1})    # "3 places in a class, 1 person"

What has no words is no thing that people know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

_words: dict[type[Model], Any] = {}


def called(model: type[Model], words: Any) -> None:
    """Say what the records of a model are called. Called once, in an app's `offers.py`."""
    _words[model] = words


def counted(counts: Mapping[type[Model], int]) -> str:
    """Return how many there are of each kind that people know, as a sentence goes on."""
    return ", ".join(
        str(_words[model] % {"count": count}) for model, count in counts.items() if count and model in _words
    )
