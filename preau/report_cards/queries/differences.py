"""Published cards that would say something else today: the head decides which of them are corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.gradebook.queries import was_erased
from preau.structure.models import ReportPeriod

from ..documents.words import column_names
from ..models import Release, ReportCard
from .facts import Facts, facts_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A published card, and in words what it would say otherwise."""

    card: ReportCard
    changes: list[str]

    @property
    def said(self) -> str:
        return "; ".join(self.changes)


def differences_of(period: ReportPeriod) -> list[Difference]:
    """
    Return the published cards of a period that would say something else if they were made now, by name.

    As many queries for any number of pupils. Nothing before the period is published: cards are made again.
    Nothing either once its comments were erased, as they were kept long enough: cards stay as they went home.
    """
    if not Release.objects.filter(period=period).exists() or was_erased(period):
        return []
    cards = ReportCard.objects.latest_versions().filter(period=period).by_name()
    today = facts_of(period)
    return [
        Difference(card, list(_changes(card.facts, today[card.pupil_id].facts)))
        for card in cards.select_related("pupil", "class_group")
        if card.pupil_id in today and card.facts != today[card.pupil_id].facts
    ]


def _changes(before: Facts, now: Facts) -> Iterator[str]:
    """Say what is different: figures one by one, all else by what it is called."""
    courses = {course["course"]: course for course in now["courses"]}
    for course in before["courses"]:
        yield from _of_course(course, courses.pop(course["course"], None))
    for course in courses.values():
        yield _("%(course)s: new on the card") % {"course": course["name"]}
    was, would = before["summary"]["average"], now["summary"]["average"]
    if was != would:
        yield _("average: %(was)s → %(would)s") % {"was": _shown(was), "would": _shown(would)}
    if before["tutor_word"] != now["tutor_word"]:
        yield _("the word of the tutor")
    if any(before[name] != now[name] for name in ("school", "year", "period", "pupil", "weights", "tokens")):
        yield _("what stands around the results")


def _of_course(before: Facts, now: Facts | None) -> Iterator[str]:
    name = before["name"]
    if now is None:
        yield _("%(course)s: no longer on the card") % {"course": name}
        return
    for part, words in column_names().items():
        was, would = _figure(before["figures"][part]), _figure(now["figures"][part])
        if was != would:
            facts = {"course": name, "column": words, "was": was, "would": would}
            yield _("%(course)s, %(column)s: %(was)s → %(would)s") % facts
    if before["comment"] != now["comment"]:
        yield _("%(course)s: the comment") % {"course": name}
    others = before.keys() - {"figures", "comment"}
    if any(before[fact] != now.get(fact) for fact in others):
        yield _("%(course)s: teachers, earlier results or how it is counted") % {"course": name}


def _figure(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return "–"
    shown = figure["token"] or _shown(figure["value"])
    return f"({shown})" if figure.get("is_bracketed") else shown


def _shown(value: str | None) -> str:
    return "–" if value is None else cote(value)
