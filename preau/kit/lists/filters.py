"""What one looks for in a list, as its address says it. What is not understood is said, and left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..refusals import Refusal
from .columns import Words

LONGEST = 40


@dataclass(frozen=True)
class Unclear:
    """A part of the address that nobody understands: what it should tell, and what it says."""

    label: Words
    said: str

    @classmethod
    def about(cls, label: Words, said: object) -> Unclear:
        words = "".join(sign if sign.isprintable() else " " for sign in str(said)).strip()
        return cls(label, words if len(words) <= LONGEST else f"{words[:LONGEST]}…")


class NotUnderstood(Refusal):
    words = _("What these lines were found by is not understood: look for them again.")


class WordsField(forms.CharField):
    """What is looked for by its name."""

    def __init__(self, label: Any = None, max_length: int = 80) -> None:
        super().__init__(
            label=label or _("Name"), max_length=max_length, required=False, widget=forms.SearchInput
        )


class FilterForm(forms.Form):
    """The form above a list."""

    called: ClassVar[dict[str, str]] = {"q": "words"}
    """What a query calls a field whose name in the address is another."""

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """Return what is looked for, by the name the query gives it. Empty fields look for nothing."""
        self.is_valid()
        return {
            self.called.get(name, name): value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", False)
        }

    def wanted_for_an_act(self) -> dict[str, Any]:
        """
        Return what is looked for, to do something with all that is found.

        :raises NotUnderstood: when a part of it is not understood: more would be found than was meant
        """
        if self.not_understood:
            raise NotUnderstood
        return self.wanted

    @property
    def not_understood(self) -> list[Unclear]:
        return [
            Unclear.about(self[name].label, self[name].value()) for name in self.errors if name in self.fields
        ]
