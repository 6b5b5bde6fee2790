"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms


class CommaDecimalField(forms.DecimalField):
    """A number typed with a comma or a point, whatever the language of the page."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".").strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def percent(label: Any) -> CommaDecimalField:
    return CommaDecimalField(
        label=label,
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )
