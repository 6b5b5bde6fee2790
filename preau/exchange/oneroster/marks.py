"""Assessments and grades of a bundle: line items and results."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from preau.gradebook.models import Assessment
from preau.grading.models import Category, Scale
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
ITEM_COLUMNS = {
    "title": "title",
    "period": "gradingPeriodSourcedId",
    "max_points": "resultValueMax",
    "group_code": "classSourcedId",
}
COLUMNS = {
    "pupil_id": "studentSourcedId",
    "points": "score",
    "period": "gradingPeriodSourcedId",
    "max_points": "resultValueMax",
    "group_code": "classSourcedId",
}


def mark_records(bundle: Bundle, lessons: Lessons, year: SchoolYear) -> list[Record]:
    """Return a record for each line item of a bundle of ours, and for each result of one of the year."""
    marks = Marks(bundle, lessons, year)
    items = [record for row in bundle.rows("lineItems") if (record := marks.item(row))]
    return [*items, *(record for row in bundle.rows("results") if (record := marks.record(row)))]


class Marks:
    """lineItems.csv, results.csv and categories.csv."""

    def __init__(self, bundle: Bundle, lessons: Lessons, year: SchoolYear) -> None:
        self.bundle = bundle
        self.lessons = lessons
        self._items = bundle.by_key("lineItems")
        self._categories = bundle.by_key("categories")
        self._sessions = bundle.by_key("academicSessions")
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
        self._tokens = set(tokens_by_sign())
        self._levels = {code.upper() for code in level_codes().values()}
        self._scales = {scale.name: scale for scale in Scale.objects.all()}
        self._told: dict[str, dict[str, Any]] = {}
        self._said: set[str] = set()
        self._seen: dict[tuple[str, str], int] = {}
        self._titles: dict[tuple[str, str, str], str] = {}

    def item(self, row: Row) -> Record | None:
        """Return the record of a line item of ours, with or without results; nothing of another's."""
        if not row["metadata.purpose"] or row["classSourcedId"] not in self.lessons.classes:
            return None
        return Record(row.line, {"is_item": True, **self._about(row)}, ITEM_COLUMNS, row.file)

    def record(self, row: Row) -> Record | None:
        """Return the record of a result; one that names nothing we know, or is no grade, is left out."""
        if wrong := self._wrong_in(row):
            self._leave_out(row, *wrong)
            return None
        item = self._items[row["lineItemSourcedId"]]
        maximum = self._maximum(item)
        points = self._points(row, item, maximum)
        if points is None:
            return None
        told = {"pupil_id": row["studentSourcedId"], "points": points, **self._about(item)}
        return Record(row.line, told, COLUMNS, row.file)

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

    def _about(self, item: Row) -> dict[str, Any]:
        """Return what a line item tells of its assessment."""
        if item.key not in self._told:
            self._told[item.key] = self._described(item)
        return self._told[item.key]

    def _described(self, item: Row) -> dict[str, Any]:
        held_on = self.bundle.day(item, "dueDate") or self.bundle.day(item, "assignDate")
        period = self._period(item, held_on)
        purpose = item["metadata.purpose"]
        return {
            "group_code": self.lessons.code_of(item["classSourcedId"]),
            "title": self._title(item, period),
            "period": period,
            "max_points": self._maximum(item),
            "category": self._category(item),
            "held_on": held_on,
            "weight": _weight(item),
            "purpose": purpose if purpose in Assessment.Purpose.values else None,
            "counts_from": self.bundle.day(item, "metadata.countsFrom"),
            "is_neutralised": item["metadata.neutralised"] == "true",
            "scale": self._scale(item),
            "line_item": item.key,
            "assessment_id": assessment_id(item.key),
        }

    def _category(self, item: Row) -> str | None:
        """Return the category of a line item: by its code or name, else one that feeds the same part."""
        row = self._categories.get(item["categorySourcedId"])
        if row is None:
            return None
        told = [row["metadata.code"], row["title"]]
        if known := next((word for word in told if plain(word) in self._known_categories), None):
            return known
        if row["metadata.component"] in Category.Component.values:
            words = _("There is no category “%(name)s”: another that feeds the same part is taken.")
            self._once(row, "title", words % {"name": row["title"]})
            return row["metadata.component"]
        return None

    def _scale(self, item: Row) -> Scale | None:
        """Return the scale of a line item; one the school does not have is told."""
        name = item["metadata.scale"]
        if name and name not in self._scales:
            words = _("There is no scale “%(name)s”: what is graded in its levels is left out.")
            self._once(
                item, "metadata.scale", words % {"name": name}, _("Make the scale first, then bring again.")
            )
        return self._scales.get(name)

    def _period(self, item: Row, held_on: object) -> str:
        """Return the code of the period of a line item; when only its day tells, that is said."""
        session = self._sessions.get(item["gradingPeriodSourcedId"])
        title = session["title"] if session else ""
        period = period_of(self._periods, title, held_on)
        if period is not None and title and plain(period.name) != plain(title):
            words = _("There is no report period “%(title)s”: by its day this goes to “%(period)s”.")
            self._once(item, "gradingPeriodSourcedId", words % {"title": title, "period": period.name})
        return period.code if period else ""

    def _once(self, row: Row, column: str, wrong: str, remedy: str = "") -> None:
        """Remark something that many rows share, once."""
        if wrong not in self._said:
            self._said.add(wrong)
            self.bundle.remark(row, column, wrong, remedy)

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

    def _points(self, row: Row, item: Row, maximum: Decimal) -> str | None:
        """Return a grade as one types it: points, or the sign of who was exempt or handed in nothing."""
        sign = row["metadata.sign"].upper()
        if sign in self._tokens:
            return row["metadata.sign"]
        if scale := item["metadata.scale"]:
            return row["metadata.sign"] if scale in self._scales and sign in self._levels else None
        if sign and sign not in self._levels:
            words = _("There is no sign “%(sign)s”: what the standard says of it is taken.")
            self._once(row, "metadata.sign", words % {"sign": row["metadata.sign"]})
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


def period_of(periods: list[ReportPeriod], title: str, held_on: object) -> ReportPeriod | None:
    """Return the period of a line item: told by its title, else by its day, else the last."""
    if title and (known := next((period for period in periods if plain(period.name) == plain(title)), None)):
        return known
    if isinstance(held_on, date):
        for period in periods:
            if period.starts_on <= held_on < period.ends_on:
                return period
    return periods[-1] if periods else None


def _weight(item: Row) -> Decimal | None:
    """Return the weight that a bundle of ours tells beside the standard."""
    told = _decimal(item["metadata.weight"])
    return told if told is not None and 0 <= told <= HEAVIEST else None


def _decimal(text: str) -> Decimal | None:
    try:
        return values.decimal(text)
    except Wrong:
        return None
