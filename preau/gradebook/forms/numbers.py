"""Shares of a whole, as people type them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from preau.kit.fields import NumberField


def percent(label: Any) -> NumberField:
    """Return a field for a percentage, which may stay empty."""
    return NumberField(
        label=label,
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )
