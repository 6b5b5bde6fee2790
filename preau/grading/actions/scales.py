"""The school's scales of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, CharField, F, ForeignObjectRel, ProtectedError
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from preau.kit.memory import forget_what_changed
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.trail.actions import note

from ..models import Level, Scale

APART = 1000
"""Ranks and codes are unique: while levels change places, they stand this far away, under their keys."""


class LevelInUse(Refusal):
    words = _(
        "“%(code)s” stands in grades: it keeps what it is worth, and stays. Make another scale instead."
    )


class ScaleInUse(Refusal):
    words = _("“%(name)s” is in use: it stays.")


KEEP_SCALE = TracedAct("grading.keep_scale", _("kept the scale %(subject)s"))


@transaction.atomic
def keep_scale(
    *, scale: Scale | None, name: str, levels: Sequence[Mapping[str, Any]], by: Person | None, at: datetime
) -> Scale:
    """
    Make a scale, or change one. A level that is no longer named goes, unless a grade holds it.

    :param levels: the fields of each level but its rank, the best first; `pk` for one that exists
    :raises LevelInUse: when a grade holds a level that would go, or change what it is worth
    """
    kept = scale or Scale(rank=Scale.objects.count())
    kept.name = name
    kept.save()
    there = {level.pk: level for level in kept.levels.all()}
    named = {facts["pk"] for facts in levels if facts.get("pk")}
    for key, level in there.items():
        if key not in named:
            _remove(level)
    kept.levels.update(rank=APART + F("rank"), code=Cast("pk", CharField()))
    for place, facts in enumerate(levels):
        level = there.get(facts.get("pk") or 0, Level(scale=kept))
        _write(level, facts, rank=len(levels) - place)
    forget_what_changed()
    note(KEEP_SCALE, by=by, subject=kept.name)
    return kept


def _remove(level: Level) -> None:
    try:
        level.delete()
    except ProtectedError as used:
        raise LevelInUse(code=level.code) from used


def _write(level: Level, facts: Mapping[str, Any], rank: int) -> None:
    worth = (facts.get("share"), facts.get("is_rated", True))
    if level.pk and (level.share, level.is_rated) != worth and _is_used(level):
        raise LevelInUse(code=level.code)
    for name in ("code", "label", "share", "from_percent", "is_rated", "icon"):
        if name in facts:
            setattr(level, name, facts[name])
    level.rank = rank
    level.save()


def _is_used(level: Level) -> bool:
    """Say whether anything above holds the level: whatever would also keep holder from being removed."""
    relations = Level._meta.get_fields(include_hidden=True)
    holders = [
        holder for holder in relations if isinstance(holder, ForeignObjectRel) and holder.on_delete is PROTECT
    ]
    return any(
        holder.field.model._default_manager.filter(**{holder.field.name: level}).exists()
        for holder in holders
    )


REMOVE_SCALE = TracedAct("grading.remove_scale", _("removed the scale %(subject)s"))


@transaction.atomic
def remove_scale(*, scale: Scale, by: Person, at: datetime) -> None:
    """
    Remove a scale that nothing uses.

    :raises ScaleInUse: when something does
    """
    name = scale.name
    try:
        scale.delete()
    except ProtectedError as used:
        raise ScaleInUse(name=name) from used
    forget_what_changed()
    note(REMOVE_SCALE, by=by, subject=name)
