"""The card as a page: the same facts as the document, course by course, with what makes each figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .words import Data, column_names, legend

PARTS = ("daily_work", "exam")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that another is made of, and what it weighs there."""

    name: str
    figure: Data
    weight: str


@dataclass(frozen=True, slots=True)
class CourseOnline:
    """A course as a reader meets it: one figure, and all that explains it."""

    name: str
    teachers: str
    hours: int
    figure: Data | None
    """The figure that counts: where the course stands, or the period's when there is no other yet."""
    scale: str
    points: list[float]
    pass_share: float
    parts: list[Part]
    period: Data | None
    so_far: list[Data]
    computed: str | None
    by_council: bool
    comment: str | None
    comment_by: str | None

    @property
    def has_more(self) -> bool:
        return bool(self.parts or len(self.so_far) > 1 or self.computed)


@dataclass(frozen=True, slots=True)
class CardOnline:
    """All that the page of a card says."""

    facts: Data
    courses: list[CourseOnline]
    legend: list[tuple[str, str]]

    @property
    def summary(self) -> Any:
        return self.facts["summary"]


def as_page(facts: Data) -> CardOnline:
    """Return a card as it is read on a screen, its words in the language of the moment."""
    return CardOnline(facts, [_course(course) for course in facts["courses"]], legend(facts))


def _course(course: Data) -> CourseOnline:
    figures, names = course["figures"], column_names()
    parts = [
        Part(names[name], figures[name], weight)
        for name, weight in zip(PARTS, course["weights"], strict=True)
        if figures[name] and figures["exam"]
    ]
    return CourseOnline(
        name=course["name"],
        teachers=", ".join(course["teachers"]),
        hours=course["hours"],
        figure=figures["standing"] or figures["period"],
        scale=course["scale"],
        points=[*course["before"], *(period["share"] for period in course["so_far"])],
        pass_share=float(course["pass_mark"]) / 100,
        parts=parts,
        period=figures["period"],
        so_far=course["so_far"],
        computed=course["computed"],
        by_council=course["by_council"],
        comment=course["comment"],
        comment_by=course["comment_by"],
    )
