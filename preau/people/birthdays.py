"""On which days somebody at school may be born: the same for a form and for a file."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from preau.kit import clock

OLDEST = 110


def is_birthday(day: date) -> bool:
    """Say whether somebody who lives may be born on a day: not in the future, nor too long ago."""
    today = clock.today()
    return today.year - OLDEST <= day.year and day <= today


def check_birthday(day: date) -> None:
    """Refuse, in a form, a day on which nobody at school was born."""
    if not is_birthday(day):
        raise ValidationError(_("Nobody here was born on that day: check the year."))
