"""Exact figures in a database."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models


class ExactField(models.TextField):
    """A fraction, kept exactly: numerator and denominator, however long, as `99/200`."""

    description = "A fraction, kept exactly"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Fraction | None:
        return None if value is None else Fraction(value)

    def to_python(self, value: Any) -> Fraction | None:
        return None if value is None else Fraction(value)

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        exact = Fraction(value)
        return f"{exact.numerator}/{exact.denominator}"
