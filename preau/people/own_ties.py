"""
Nobody ties themselves to a pupil, a class or a group: what one may read follows from such ties.

Every action that makes one asks here, and so does every file before it is written (`kit.imports`).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal

from .models import Person, name_for_sorting


class NobodyTiesOneself(Refusal):
    words = _("Nobody ties oneself to a pupil, a class or a group: ask a colleague to do it.")


def refuse_own_tie(by: Person | None, *persons: Person) -> None:
    """
    Refuse a tie of whoever makes it. What the console writes is written by nobody.

    :param persons: those who would be tied; one who is not recorded yet is known by the name
    :raises NobodyTiesOneself: when one of them is the person who acts
    """
    if by is not None and any(_is_the_same(by, person) for person in persons):
        raise NobodyTiesOneself


def _is_the_same(by: Person, person: Person) -> bool:
    if person._state.adding:
        return name_for_sorting(person.family_name, person.given_name) == by.sort_name
    return bool(person.pk == by.pk)
