"""What was brought forward, and what stands on it since."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, cast

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.kit.counted import counted
from preau.kit.pointers import pointing_at
from preau.kit.portions import portions
from preau.people.models import Person
from preau.structure.models import (
    ClassGroup,
    ClassStep,
    CourseGroup,
    DutyScope,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    Rollover,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)
from preau.work.models import Work

ROLLOVER = "structure.rollover"
TIES: tuple[type[Model], ...] = (GroupMembership, TeachingAssignment, Tutorship, DutyScope, Enrolment)
"""The ties that a bringing forward makes, in the order in which they are taken back."""
PLACES: tuple[type[Model], ...] = (CourseGroup, ClassGroup)


def latest_rollover(year: SchoolYear) -> Rollover | None:
    """Return the last bringing forward to a year that was not taken back."""
    return year.rollovers.filter(undone_at=None).select_related("by").first()


def rollover_under_way(year: SchoolYear) -> Work | None:
    """Return the last work that brings this year forward or takes that back, done or not."""
    asked = Work.objects.filter(what=ROLLOVER, details__school_year=year.pk)
    return asked.first()


def keys_of(rollover: Rollover, model: type[Model]) -> list[int]:
    return cast("list[int]", rollover.made.get(model.__name__, []))


def built_on(rollover: Rollover) -> str:
    """
    Return what stands on a bringing forward since it was made, in words with their counts; nothing when all
    of it can still be taken back.
    """
    said = []
    if changed := sum(_changed(rollover, model) for model in TIES):
        words = ngettext("%(count)d tie changed or ended", "%(count)d ties changed or ended", changed)
        said.append(words % {"count": changed})
    if counts := _standing_on(rollover):
        said.append(counted(counts) or _("other records"))
    return ", ".join(said)


def _standing_on(rollover: Rollover) -> Counter[type[Model]]:
    """Count the records that point at what was made and were not made with it, by their models."""
    found: defaultdict[type[Model], set[int]] = defaultdict(set)
    for model in (*PLACES, *TIES):
        for field in may_stand_on(model):
            found[field.model] |= _others(rollover, model, field)
    for model in about_pupils_and_periods():
        found[model] |= _of_its_pupils(rollover, model)
    return Counter({model: len(keys) for model, keys in found.items() if keys})


def may_stand_on(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Return the foreign keys by which something stands on what was made: not what is settled for a class."""
    return [field for field in pointing_at(model) if field.model is not ClassStep]


def about_pupils_and_periods() -> list[type[Model]]:
    """Return the models of what is written of a pupil for a period, whether it names a class or not."""
    named = {field.model for field in pointing_at(ReportPeriod)}
    return [field.model for field in pointing_at(Person) if field.name == "pupil" and field.model in named]


def _of_its_pupils(rollover: Rollover, model: type[Model]) -> set[int]:
    placed = keys_of(rollover, Enrolment)
    found: set[int] = set()
    for some in portions(placed):
        pupils = Enrolment.objects.filter(pk__in=some).values("pupil")
        records = model._base_manager.filter(period__school_year=rollover.school_year, pupil__in=pupils)
        found.update(records.values_list("pk", flat=True))
    return found


def _others(rollover: Rollover, model: type[Model], field: ForeignKey[Any, Any]) -> set[int]:
    """Return the keys of the records that point at what was made, and were not made with it."""
    own = set(keys_of(rollover, field.model))
    made = keys_of(rollover, model)
    pointing: set[int] = set()
    for some in portions(made):
        records = field.model._base_manager.filter(**{f"{field.name}__in": some})
        pointing.update(records.values_list("pk", flat=True))
    return pointing - own


def _changed(rollover: Rollover, model: type[Model]) -> int:
    """Count the ties that are no longer as they were made: gone, ended, of another class."""
    made = keys_of(rollover, model)
    if model is DutyScope:
        return len(made) - _count(model, made)
    as_made = {"starts_on": rollover.school_year.starts_on, "ends_on": None}
    if model is Enrolment:
        places = rollover.made["places"]
        return sum(
            len(keys) - _count(model, keys, class_group=place, **as_made) for place, keys in places.items()
        )
    return len(made) - _count(model, made, **as_made)


def _count(model: type[Model], keys: list[int], **facts: Any) -> int:
    return sum(model._base_manager.filter(pk__in=some, **facts).count() for some in portions(keys))
