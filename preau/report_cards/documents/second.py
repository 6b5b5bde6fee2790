"""
What canevas v2 says otherwise than v1.

Its columns have names a family knows, courses are named without their periods a week, which stand beside,
a tint is explained only where one is drawn, and the document has the moment of its card. What is common is in
`data.py` and `words.py`, which speak for v1 too: nothing there may change what a published card says.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.kit.pdf import ABOUT, MADE_AT

from ..models import ReportCard
from .words import Data, legend


def as_second(data: Data, card: ReportCard) -> Data:
    """Return the data of a card as canevas v2 draws them, from those that v1 draws."""
    facts, names = card.facts, column_names()
    words = data["words"] | names | {"journey_note": _journey_note(data["journey"])}
    return data | {
        MADE_AT: int(card.created_at.timestamp()),
        ABOUT: {"title": words["document_title"], "description": words["description"]},
        "facts": data["facts"] | {"courses": [_course(course) for course in data["facts"]["courses"]]},
        "glances": _glances(data["glances"], facts),
        "legend": legend(facts, names),
        "words": words,
    }


def column_names() -> Data:
    """Return what each column is called for a family, in the language of the moment."""
    return {
        "daily_work": _("Work"),
        "exam": _("Exam"),
        "period": _("Period"),
        "standing": _("Since Sept."),
    }


def name_without_hours(name: str, hours: object) -> str:
    """Return the name of a course without the periods a week at its end, which stand beside it."""
    return name.removesuffix(f" {hours}") or name


def _course(course: Data) -> Data:
    return course | {"name": name_without_hours(course["name"], course["hours"])}


def _glances(glances: list[Data], facts: Data) -> list[Data]:
    if not glances:
        return []
    average, failed = glances
    courses = [
        _("%(course)s (%(hours)s h)")
        % {"course": name_without_hours(course["name"], course["hours"]), "hours": course["hours"]}
        for course in facts["summary"]["failed_courses"]
    ]
    before = facts["summary"]["previous"]
    compared = (
        _("%(period)s: %(average)s") % {"period": before["name"], "average": cote(before["average"])}
        if before
        else average["explanation"]
    )
    return [
        average | {"name": _("Average of all courses"), "explanation": compared},
        failed | {"explanation": ", ".join(courses) or failed["explanation"]},
    ]


def _journey_note(journey: Data | None) -> str:
    if journey and journey["past"]:
        return _(
            "The result of each period; the tinted part is last year. Dashed line: the pass mark. Nobody is "
            "compared with anyone else."
        )
    return _("The result of each period. Dashed line: the pass mark. Nobody is compared with anyone else.")
