"""
What a form was drawn from, and whether it still stands so: nobody writes over another unawares.

A form of a record carries a mark of each value that was on the screen. When it comes back, a value that
somebody else changed meanwhile is told: at the field that both changed, with what stands there; a field that
only the other changed takes theirs. Nothing is written. Sent once more, what is on the screen then is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

STOOD = "stood"


class WatchedForm(forms.BaseForm):
    """A form that knows what stood when it was drawn, once it is told to `watch`."""

    def watch(self) -> None:
        """Put the marks of the values it begins with into the form."""
        self._watched = [name for name in self.fields if name in self.initial]
        self.fields[STOOD] = forms.CharField(
            required=False, widget=forms.HiddenInput(attrs={"id": False}), initial=self._marks()
        )

    def _marks(self) -> str:
        return " ".join(f"{name}:{mark_of(self.initial[name])}" for name in self._watched)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        seen = self.cleaned_data.pop(STOOD, "") if STOOD in self.fields else ""
        moved = list(self._moved(dict(mark.split(":", 1) for mark in seen.split() if ":" in mark)))
        if moved:
            self._tell(moved)

    def _moved(self, seen: dict[str, str]) -> Iterable[tuple[str, bool]]:
        """Yield what somebody else changed since it was seen, and whether one changed it too."""
        for name in self._watched if seen else ():
            now = mark_of(self.initial[name])
            if seen.get(name, now) != now and name in self.changed_data:
                yield name, mark_of(self.cleaned_data.get(name)) != seen[name]

    def _tell(self, moved: list[tuple[str, bool]]) -> None:
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix(STOOD)] = self._marks()
        for name, is_mine_too in moved:
            if is_mine_too:
                words = _("Somebody changed this meanwhile: it is %(now)s. Send once more to keep yours.")
                self.add_error(name, words % {"now": self._as_read(name)})
            else:
                _put(data, self.add_prefix(name), self.initial[name])
        labels = ", ".join(str(self[name].label) for name, is_mine_too in moved if not is_mine_too)
        if labels:
            words = _(
                "Somebody changed this meanwhile, and it stands here as it is now: %(fields)s. Send again."
            )
            self.add_error(None, words % {"fields": labels})
        self.data = data

    def _as_read(self, name: str) -> str:
        """Return what stands in a field, as people read it."""
        value, field = self.initial[name], self.fields[name]
        for key, label in getattr(field, "choices", ()):
            if str(key) == str(value):
                return f"“{label}”"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        shown = field.prepare_value(value)
        shown = value.strftime("%d/%m/%Y") if isinstance(value, date) else shown
        return f"“{shown}”" if shown not in (None, "") else _("empty")


def mark_of(value: Any) -> str:
    """Return a mark that two values share when a form would show the same."""
    if isinstance(value, list | tuple | set) or hasattr(value, "iterator"):
        said = ",".join(sorted(_said(each) for each in value))
    else:
        said = _said(value)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _said(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _put(data: Any, name: str, value: Any) -> None:
    if isinstance(value, list | tuple):
        data.setlist(name, [_said(each) for each in value])
    else:
        data[name] = _said(value)
