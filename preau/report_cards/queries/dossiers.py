"""What report cards hold about a pupil, for the pupil to take away: what stood on cards that are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from preau.gradebook.models import Comment
from preau.grading.models import CourseResult
from preau.kit.dossier import Tables
from preau.people.models import Person

from ..models import Hold, Reading, ReportCard, TutorWord
from .reading import readable_cards

DECIDED = ("chosen", "chosen_because", "chosen_at", "deliberated", "deliberated_because", "deliberated_at")


def held_about(person: Person) -> Tables:
    """Return the cards of a pupil, the words, comments and results they were made of, and who is reading."""
    cards = list(readable_cards(person).filter(pupil=person).order_by("created_at"))
    of_pupil: dict[str, Any] = {"pupil": person, "period__in": [card.period_id for card in cards]}
    named = {"period_name": F("period__name")}
    words = TutorWord.objects.filter(**of_pupil).values("period", "text", "written_at", **named)
    with_course = {"course": F("group__course__name"), **named}
    comments = Comment.objects.filter(**of_pupil).values("period", "text", "written_at", **with_course)
    results = CourseResult.objects.filter(**of_pupil, computed_at__isnull=False).values(
        "period", "computed", "computed_at", "attribute", *DECIDED, **with_course
    )
    in_time = ("period__starts_on", "pk")
    held = Hold.objects.filter(pupil=person).order_by("at")
    readings = Reading.objects.filter(reader=person).order_by("at")
    return {
        "report_cards": [
            {
                "number": card.number,
                "version": card.version,
                "period": card.period.name,
                "average": card.average,
            }
            for card in cards
        ],
        "words_of_the_titulaire": _as_printed(words.order_by(*in_time), cards),
        "comments": _as_printed(comments.order_by(*in_time), cards),
        "results": _as_printed(results.order_by(*in_time), cards),
        "held": list(held.values("reason", "at", "lifted_at", **named)),
        "read": list(readings.values("at", "acknowledged_at", "card__number")),
    }


def _as_printed(rows: Iterable[Any], cards: Iterable[ReportCard]) -> list[dict[str, Any]]:
    """Keep what had been written when the card was made: what came later is on no card yet."""
    made = {card.period_id: card.created_at for card in cards}
    return [
        {name: value for name, value in row.items() if name != "period"}
        for row in rows
        if all(moment is None or moment <= made[row["period"]] for moment in _moments(row))
    ]


def _moments(row: Mapping[str, Any]) -> list[datetime | None]:
    return [value for name, value in row.items() if name.endswith("_at")]
