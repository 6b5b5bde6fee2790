"""
Two records of one person: what hangs on the one that goes, what of it moves, what keeps the two apart.

Everything that points at a person is found in the models, so that a new app is covered by being there. An
upper app adds what points without a foreign key (`also_points`), and what must not move (`hinders`).
Nothing here writes: `actions.merging` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import DateTimeField, Field, Model, Q, QuerySet, UniqueConstraint
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.kit.counted import counted
from preau.kit.pointers import pointing_at

from .authority import above
from .models import Person, Relationship, ToldApart
from .ties import NeverTwiceAtOnce

Words = str | Promise
MOST_DIFFERENCES = 12


@dataclass(frozen=True)
class Pointer:
    """A field in which a person is named; `among` narrows the records whose field names a person."""

    model: type[Model]
    name: str
    among: Q = field(default_factory=Q)

    def rows(self, person: Person) -> QuerySet[Any]:
        return self.model._base_manager.filter(self.among, **{self.name: person.pk})

    @property
    def rivalries(self) -> list[tuple[str, ...]]:
        """Return the fields by which two records exclude each other, where this field is one of them."""
        unique = [
            tuple(each.fields)
            for each in self.model._meta.constraints
            if isinstance(each, UniqueConstraint) and not each.expressions and self.name in each.fields
        ]
        is_alone = bool(getattr(self.model._meta.get_field(self.name), "unique", False))
        return [*unique, *([(self.name,)] if is_alone else [])]

    @property
    def once_at_a_time(self) -> list[NeverTwiceAtOnce]:
        constraints = self.model._meta.constraints
        return [
            each for each in constraints if isinstance(each, NeverTwiceAtOnce) and self.name in each.fields
        ]


@dataclass(frozen=True)
class Stretch:
    """A tie of the one who stays that takes over the days of the same tie of the other."""

    record: Model
    starts_on: date
    ends_on: date | None


@dataclass
class Plan:
    """What becomes of all that names the one who goes."""

    gone: Person
    kept: Person
    moving: list[tuple[Pointer, list[Any]]] = field(default_factory=list)
    """Records by their keys."""
    same: list[tuple[Pointer, Model]] = field(default_factory=list)
    """What both have: the record of the one who goes is set aside."""
    stretches: list[Stretch] = field(default_factory=list)
    hindrances: list[str] = field(default_factory=list)
    """Why the two cannot become one as things stand."""

    @cached_property
    def filled(self) -> dict[str, Any]:
        """Return the facts that only the one who goes has."""
        return {name: theirs for name, mine, theirs in self._facts() if theirs and not mine}

    @property
    def different(self) -> list[tuple[str, Any, Any]]:
        """Return the facts in which the two differ, as label, kept and gone: the first stands."""
        label = Person._meta.get_field
        return [
            (str(getattr(label(name), "verbose_name", name)), mine, theirs)
            for name, mine, theirs in self._facts()
            if mine and theirs and mine != theirs
        ]

    @property
    def counts(self) -> str:
        """Return how many records of each kind move, the many first."""
        found: Counter[type[Model]] = Counter()
        for pointer, keys in self.moving:
            found[pointer.model] += len(keys)
        return counted(dict(found.most_common()))

    def _facts(self) -> Iterator[tuple[str, Any, Any]]:
        for name in FACTS:
            yield name, getattr(self.kept, name), getattr(self.gone, name)


FACTS = (
    "family_name",
    "given_name",
    "preferred_name",
    "gender",
    "born_on",
    "language",
    "email",
    "phone",
    "mobile",
)
Hinder = Callable[[Person, Person], Iterable[Words]]
_hinders: list[Hinder] = []
_also: list[Pointer] = []


def hinders(why: Hinder) -> Hinder:
    """Ask the decorated function, given who goes and who stays, why the two cannot become one."""
    _hinders.append(why)
    return why


def also_points(model: type[Model], name: str, among: Q) -> None:
    """Say that a field names a person though it is no foreign key. Called once, in an app's `offers.py`."""
    _also.append(Pointer(model, name, among))


def pointers() -> list[Pointer]:
    """Return every field of the house that names a person."""
    found = [
        Pointer(named.model, named.name)
        for named in pointing_at(Person)
        if named.model._meta.managed and not named.model._meta.proxy
    ]
    return [*found, *_also]


def plan(*, gone: Person, kept: Person, by: Person | None) -> Plan:
    """Look through the house for what names the one who goes, and say what becomes of it."""
    made = Plan(gone, kept)
    made.hindrances.extend(_first_hindrances(gone, kept, by))
    for why in _hinders:
        made.hindrances.extend(str(words) for words in why(gone, kept))
    for pointer in pointers():
        _look_at(made, pointer)
    return made


def _first_hindrances(gone: Person, kept: Person, by: Person | None) -> Iterator[str]:
    if gone.pk == kept.pk:
        yield str(_("These are not two records, but one."))
    if by is not None and by.pk in {gone.pk, kept.pk}:
        yield str(_("Nobody merges oneself with another: ask a colleague to do it."))
    if by is not None and (gone.duties_in_force | kept.duties_in_force) & above(by):
        yield str(_("One of the two holds a function above yours: whoever holds that function does it."))
    if ToldApart.objects.filter(one__in=[gone, kept], other__in=[gone, kept]).exists():
        yield str(_("Somebody noted that these are two persons: take that back first, among the doubles."))
    ties = Relationship.objects.filter(pupil__in=[gone, kept], guardian__in=[gone, kept])
    if ties.exists():
        yield str(_("One of the two answers for the other: they are two persons."))


def _look_at(made: Plan, pointer: Pointer) -> None:
    rows, rivalries = pointer.rows(made.gone), pointer.rivalries
    if not rivalries and not pointer.once_at_a_time:
        keys = list(rows.values_list("pk", flat=True))
    else:
        keys = [row.pk for row in rows if not _is_met(made, pointer, row, rivalries)]
    if keys:
        made.moving.append((pointer, keys))


def _is_met(made: Plan, pointer: Pointer, row: Model, rivalries: list[tuple[str, ...]]) -> bool:
    """Say whether the one who stays has such a record already: then it is the same, or a hindrance."""
    rivals = list(_rivals(made, pointer, row, rivalries))
    if not rivals:
        return False
    rival = rivals[0]
    differences = [name for name in _said_by(pointer) if getattr(row, name) != getattr(rival, name)]
    if len(rivals) > 1 or differences or _has_dependants(row):
        if len(made.hindrances) < MOST_DIFFERENCES:
            words = _("%(kind)s: “%(kept)s” and “%(gone)s” cannot both be of one person. Settle that first.")
            kind = str(row._meta.verbose_name).capitalize()
            made.hindrances.append(str(words) % {"kind": kind, "kept": rival, "gone": row})
        return True
    made.same.append((pointer, row))
    if pointer.once_at_a_time:
        ends = (row.ends_on, rival.ends_on)  # type: ignore[attr-defined]
        first = min(row.starts_on, rival.starts_on)  # type: ignore[attr-defined]
        made.stretches.append(Stretch(rival, first, None if None in ends else max(ends)))
    return True


def _rivals(made: Plan, pointer: Pointer, row: Any, rivalries: list[tuple[str, ...]]) -> Iterator[Model]:
    found: dict[Any, Model] = {}
    for fields in rivalries:
        same = {name: getattr(row, name) for name in fields} | {pointer.name: made.kept.pk}
        if None not in same.values():
            found |= {each.pk: each for each in pointer.model._base_manager.filter(pointer.among, **same)}
    for constraint in pointer.once_at_a_time:
        mine = {name: getattr(row, name) for name in constraint.fields} | {pointer.name: made.kept.pk}
        others = pointer.model._default_manager.filter(**mine)
        found |= {each.pk: each for each in others.during(row.starts_on, row.ends_on)}  # type: ignore[attr-defined]
    yield from found.values()


def _said_by(pointer: Pointer) -> list[str]:
    """Return the fields in which two records of the same thing agree: not whose, since when, nor by whom."""
    apart = {pointer.name, *(("starts_on", "ends_on") if pointer.once_at_a_time else ())}
    return [
        each.attname for each in pointer.model._meta.concrete_fields if _says(each) and each.name not in apart
    ]


def _says(each: Field[Any, Any]) -> bool:
    return not (
        each.primary_key
        or isinstance(each, DateTimeField)
        or (each.remote_field and each.related_model is Person)
    )


def _has_dependants(row: Model) -> bool:
    return any(
        pointer.model._base_manager.filter(**{pointer.name: row.pk}).exists()
        for pointer in pointing_at(type(row))
    )
