"""Showing a part of a sheet: the assessments of one kind, or those that look at one competence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet

from preau.kit.questions import asked_often

from ..models import AssessedCompetence
from .sheet_values import Sheet


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of the sheet that one may look at alone."""

    words: str
    address: str
    assessments: frozenset[int]
    is_chosen: bool


def narrow(page: Sheet, *, kind: str = "", competence: str = "") -> list[Choice]:
    """
    Keep the columns of one kind of assessment, or of one competence; results stay those of the whole sheet.

    Returns what there is to choose from. What names no part of the sheet leaves it whole.
    """
    choices = [
        *(_choice("kind", code, *counted, chosen=kind) for code, counted in _by_kind(page).items()),
        *(
            _choice("competence", key, *counted, chosen=competence)
            for key, counted in _by_competence(page).items()
        ),
    ]
    for choice in choices:
        if choice.is_chosen:
            keep_columns(page, choice.assessments)
    return choices


def _choice(what: str, key: str, words: str, assessments: set[int], *, chosen: str) -> Choice:
    return Choice(words, f"?{urlencode({what: key})}", frozenset(assessments), key == chosen)


def keep_columns(page: Sheet, assessments: frozenset[int]) -> None:
    """Keep of a sheet the columns of these assessments; the trend of each pupil stays that of all."""
    places = [place for place, assessment in enumerate(page.assessments) if assessment.pk in assessments]
    page.columns = [page.columns[place] for place in places]
    for row in page.rows:
        row.cells = [row.cells[place] for place in places]


def _by_kind(page: Sheet) -> dict[str, tuple[str, set[int]]]:
    kinds: dict[str, tuple[str, set[int]]] = {}
    for assessment in page.assessments:
        kinds.setdefault(assessment.category.code, (assessment.category.name, set()))[1].add(assessment.pk)
    return kinds


def _by_competence(page: Sheet) -> dict[str, tuple[str, set[int]]]:
    names: dict[str, str] = {}
    looks_at: defaultdict[str, set[int]] = defaultdict(set)
    for assessment, key, code, name in _competences_in(page.group.pk, page.period.pk):
        names[str(key)] = f"{code} {name}"
        looks_at[str(key)].add(assessment)
    return {key: (names[key], looks_at[key]) for key in names}


@asked_often
def _competences_in(group: int, period: int) -> QuerySet:
    """Return assessment, competence, code and name of what the assessments of a group look at in a period."""
    looked_at = AssessedCompetence.objects.filter(assessment__group=group, assessment__period=period)
    in_order = looked_at.order_by("competence__rank", "competence__code", "competence")
    return in_order.values_list("assessment", "competence", "competence__code", "competence__name")
