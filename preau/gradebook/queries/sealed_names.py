"""What people call the things that seals hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.grading.models import Category, Level, Scheme, Token
from preau.kit.portions import portions
from preau.people.models import Person

from ..ledger import CLOSING
from ..models import AssessedCompetence, Assessment, Grade, SubGrade

AT_A_TIME = 5000
KINDS = {
    "assessment": gettext_lazy("the assessment “%(name)s”"),
    "part": gettext_lazy("a competence of “%(name)s”"),
    "part_grade": gettext_lazy("what stands in a competence: %(name)s"),
    "comment": gettext_lazy("the comment on %(name)s"),
    "result": gettext_lazy("the result of %(name)s"),
    "decision": gettext_lazy("what the council decided about %(name)s"),
    "closing": gettext_lazy("an earlier closing"),
    "category": gettext_lazy("the kind of work “%(name)s”"),
    "scheme": gettext_lazy("the scheme “%(name)s”"),
    "token": gettext_lazy("the sign %(name)s"),
    "level": gettext_lazy("the level %(name)s"),
}


def names_of_grades(grades: list[int]) -> dict[int, str]:
    """Return what people call these grades: the assessment and the pupil. A query for every few thousand."""
    named: dict[int, str] = {}
    for some in portions(grades, AT_A_TIME):
        rows = Grade.objects.filter(pk__in=some)
        found = rows.values_list("pk", "assessment__title", "pupil__given_name", "pupil__family_name")
        named |= {key: f"{title}, {given} {family}" for key, title, given, family in found}
    return named


def names_of_things(things: Iterable[str]) -> dict[str, str]:
    """Return what people call these things, by their names in seals. A query for each kind there is."""
    by_kind: defaultdict[str, set[int]] = defaultdict(set)
    for name in things:
        kind, _space, key = name.partition(" ")
        by_kind[kind].update([int(key)] if key else [])
    gone = _("which is gone")
    named = {CLOSING: _("the closing")}
    for kind, keys in by_kind.items():
        known = dict(_known(kind, sorted(keys)))
        named |= {f"{kind} {key}": KINDS[kind] % {"name": known.get(key, gone)} for key in keys}
    return named


def _known(kind: str, keys: list[int]) -> Iterator[tuple[int, str]]:
    if asked := NAMED.get(kind):
        for some in portions(keys, AT_A_TIME):
            yield from asked(some)


def _field(model: Any, name: str) -> Callable[[list[int]], Iterable[tuple[int, str]]]:
    return lambda keys: model.objects.filter(pk__in=keys).values_list("pk", name)


def _pupils(keys: list[int]) -> Iterator[tuple[int, str]]:
    return ((person.pk, person.full_name) for person in Person.objects.filter(pk__in=keys))


def _part_grades(keys: list[int]) -> Iterator[tuple[int, str]]:
    for it in SubGrade.objects.filter(pk__in=keys).select_related("assessment", "pupil"):
        yield it.pk, f"{it.assessment.title}, {it.pupil.full_name}"


NAMED: dict[str, Callable[[list[int]], Iterable[tuple[int, str]]]] = {
    "assessment": _field(Assessment, "title"),
    "part": _field(AssessedCompetence, "assessment__title"),
    "part_grade": _part_grades,
    "comment": _pupils,
    "result": _pupils,
    "decision": _pupils,
    "category": _field(Category, "name"),
    "scheme": _field(Scheme, "name"),
    "token": _field(Token, "code"),
    "level": _field(Level, "code"),
}
