"""
Rows of the database as plain data, and back: for what can be undone, and must keep what stood there.

What is kept is exact: a moment keeps its microseconds, a number its decimals. `people.actions.rows` writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from hashlib import blake2s
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

PlainRow = dict[str, Any]
"""The `model` of a row by its label, its `pk`, and its `fields` by name."""


class _Exact(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def as_plain(records: Iterable[Model]) -> list[PlainRow]:
    """Return records as plain data that JSON can hold."""
    rows: list[PlainRow] = json.loads(serializers.serialize("json", records, cls=_Exact))
    return rows


def as_records(rows: Iterable[PlainRow]) -> list[Model]:
    """Return plain rows as records, which nobody has saved."""
    return [each.object for each in serializers.deserialize("json", json.dumps(list(rows)))]


def mark_of(fields: Mapping[str, Any]) -> str:
    """Return a mark that two plain rows share when they say the same."""
    said = json.dumps(fields, sort_keys=True)
    return blake2s(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def model_called(label: str) -> type[Model]:
    """Return the model with this label."""
    model: type[Model] = apps.get_model(label)
    return model
