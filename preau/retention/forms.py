"""What people type here."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.kit.fields import CountField
from preau.kit.retention import Kept

LONGEST = 36_500


class PeriodForm(forms.Form):
    """For how many days a kind of things is kept, and why."""

    days = CountField(label=gettext_lazy("For how many days"), min_value=0, max_value=LONGEST)
    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("A rule, a law, a decision: whoever reads it in ten years understands."),
    )

    def __init__(self, *args: Any, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("0 is for ever; 365 is a year.")
        if kept.least:
            least = _("At least %(least)s days.") % {"least": kept.least}
            words = f"{least} {words}"
        self.fields["days"].help_text = words


class HoldForm(forms.Form):
    """Why nothing about a person may be erased."""

    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("An appeal, a dispute, a request of the family or of a judge."),
    )
