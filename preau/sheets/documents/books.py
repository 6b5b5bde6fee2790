"""The gradebook of a group for a whole year, as the school keeps it: nothing that counts is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from preau.design.pieces import cote
from preau.gradebook.models import Assessment
from preau.gradebook.queries import Cell, Row, Sheet, sheet, year_of
from preau.gradebook.queries.scores import PupilResult
from preau.grading.models import Closing, Scheme, Token
from preau.grading.plans import Plan
from preau.kit import clock
from preau.kit.pdf import compile_pdf
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod, TeachingAssignment

from .explaining import rounding_words
from .pages import PAPER, Data, day, figure, made_by, moment, page_facts

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
            "periods": [_period(page, per_block) for page in sheets],
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


# ---- A period ----


def _period(page: Sheet, per_block: int) -> Data:
    period = page.period
    last = period.ends_on - timedelta(days=1)
    return {
        "name": period.name,
        "span": _("from %(first)s to %(last)s, weighs %(weight)s in the year")
        % {"first": day(period.starts_on), "last": day(last), "weight": cote(period.weight)},
        "sentences": [*_closings(page.group, period), *scheme_sentences(page.scheme)],
        "assessments": [
            _assessment(number, assessment) for number, assessment in enumerate(page.assessments, start=1)
        ],
        "blocks": list(_blocks(page, per_block)),
        "results": [_result(row) for row in page.rows] if page.assessments else [],
        "comments": [
            {
                "name": row.pupil.list_name,
                "about": "",
                "text": row.comment.text,
            }
            for row in page.rows
            if row.comment
        ],
        "remarks": [
            {"name": row.pupil.list_name, "about": assessment.title, "text": cell.remark}
            for row in page.rows
            for assessment, cell in zip(page.assessments, row.cells, strict=True)
            if cell.remark
        ],
    }


def _closings(group: CourseGroup, period: ReportPeriod) -> list[str]:
    """Return who closed the period and when; who reopened it, and why."""
    told = []
    closings = Closing.objects.filter(group=group, period=period).select_related("closed_by", "reopened_by")
    for closing in closings.order_by("closed_at"):
        who = closing.closed_by.full_name if closing.closed_by else _("the school")
        told.append(_("Closed on %(when)s by %(who)s.") % {"when": moment(closing.closed_at), "who": who})
        if closing.reopened_at:
            words = _("Reopened on %(when)s by %(who)s: %(why)s")
            who = closing.reopened_by.full_name if closing.reopened_by else _("the school")
            told.append(
                words % {"when": moment(closing.reopened_at), "who": who, "why": closing.reopened_because}
            )
    return told or [_("This period is not closed: its results can still change.")]


def scheme_sentences(scheme: Scheme) -> list[str]:
    """Return how results were computed, in words."""
    plan = scheme.plan
    told = [
        _(
            "Scheme “%(name)s”: daily work weighs %(daily)s beside an examination that weighs %(exam)s; "
            "results out of %(scale)s, in steps of %(step)s, rounded %(how)s; pass mark %(pass)s %%."
        )
        % {
            "name": scheme.name,
            "daily": cote(plan.daily_work_weight),
            "exam": cote(plan.exam_weight),
            "scale": cote(plan.scale),
            "how": rounding_words(plan.rounding),
            "step": cote(plan.step),
            "pass": cote(plan.pass_mark),
        }
    ]
    if plan.by_points:
        told.append(_("Points weigh: a test out of 40 weighs twice as much as one out of 20."))
    if plan.drop_lowest:
        told.append(_("The lowest grades are dropped: %(count)s.") % {"count": plan.drop_lowest})
    if plan.best_of:
        told.append(_("Only the best grades count: %(count)s.") % {"count": plan.best_of})
    if scheme.is_cumulative:
        told.append(_("The period counts everything since September."))
    return told


def _assessment(number: int, assessment: Assessment) -> Data:
    notes = []
    if assessment.purpose == Assessment.Purpose.FORMATIVE:
        notes.append(_("formative: does not count"))
    if assessment.is_neutralised:
        notes.append(_("left out of every result"))
    if hasattr(assessment, "publication"):
        notes.append(_("published on %(day)s") % {"day": day(assessment.publication.published_at.date())})
    else:
        notes.append(_("not published"))
    return {
        "number": str(number),
        "day": day(assessment.held_on),
        "kind": assessment.category.name,
        "title": assessment.title,
        "remark": assessment.remark,
        "maximum": cote(assessment.max_points),
        "weight": f"×{cote(assessment.weight)}",
        "notes": "; ".join(notes),
    }


def _blocks(page: Sheet, per_block: int) -> Iterator[Data]:
    """Give the grades in blocks of columns that fit on a page, as even as they can be."""
    count = len(page.assessments)
    if not count:
        return
    blocks = -(-count // per_block)
    width = -(-count // blocks)
    for first in range(0, count, width):
        last = min(first + width, count)
        title = _("Grades")
        if blocks > 1:
            title = _("Grades, assessments %(first)s to %(last)s") % {"first": first + 1, "last": last}
        yield {
            "title": title,
            "columns": [
                {
                    "number": str(place + 1),
                    "title": assessment.title[:34],
                    "maximum": cote(assessment.max_points),
                }
                for place, assessment in enumerate(page.assessments[first:last], start=first)
            ],
            "rows": [
                {
                    "name": row.pupil.list_name,
                    "mark": _mark(row),
                    "class_name": row.class_name,
                    "cells": [
                        _grade(cell, assessment, page.scheme.plan)
                        for cell, assessment in zip(
                            row.cells[first:last], page.assessments[first:last], strict=True
                        )
                    ],
                }
                for row in page.rows
            ],
        }


def _mark(row: Row) -> str:
    if row.has_left and row.membership.ends_on:
        return _("left on %(day)s") % {"day": day(row.membership.ends_on)}
    return _("since %(day)s") % {"day": day(row.membership.starts_on)} if row.is_new else ""


def _grade(cell: Cell, assessment: Assessment, plan: Plan) -> Data:
    if cell.token or cell.level:
        return {"text": cell.text, "kind": "token"}
    return figure(cell.points, fails=plan.is_low(cell.points, assessment.max_points))


def _result(row: Row) -> Data:
    result = row.result
    token = _("n. a.") if result.is_open_question else ""
    return {
        "name": row.pupil.list_name,
        "daily": cote(result.daily_work) or "–",
        "exam": cote(result.exam) or "–",
        "computed": figure(result.computed, token=token, fails=result.computed_fails),
        "stands": _stands(result),
        "why": " ".join(_decided(row)),
    }


def _stands(result: PupilResult | None) -> Data:
    """Return what stands as the template draws it, in brackets where the council put it there."""
    if result is None:
        return figure(None)
    told = figure(result.retained, fails=result.fails)
    return {**told, "text": f"({told['text']})"} if result.is_bracketed else told


def _decided(row: Row) -> Iterator[str]:
    kept = row.kept
    if kept and kept.chosen is not None:
        who = kept.chosen_by.full_name if kept.chosen_by else _("the school")
        words = _("%(who)s retained %(value)s: %(why)s")
        yield words % {"who": who, "value": cote(kept.chosen), "why": kept.chosen_because}
    if kept and kept.attribute:
        words = _("Council, %(how)s: %(why)s")
        yield words % {"how": kept.get_attribute_display(), "why": kept.deliberated_because}


# ---- The year ----


def _year(group: CourseGroup) -> Data:
    found = year_of(group)
    return {
        "title": _("The year"),
        "periods": [f"{period.name} ×{cote(period.weight)}" for period in found["periods"]],
        "rows": [
            {
                "name": row.pupil.list_name,
                "cells": [_stands(result) for result in row.results],
                "year": figure(row.shown, fails=row.fails),
            }
            for row in found["rows"]
        ],
        "note": _("The year is the mean of its periods, each with its weight."),
    }
