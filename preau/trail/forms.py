from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.kit.lists.filters import FilterForm, WordsField

from . import words


def _choices() -> list[tuple[str, str | Promise]]:
    return [("", _("Every act")), *words.named_acts()]


class TrailFilterForm(FilterForm):
    """What somebody looks for in the trail."""

    who = WordsField(_("Who did it"))
    about = WordsField(_("About whom"))
    act = forms.ChoiceField(label=_("What"), choices=_choices, required=False)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until"), required=False)
