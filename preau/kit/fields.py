"""
What people type in a form, understood or told apart: days, moments, numbers.

What is not understood is an error beside the field and never a value: no date falls back to today, no hour
that a change of clock skips is taken for another. A `ModelForm` of the house makes its fields of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.forms.models import ModelFormMetaclass
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .meanwhile import WatchedForm

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Between them lives whoever a school knows; beyond, databases and calendars break."""
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
BIGGEST_KEY = 2**63 - 1
NO_SUCH_DAY = _("There is no such day. Write it like 24/08/2026.")


def _seen_in_a_lifetime(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("That year is too far away. Is it well written?"))


class DayField(forms.DateField):
    """A day of the calendar."""

    default_error_messages = {"invalid": NO_SUCH_DAY}
    default_validators = [_seen_in_a_lifetime]


class MomentField(forms.DateTimeField):
    """A day and an hour, as the clock on the wall says it."""

    default_error_messages = {"invalid": _("There is no such moment. Write it like 24/08/2026 16:30.")}

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().to_python(value)
        except ValidationError as error:
            if any(each.code == "ambiguous_timezone" for each in error.error_list):
                words = _(
                    "On that day the clocks change: this hour does not come, or comes twice. Choose another."
                )
                raise ValidationError(words, code="ambiguous_timezone") from error
            raise
        if moment is not None:
            _seen_in_a_lifetime(moment)
            return timezone.localtime(moment)
        return None


class NumberField(forms.DecimalField):
    """A number typed with a comma or a point, whatever the language of the page."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("This is no number. Write it like 13,5.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        written = value.strip() if isinstance(value, str) else value
        if isinstance(written, str) and written and not NUMBER.fullmatch(written):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(written.replace(",", ".") if isinstance(written, str) else written)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class CountField(forms.IntegerField):
    """A whole number that a database can keep."""

    def __init__(self, *, max_value: int = BIGGEST_KEY, min_value: int = 0, **how: Any) -> None:
        super().__init__(max_value=max_value, min_value=min_value, **how)


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records, chosen among those that are offered."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if str(key).isdecimal() and int(key) > BIGGEST_KEY:  # No database looks for it.
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key[:20]}
                )
        return super().clean(value)


OURS: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.DateField: DayField,
    models.DateTimeField: MomentField,
    models.DecimalField: NumberField,
}


def field_of(column: models.Field[Any, Any], **how: Any) -> forms.Field | None:
    """Return the field of a form for a column of a model."""
    if ours := OURS.get(type(column)):
        how.setdefault("form_class", ours)
    made: Callable[..., forms.Field | None] = column.formfield
    return made(**how)


class _MadeOfOurs(ModelFormMetaclass):
    def __new__(cls, name: str, bases: tuple[type, ...], names: dict[str, Any]) -> Any:
        if (meta := names.get("Meta")) and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(field_of)
        return super().__new__(cls, name, bases, names)


class ModelForm(WatchedForm, forms.ModelForm, metaclass=_MadeOfOurs):
    """A form of a model, made of the fields above."""

    @classmethod
    def of(cls, record: Any, typed: Any = None, files: Any = None, **how: Any) -> Self:
        """
        Return the form filled with what a record says; the record itself is left alone.

        It tells what somebody else changed in the record since it was drawn (`kit.meanwhile`).
        """
        if record.pk and typed is not None:
            _hold(record, cls._meta.fields or ())
        form = cls(typed, files, instance=copy(record), **how)
        if record.pk:
            form.watch()
        return form


def _hold(record: Any, names: Collection[str]) -> None:
    """Read a record anew, held until the transaction ends: whoever sends its form takes turns."""
    if names and connection.in_atomic_block:
        held = type(record)._base_manager.select_for_update(of=("self",))
        record.refresh_from_db(fields=list(names), from_queryset=held)


def choose(
    form: forms.BaseForm,
    name: str,
    among: models.QuerySet[Any],
    *,
    empty: Any = "",
    called: Callable[[Any], str] | None = None,
) -> None:
    """
    Let a field of a form choose among these records.

    :param empty: the words of the choice of none of them
    :param called: what each is called in the list, when not by its own words
    """
    field: Any = form.fields[name]
    field.queryset = among
    if empty:
        field.empty_label = empty
    if called:
        field.label_from_instance = called
