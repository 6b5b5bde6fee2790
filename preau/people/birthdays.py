"""On which days somebody at school may be born: the same for a form and for a file."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.refusals import Refusal

OLDEST = 110


class NobodyIsBornThen(Refusal):
    field = "born_on"
    words = _("Nobody here was born on that day: check the year.")


def check_birthday(born_on: date) -> None:
    """
    Refuse a day in the future, or on which nobody was born who lives.

    :raises NobodyIsBornThen: when it is one
    """
    today = clock.today()
    if not today.year - OLDEST <= born_on.year or born_on > today:
        raise NobodyIsBornThen
