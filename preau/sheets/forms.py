"""The file a teacher brings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetFileForm(forms.Form):
    """The file a teacher brings to a sheet."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv,.xlsm"}),
        help_text=_("xlsx, xls, ods or csv, laid out in any way. Nothing is written before you say so."),
    )
