"""What people choose about the look of the house."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .context import THEMES


class ThemeForm(forms.Form):
    """Light, dark, or as the machine says (nothing), and the page to go back to."""

    theme = forms.ChoiceField(
        label=_("Colours"), choices=[("", ""), *((theme, theme) for theme in THEMES)], required=False
    )
    next = forms.CharField(required=False)
