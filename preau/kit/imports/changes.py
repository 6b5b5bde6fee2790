"""What differs between a record and what a file says of it, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from .report import Change


def changed(record: Model, facts: Mapping[str, Any]) -> tuple[dict[str, Any], list[Change]]:
    """Return the facts that differ from the record, and each as it was and would be. Nothing is set."""
    different = {name: value for name, value in facts.items() if getattr(record, name) != value}
    changes = []
    for name, value in different.items():
        old = _shown(record, name)
        then = type(record)(**{name: value}) if _has_choices(record, name) else None
        new = _shown(then, name) if then else as_read(value)
        changes.append(Change(label_of(record, name), old, new))
    return different, changes


def label_of(record: Model, name: str) -> str:
    """Return the label of a field as a sentence begins: `Date of birth`."""
    label = str(getattr(record._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def as_read(value: Any) -> str:
    """Return a value as the report shows it."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return "" if value is None else str(value)


def _has_choices(record: Model, name: str) -> bool:
    return hasattr(record, f"get_{name}_display")


def _shown(record: Model, name: str) -> str:
    display = getattr(record, f"get_{name}_display", None)
    return str(display()) if display else as_read(getattr(record, name))
