"""What a valid form asks is done; what cannot be done comes back on the form, with all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm

from .refusals import Refusal

OK, TO_MEND = 200, 422


def done(form: BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do what the form asks, if it is valid. A refusal becomes a sentence on it: nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def status_of(*forms: BaseForm) -> int:
    """Return the status of the page that shows these forms: 422 when one of them came back with reasons."""
    return TO_MEND if any(form.is_bound and form.errors for form in forms) else OK
