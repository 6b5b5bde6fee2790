"""Assessments and grades of a bundle: line items and results."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from preau.grading.models import Category
from preau.grading.queries import level_codes, tokens_by_sign
from preau.kit.imports import values
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.structure.models import ReportPeriod, SchoolYear

from .bundle import Bundle, Row
from .ids import assessment_id
from .lessons import Lessons

STATUSES = {"exempt": "EXC", "notsubmitted": "NR"}
HUNDREDTH = Decimal("0.01")
HEAVIEST = Decimal("9999.99")
LOW_MAXIMUM, HIGH_MAXIMUM = Decimal(20), Decimal(100)
COLUMNS = {
    "pupil_id": "studentSourcedId",
    "points": "score",
    "period": "gradingPeriodSourcedId",
    "max_points": "resultValueMax",
    "group_code": "classSourcedId",
}


def mark_records(bundle: Bundle, lessons: Lessons, year: SchoolYear) -> list[Record]:
    """Return a record for each result of a line item of the year."""
    marks = Marks(bundle, lessons, year)
    return [record for row in bundle.rows("results") if (record := marks.record(row))]


class Marks:
    """lineItems.csv, results.csv and categories.csv."""

    def __init__(self, bundle: Bundle, lessons: Lessons, year: SchoolYear) -> None:
        self.bundle = bundle
        self.lessons = lessons
        self._items = bundle.by_key("lineItems")
        self._categories = {row.key: row["title"] for row in bundle.rows("categories")}
        self._sessions = {row.key: row["title"] for row in bundle.rows("academicSessions")}
        self._periods = list(year.periods.all())
        self._known_categories = {
            plain(word) for pair in Category.objects.values_list("code", "name") for word in pair
        }
        self._highest: defaultdict[str, Decimal] = defaultdict(Decimal)
        for row in bundle.rows("results"):
            score = _decimal(row["score"])
            self._highest[row["lineItemSourcedId"]] = max(
                self._highest[row["lineItemSourcedId"]], score or Decimal()
            )
        self._signs = {*tokens_by_sign(), *(code.upper() for code in level_codes().values())}
        self._seen: dict[tuple[str, str], int] = {}
        self._titles: dict[tuple[str, str, str], str] = {}

    def record(self, row: Row) -> Record | None:
        """Return the record of a result; one that names nothing we know, or is no grade, is left out."""
        if wrong := self._wrong_in(row):
            self._leave_out(row, *wrong)
            return None
        item = self._items[row["lineItemSourcedId"]]
        maximum = self._maximum(item)
        points = self._points(row, maximum)
        if points is None:
            return None
        return Record(row.line, self._told(row, item, maximum, points), COLUMNS, row.file)

    def _wrong_in(self, row: Row) -> tuple[str, str] | None:
        """Return the column and what is wrong in it, when a result names nothing we know."""
        item, pupil = self._items.get(row["lineItemSourcedId"]), row["studentSourcedId"]
        if item is None or item["classSourcedId"] not in self.lessons.classes:
            wrong = _("lineItems.csv has no line item “%(id)s”.") % {"id": row["lineItemSourcedId"]}
            return "lineItemSourcedId", wrong
        if not self.lessons.users.has_role(pupil, {"student"}):
            return "studentSourcedId", _("users.csv has no pupil with the id “%(id)s”.") % {"id": pupil}
        if row.line != self._seen.setdefault((item.key, pupil), row.line):
            return "lineItemSourcedId", _("This pupil has a score for it already.")
        return None

    def _told(self, row: Row, item: Row, maximum: Decimal, points: str) -> dict[str, Any]:
        held_on = self.bundle.day(item, "dueDate") or self.bundle.day(item, "assignDate")
        period = _period(self._periods, self._sessions.get(item["gradingPeriodSourcedId"], ""), held_on)
        category = self._categories.get(item["categorySourcedId"], "")
        return {
            "pupil_id": row["studentSourcedId"],
            "group_code": self.lessons.code_of(item["classSourcedId"]),
            "title": self._title(item, period),
            "period": period,
            "points": points,
            "max_points": maximum,
            "category": category if plain(category) in self._known_categories else None,
            "held_on": held_on,
            "weight": _weight(item),
            "line_item": item.key,
            "assessment_id": assessment_id(item.key),
        }

    def _title(self, item: Row, period: str) -> str:
        """Return the title of a line item, told apart from another of the same title in the same period."""
        title = (item["title"] or item.key)[:100]
        first = self._titles.setdefault((item["classSourcedId"], period, plain(title)), item.key)
        return title if first == item.key else f"{title[:60]} ({item.key[:36]})"

    def _maximum(self, item: Row) -> Decimal:
        """Return what a line item is out of: told, else 20 or 100, whichever its scores fit in."""
        told = _decimal(item["resultValueMax"])
        if told is not None and told > 0:
            return told.quantize(HUNDREDTH, ROUND_HALF_UP)
        return (
            LOW_MAXIMUM
            if self._highest[item.key] <= LOW_MAXIMUM
            else max(HIGH_MAXIMUM, self._highest[item.key])
        )

    def _points(self, row: Row, maximum: Decimal) -> str | None:
        """Return a grade as one types it: points, or the sign of who was exempt or handed in nothing."""
        if row["metadata.sign"].upper() in self._signs:
            return row["metadata.sign"]
        if token := STATUSES.get(plain(row["scoreStatus"])):
            return token
        if not row["score"]:
            return None
        score = _decimal(row["score"])
        if score is None or not 0 <= score <= maximum:
            wrong = _("“%(score)s” is no score out of %(maximum)s.")
            self._leave_out(row, "score", wrong % {"score": row["score"][:20], "maximum": maximum})
            return None
        return str(score.quantize(HUNDREDTH, ROUND_HALF_UP))

    def _leave_out(self, row: Row, column: str, wrong: str) -> None:
        self.bundle.remark(row, column, wrong, _("The line is left out."))


def _period(periods: list[ReportPeriod], title: str, held_on: object) -> str:
    """Return the code of the period of a line item: told by its title, else by its day, else the last."""
    if title and (known := next((period for period in periods if plain(period.name) == plain(title)), None)):
        return known.code
    if isinstance(held_on, date):
        for period in periods:
            if period.starts_on <= held_on < period.ends_on:
                return period.code
    return periods[-1].code if periods else ""


def _weight(item: Row) -> Decimal | None:
    """Return the weight that a bundle of ours tells beside the standard."""
    told = _decimal(item["metadata.weight"])
    return told if told is not None and 0 <= told <= HEAVIEST else None


def _decimal(text: str) -> Decimal | None:
    try:
        return values.decimal(text)
    except Wrong:
        return None
