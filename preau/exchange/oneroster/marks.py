"""Assessments and grades of a bundle: line items and results."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from preau.exchange import values
from preau.exchange.intake import Intake
from preau.exchange.records import Record
from preau.exchange.values import Wrong
from preau.kit.tables import plain
from preau.structure.models import ReportPeriod

from .bundle import Bundle, Row
from .lessons import Lessons

STATUSES = {"exempt": "EXC", "notsubmitted": "NR"}


def mark_records(bundle: Bundle, lessons: Lessons, intake: Intake) -> list[Record]:
    """Return a record for each result of a line item of the year."""
    items = bundle.by_key("lineItems")
    categories = {row.key: row["title"] for row in bundle.rows("categories")}
    sessions = {row.key: row["title"] for row in bundle.rows("academicSessions")}
    periods = intake.structure.periods
    known = {plain(category) for category in intake.category_words}
    records = []
    for row in bundle.rows("results"):
        item = items.get(row["lineItemSourcedId"])
        if item is None or item["classSourcedId"] not in lessons.classes:
            wrong = _("lineItems.csv has no line item “%(id)s”.") % {"id": row["lineItemSourcedId"]}
            bundle.remark(row, "lineItemSourcedId", wrong, _("The line is left out."))
            continue
        if row["studentSourcedId"] not in lessons.users.known:
            wrong = _("users.csv has nobody with the id “%(id)s”.") % {"id": row["studentSourcedId"]}
            bundle.remark(row, "studentSourcedId", wrong, _("The line is left out."))
            continue
        held_on = bundle.day(item, "dueDate") or bundle.day(item, "assignDate")
        period = _period(periods, sessions.get(item["gradingPeriodSourcedId"], ""), held_on)
        category = categories.get(item["categorySourcedId"], "")
        told: dict[str, Any] = {
            "pupil_id": row["studentSourcedId"],
            "group_code": lessons.code_of(item["classSourcedId"]),
            "title": item["title"][:100] or item.key[:100],
            "period": period,
            "points": _points(row),
            "max_points": _number(bundle, item, "resultValueMax"),
            "category": category if plain(category) in known else None,
            "held_on": held_on,
        }
        columns = {"pupil_id": "studentSourcedId", "points": "score", "period": "gradingPeriodSourcedId",
                   "max_points": "resultValueMax", "group_code": "classSourcedId"}  # fmt: skip
        records.append(Record(row.line, told, columns, row.file))
    return records


def _period(periods: list[ReportPeriod], title: str, held_on: object) -> str:
    """Return the code of the period of a line item: told by its title, else by its day, else the last."""
    if title and (known := next((it for it in periods if plain(it.name) == plain(title)), None)):
        return known.code
    if isinstance(held_on, date):
        for period in periods:
            if period.starts_on <= held_on < period.ends_on:
                return period.code
    return periods[-1].code if periods else ""


def _points(row: Row) -> str | None:
    """Return a grade as one types it: points, or the sign of who was exempt or handed in nothing."""
    status = plain(row["scoreStatus"])
    return row["score"] or row["textScore"] or STATUSES.get(status)


def _number(bundle: Bundle, row: Row, column: str) -> object:
    try:
        return values.decimal(row[column])
    except Wrong as wrong:
        bundle.remark(row, column, wrong.wrong, wrong.remedy)
        return None
