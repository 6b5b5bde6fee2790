"""The gradebook of a group for a whole year, as the school keeps it: nothing that counts is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from preau.design.pieces import cote
from preau.gradebook.queries import Sheet, sheet, year_of
from preau.grading.models import Token
from preau.kit import clock
from preau.kit.pdf import compile_pdf
from preau.people.models import Person
from preau.structure.models import CourseGroup, TeachingAssignment

from .pages import PAPER, Data, day, figure, made_by, page_facts
from .periods import period_data, stands_data

BOOK: Path = PAPER / "book.typ"
FEW, FEW_IN_A_BLOCK, MANY_IN_A_BLOCK = 9, 9, 16


def book(group: CourseGroup, *, by: Person | None) -> bytes:
    """Return the gradebook of a group as a PDF, in the language of the school."""
    return compile_pdf(BOOK, book_data(group, by=by))


def book_data(group: CourseGroup, *, by: Person | None) -> Data:
    """Return what the template draws: all periods of the year that have begun."""
    with override(settings.LANGUAGE_CODE):
        year = group.school_year
        periods = [
            period for period in year.periods.order_by("starts_on") if period.starts_on <= clock.today()
        ]
        sheets = [sheet(group, period) for period in periods]
        most = max((len(page.assessments) for page in sheets), default=0)
        per_block = FEW_IN_A_BLOCK if most <= FEW else MANY_IN_A_BLOCK
        heading = f"{group.course.name} · {group.name}"
        title = _("Gradebook %(year)s: %(group)s") % {"year": year.name, "group": heading}
        return {
            **page_facts(title=title, description=title, footer=f"{title} · {group.code}"),
            "heading": heading,
            "lead": _("Gradebook of the school year %(year)s") % {"year": year.name},
            "aside": made_by(by),
            "is_wide": most > FEW,
            "facts": _facts(group, sheets),
            "signs": _signs(),
            "legend": _legend(),
            "periods": [period_data(page, per_block) for page in sheets],
            "year": _year(group),
            "signatures": [_("The teacher, %(names)s") % {"names": _main_teachers(group)}, _("The head")],
            "words": _words(),
        }


# ---- The first page ----


def _facts(group: CourseGroup, sheets: list[Sheet]) -> list[Data]:
    pupils = {row.pupil.pk for page in sheets for row in page.rows}
    classes = sorted({row.class_name for page in sheets for row in page.rows if row.class_name})
    graded = sum(len(page.assessments) for page in sheets)
    count = ngettext("%(count)s pupil", "%(count)s pupils", len(pupils)) % {"count": len(pupils)}
    assessments = ngettext("%(count)s assessment", "%(count)s assessments", graded) % {"count": graded}
    told = [
        (_("Course"), f"{group.course.name} ({group.course.code})"),
        (_("Group"), f"{group.name} ({group.code})"),
        (_("Level"), str(group.course.year_level)),
        (_("Taught by"), "\n".join(_teachers(group))),
        (_("Classes"), ", ".join(classes)),
        (_("Holds"), f"{count}, {assessments}"),
    ]
    return [{"name": name, "value": value} for name, value in told if value]


def _teachers(group: CourseGroup) -> Iterator[str]:
    """Give each who taught the group, as what and when."""
    for assignment in group.assignments.select_related("teacher").order_by("starts_on", "pk"):
        until = assignment.ends_on - timedelta(days=1) if assignment.ends_on else None
        span = (
            _("from %(first)s to %(last)s") % {"first": day(assignment.starts_on), "last": day(until)}
            if until
            else _("from %(first)s") % {"first": day(assignment.starts_on)}
        )
        yield f"{assignment.teacher.full_name}, {assignment.get_kind_display()}, {span}"


def _main_teachers(group: CourseGroup) -> str:
    main = group.assignments.filter(kind=TeachingAssignment.Kind.MAIN).select_related("teacher")
    return ", ".join(dict.fromkeys(assignment.teacher.full_name for assignment in main.order_by("starts_on")))


def _signs() -> list[Data]:
    return [
        {"sign": token.code, "meaning": f"{token.name}, {token.get_effect_display()}"}
        for token in Token.objects.all()
    ]


def _legend() -> list[str]:
    return [
        _("A dash says that nothing was typed. A grade under the pass mark is underlined."),
        _("“Computed” is the sum of the grades; “stands” is what the teacher or the council made of it."),
    ]


def _words() -> Data:
    return {
        "legend": _("Signs"),
        "assessments": _("Assessments"),
        "assessment_titles": [
            _("No."),
            _("Date"),
            _("Kind"),
            _("Title"),
            _("Out of"),
            _("Weight"),
            _("Remarks"),
        ],
        "pupil": _("Pupil"),
        "class_word": _("Class"),
        "results": _("Results"),
        "daily": _("Daily work"),
        "exam": _("Examination"),
        "computed": _("Computed"),
        "stands": _("Stands"),
        "why": _("Decided by whom, and why"),
        "comments": _("Comments on the report card"),
        "remarks": _("Remarks beside grades"),
        "year": _("Year"),
        "nothing": _("No assessment in this period."),
    }


# ---- The year ----


def _year(group: CourseGroup) -> Data:
    found = year_of(group)
    return {
        "title": _("The year"),
        "periods": [f"{period.name} ×{cote(period.weight)}" for period in found["periods"]],
        "rows": [
            {
                "name": row.pupil.list_name,
                "cells": [stands_data(result) for result in row.results],
                "year": figure(row.shown, fails=row.fails),
            }
            for row in found["rows"]
        ],
        "note": _("The year is the mean of its periods, each with its weight."),
    }
