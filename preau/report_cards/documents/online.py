"""
The card as a page: the same facts as the document, course by course, with what makes each figure.

Figures and signs are in words (`gradebook.told`): who reads the page needs no legend.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.gradebook.told import Told, told_figure, told_sign

from .words import Data

PARTS = ("daily_work", "exam")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that another is made of, and what it weighs there."""

    name: str
    figure: Told
    weight: str


@dataclass(frozen=True, slots=True)
class CourseOnline:
    """A course as a reader meets it: one figure, and all that explains it."""

    key: int
    name: str
    teachers: str
    hours: int
    counts_in_average: bool
    figure: Told | None
    """The figure that counts: where the course stands, or the period's when there is no other yet."""
    points: list[float]
    pass_share: float
    parts: list[Part]
    period: Told | None
    is_bracketed: bool
    so_far: list[Data]
    computed: Told | None
    by_council: bool
    comment: str | None
    comment_by: str | None

    @property
    def has_more(self) -> bool:
        return bool(self.parts or len(self.so_far) > 1 or self.computed or self.is_bracketed)


@dataclass(frozen=True, slots=True)
class CardOnline:
    """All that the page of a card says."""

    facts: Data
    courses: list[CourseOnline]
    is_whole: bool = True

    @property
    def summary(self) -> Any:
        return self.facts["summary"]

    @property
    def has_past(self) -> bool:
        """Say whether the figures of courses are made of more than one period."""
        return "standing" in self.facts["columns"]


def as_page(facts: Data, course_id: int | None = None) -> CardOnline:
    """
    Return a card as it is read on a screen, its words in the language of the moment.

    :param course_id: the course alone of which it is asked; all unless told
    """
    signs = _signs(facts)
    some = [course for course in facts["courses"] if course_id in {None, course["course"]}]
    return CardOnline(facts, [_course(course, signs) for course in some], is_whole=course_id is None)


def _signs(facts: Data) -> dict[str, tuple[str, str]]:
    """Return the name of each sign with what it does; nothing where courses differ in what it does."""
    known: dict[str, tuple[str, str]] = {}
    for sign, name, effect in facts["tokens"]:
        known[sign] = (name, effect if known.get(sign, ("", effect))[1] == effect else "")
    return known


def _course(course: Data, signs: dict[str, tuple[str, str]]) -> CourseOnline:
    figures = {name: _told(figure, course["scale"], signs) for name, figure in course["figures"].items()}
    names = {"daily_work": _("Daily work"), "exam": _("Examination")}
    parts = [
        Part(names[name], told, weight)
        for name, weight in zip(PARTS, course["weights"], strict=True)
        if (told := figures[name]) and figures["exam"]
    ]
    period = course["figures"]["period"]
    return CourseOnline(
        key=course["course"],
        name=course["name"],
        teachers=", ".join(course["teachers"]),
        hours=course["hours"],
        counts_in_average=course["counts_in_average"],
        figure=figures["standing"] or figures["period"],
        points=[*course["before"], *(period["share"] for period in course["so_far"])],
        pass_share=float(course["pass_mark"]) / 100,
        parts=parts,
        period=figures["period"],
        is_bracketed=bool(period and period.get("is_bracketed")),
        so_far=course["so_far"],
        computed=told_figure(course["computed"], course["scale"]) if course["computed"] else None,
        by_council=course["by_council"],
        comment=course["comment"],
        comment_by=course["comment_by"],
    )


def _told(figure: Data | None, scale: str, signs: dict[str, tuple[str, str]]) -> Told | None:
    """Tell a figure of the card, or the sign that stands for it."""
    if figure is None:
        return None
    if sign := figure["token"]:
        name, effect = signs.get(sign, ("", ""))
        told = told_sign(sign, name or _("too little to assess: the council decides"), effect)
        return replace(told, is_bad=figure["fails"])
    told = told_figure(figure["value"], scale, is_bad=figure["fails"])
    return replace(told, main=f"({cote(figure['value'])})") if figure.get("is_bracketed") else told
