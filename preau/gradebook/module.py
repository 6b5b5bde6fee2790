"""The gradebook as a module of the house: its lines in the menu, its cards on Today."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare
from preau.structure.queries import current_period
from preau.structure.relations import is_a_teacher

from . import queries
from .rules import (
    may_keep_schemes,
    may_open_gradebooks,
    may_open_results,
    may_read_competences,
    may_read_results,
)


def _to_type(person: Any) -> int:
    """Return how many grades a teacher still has to type this period."""
    period = current_period()
    return queries.missing_grades_of(person, period) if period and is_a_teacher.admits(person) else 0


def _due(request: Any) -> str | None:
    """Draw the card of the gradebooks in which grades are missing."""
    period = current_period()
    if not period or not is_a_teacher.admits(request.person):
        return None
    lines = [
        line for line in queries.gradebooks_of(request.person, period) if line.missing and not line.is_closed
    ]
    return (
        render_to_string("gradebook/_due.html", {"lines": lines, "period": period}, request)
        if lines
        else None
    )


def _results(request: Any, pupil: Any) -> str | None:
    """Draw the results of the period in course in the pupil's file."""
    period = current_period()
    if not period or not may_read_results.allows(request.person, pupil):
        return None
    courses = queries.readable_results(pupil, period, request.person)
    context = {"pupil": pupil, "period": period, "courses": courses}
    return render_to_string("gradebook/_panel.html", context, request)


declare(
    Module(
        key="gradebook",
        name=_("Gradebook"),
        icon="grid-dots",
        rank=20,
        menu=(
            MenuEntry(
                _("Gradebook"),
                "grid-dots",
                "gradebook:groups",
                may_open_gradebooks,
                count=_to_type,
                on_phone=True,
            ),
            MenuEntry(_("Schemes"), "abacus", "gradebook:schemes", may_keep_schemes),
            MenuEntry(_("Competences"), "target", "gradebook:competence_subjects", may_read_competences),
            MenuEntry(_("Results"), "chart-line", "gradebook:my_results", may_open_results, on_phone=True),
        ),
        cards=(_due,),
        panels=(_results,),
    )
)
