"""Rows that stood somewhere before are written again: what was done is undone (`kit.plain_rows`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from preau.kit.plain_rows import PlainRow, as_records


def write_again(rows: Iterable[PlainRow]) -> list[Model]:
    """Write rows that are gone, as they were; what took the place of one meanwhile is not written over."""
    written = as_records(rows)
    for record in written:
        record.save_base(raw=True, force_insert=True)
    return written


def put_back(model: type[Model], key: Any, fields: Mapping[str, Any]) -> None:
    """Give some fields of a row the values they had; the others stay."""
    (record,) = as_records([{"model": model._meta.label_lower, "pk": key, "fields": dict(fields)}])
    names = [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    model._base_manager.filter(pk=record.pk).update(**{name: getattr(record, name) for name in names})
