"""A period in the gradebook of a year: what was planned, the grades in blocks, what they came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.gradebook.models import Assessment
from preau.gradebook.queries import Cell, Row, Sheet
from preau.gradebook.queries.scores import PupilResult
from preau.grading.models import Closing, Scheme
from preau.grading.plans import Plan
from preau.structure.models import CourseGroup, ReportPeriod

from .explaining import rounding_words
from .pages import Data, day, figure, moment


def period_data(page: Sheet, per_block: int) -> Data:
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
    blocks = -(-count // per_block)
    width = -(-count // blocks) if blocks else 1
    for first in range(0, count, width):
        last = min(first + width, count)
        title = _("Grades")
        if blocks > 1:
            title = _("Grades, assessments %(first)s to %(last)s") % {"first": first + 1, "last": last}
        yield {
            "title": title,
            "columns": [
                _column(number, assessment)
                for number, assessment in enumerate(page.assessments[first:last], start=first + 1)
            ],
            "rows": [_row(row, page, slice(first, last)) for row in page.rows],
        }


def _column(number: int, assessment: Assessment) -> Data:
    return {"number": str(number), "title": assessment.title[:34], "maximum": cote(assessment.max_points)}


def _row(row: Row, page: Sheet, block: slice) -> Data:
    cells = zip(row.cells[block], page.assessments[block], strict=True)
    return {
        "name": row.pupil.list_name,
        "mark": _mark(row),
        "class_name": row.class_name,
        "cells": [_grade(cell, assessment, page.scheme.plan) for cell, assessment in cells],
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
        "stands": stands_data(result),
        "why": " ".join(_decided(row)),
    }


def stands_data(result: PupilResult | None) -> Data:
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
