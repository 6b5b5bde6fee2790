"""What the template of a card draws: the facts as they are written, and every word around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from preau.design.pieces import cote
from preau.kit.typography import as_typed

from ..models import ReportCard
from .second import as_second
from .words import Data, column_names, legend, words_of

FIRST = "v1"
"""The canevas of the first cards: what it draws never changes."""

LONGEST_JOURNEY = 8
WORTH_A_JOURNEY = 3
ANY_MASK = 3
"""A QR code may be masked in eight ways and reads with each; to look for the prettiest takes 6 ms a card."""


def drawing_data(card: ReportCard) -> Data:
    """Return all that the template draws: the facts as they are written, and every word around them."""
    facts = card.facts
    with override(facts["language"]):
        data = {
            "language": facts["language"],
            "facts": _facts_as_written(facts),
            "report": _report(card),
            "glances": _glances(facts),
            "journey": _journey(facts),
            "legend": legend(facts, column_names()),
            "words": words_of(card, facts),
            "addressee": "",
        }
        return as_first(data) if card.canevas == FIRST else as_second(data, card)


def as_first(data: Data) -> Data:
    """Return the data with the spaces that the words of canevas v1 have always had."""
    return data | {name: _as_typed(data[name]) for name in ("glances", "legend", "words")}


def _as_typed(value: Any) -> Any:
    if isinstance(value, str):
        return as_typed(value)
    if isinstance(value, Mapping):
        return {key: _as_typed(inner) for key, inner in value.items()}
    return type(value)(map(_as_typed, value)) if isinstance(value, (list, tuple)) else value


def _facts_as_written(facts: Data) -> Data:
    school, pupil, word = facts["school"], facts["pupil"], facts["tutor_word"]
    fase = _("FASE %(number)s") % {"number": school["fase"]} if school["fase"] else ""
    return {
        "school": {
            "name": school["name"] or "Préau",
            "contact": " · ".join(filter(None, [school["address"], school["phone"], fase])),
        },
        "pupil": {
            "name": pupil["name"],
            "class_group": pupil["class_group"],
            "level_after": f", {pupil['level']}" if pupil["level"] else "",
            "tutors": ", ".join(pupil["tutors"]),
        },
        "columns": facts["columns"],
        "courses": [_course_as_written(course) for course in facts["courses"]],
        "tutor_word": word,
    }


def _course_as_written(course: Data) -> Data:
    return {
        "name": course["name"],
        "teachers": ", ".join(course["teachers"]),
        "hours": str(course["hours"]),
        "figures": {name: _figure(figure) for name, figure in course["figures"].items()},
        "comment": course["comment"],
        "comment_by": course["comment_by"] or None,
    }


def _figure(figure: Mapping[str, Any] | None) -> Data | None:
    if figure is None:
        return None
    text = figure["token"] or cote(figure["value"])
    if figure.get("is_bracketed"):
        text = f"({text})"
    return {"text": text, "is_token": bool(figure["token"]), "fails": figure["fails"]}


def _report(card: ReportCard) -> Data:
    rows = list(segno.make(check_address(card), error="m", micro=False, mask=ANY_MASK).matrix)
    return {
        "number": card.number,
        "version": card.version,
        "reason": card.reason,
        "code": card.readable_code,
        "qr_size": len(rows),
        "qr": "".join("1" if is_dark else "0" for row in rows for is_dark in row),
    }


def check_address(card: ReportCard) -> str:
    """Return the address at which anybody can check that the card is genuine."""
    return f"{settings.SCHOOL_ADDRESS}{reverse('report_cards:check_code', kwargs={'code': card.code})}"


def _glances(facts: Data) -> list[Data]:
    summary = facts["summary"]
    if summary["average"] is None:
        return []
    return [_average_glance(facts, summary), _failure_glance(summary)]


def _average_glance(facts: Data, summary: Data) -> Data:
    before = summary["previous"]
    explanation = (
        _("by periods a week; %(period)s: %(average)s")
        % {"period": before["name"], "average": cote(before["average"])}
        if before
        else _("each course counts its periods a week")
    )
    return {
        "value": cote(summary["average"]),
        "unit": _("out of %(scale)s") % {"scale": cote(summary["scale"])},
        "name": _("Average of the courses"),
        "explanation": explanation,
        "alarming": summary["fails"],
    }


def _failure_glance(summary: Data) -> Data:
    courses = [
        _("%(course)s %(hours)s h") % {"course": course["name"], "hours": course["hours"]}
        for course in summary["failed_courses"]
    ]
    hours = summary["failed_hours"]
    return {
        "value": str(hours),
        "unit": ngettext("period of %(hours)s", "periods of %(hours)s", hours) % {"hours": summary["hours"]},
        "name": _("Failed periods a week"),
        "explanation": ", ".join(courses) or _("no course is failed"),
        "alarming": hours > 0,
    }


def _journey(facts: Data) -> Data | None:
    """Return the pupil's own past, course by course: nothing when there is too little to draw."""
    lines = [
        {
            "name": course["short"],
            "before": course["before"][-LONGEST_JOURNEY:],
            "now": [period["share"] for period in course["so_far"]],
            "figure": _figure(course["figures"]["standing"]),
            "pass_mark": float(course["pass_mark"]) / 100,
        }
        for course in facts["courses"]
    ]
    longest = max((len(line["before"]) + len(line["now"]) for line in lines), default=0)
    if longest < WORTH_A_JOURNEY:
        return None
    return {"lines": lines, "length": longest, "past": max(len(line["before"]) for line in lines)}
