"""What stands in a cell of a file: points with a comma or a point, a sign, nothing; or why it is no grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from preau.grading.models import Token
from preau.grading.queries import levels_by_code
from preau.kit.tables import Cell, as_text, plain

from ..models import Assessment
from ..typed import NotAGrade, NotALevel, SumOfItsParts, Typed, read_cell
from .vocabulary import NOTHING, SIGNS

HUNDREDTH = Decimal("0.01")


class Wrong(Exception):  # noqa: N818 – a cell is wrong; nothing failed.
    """A cell that is no grade: what is wrong, and what to do about it."""

    def __init__(self, wrong: str, remedy: str) -> None:
        self.wrong, self.remedy = wrong, remedy
        super().__init__(wrong)


class Cells:
    """Reads cells with the signs of the school, and the words people use for them."""

    def __init__(self, tokens: Mapping[str, Token]) -> None:
        self._tokens = dict(tokens)
        self.codes = ", ".join(dict.fromkeys(token.code for token in tokens.values()))
        by_code = {token.code.upper(): token for token in tokens.values()}
        self._words = {plain(token.name): token for token in by_code.values()}
        for code, words in SIGNS.items():
            if code in by_code:
                self._words |= dict.fromkeys(words, by_code[code])

    def read_at(self, assessment: Assessment, cell: Cell) -> Typed:
        """
        Understand a cell as a grade of an assessment: points, or a level of its scale.

        :raises Wrong: when it is no grade there
        """
        levels = levels_by_code(assessment.scale_id)
        level = levels.get(" ".join(as_text(cell).split()).upper())
        try:
            return (Typed(level=level) if level else self.read(cell, assessment.max_points)).on(assessment)
        except NotALevel as refusal:
            told = ", ".join(it.code for it in levels.values())
            remedy = _("Write one of: %(levels)s.") % {"levels": told}
            raise Wrong(_("“%(typed)s” is not on the scale.") % refusal.details, remedy) from refusal
        except SumOfItsParts as refusal:
            words = _("The grades of this assessment are the sum of their parts.")
            raise Wrong(words, _("Leave the column out, and type the parts.")) from refusal

    def read(self, cell: Cell, maximum: Decimal | None = None) -> Typed:
        """
        Understand a cell.

        :param maximum: what the assessment is out of, if it is known: `13/20` is 13 then
        :raises Wrong: when it is no grade
        """
        if isinstance(cell, bool):
            raise self._no_grade(_("yes") if cell else _("no"))
        if isinstance(cell, (int, float, Decimal)):
            return Typed(points=self._rounded(cell))
        if isinstance(cell, (date, time)):
            words = _(
                "The cell holds a date or an hour, %(typed)s: the spreadsheet may have made it of points."
            )
            raise Wrong(words % {"typed": as_text(cell)[:20]}, _("Type the points again, as a number."))
        return self._read_text(" ".join(as_text(cell).replace("\u00a0", " ").split()), maximum)

    def is_grade(self, cell: Cell) -> bool:
        """Say whether a cell that holds something can be read as a grade."""
        try:
            typed = self.read(cell)
        except Wrong:
            return "/" in as_text(cell) and as_text(cell).strip()[:1].isdigit()
        return typed.points is not None or typed.token is not None

    def _read_text(self, text: str, maximum: Decimal | None) -> Typed:
        if text.casefold() in NOTHING:
            return Typed()
        points, slash, out_of = text.partition("/")
        if slash and maximum is not None and _decimal(out_of) == maximum:
            text = points.strip()
        if token := self._words.get(plain(text)):
            return Typed(token=token)
        number = _decimal(text)
        if number is not None and text[:1] not in "+-":
            return Typed(points=self._rounded(number))
        try:
            return read_cell(text, self._tokens)
        except NotAGrade as refusal:
            raise self._no_grade(text) from refusal

    def _rounded(self, number: int | float | Decimal) -> Decimal:
        try:
            points = Decimal(str(number)).quantize(HUNDREDTH, ROUND_HALF_UP)
        except InvalidOperation as problem:
            raise self._no_grade(str(number)) from problem
        if points < 0 or points > 9999:
            raise self._no_grade(as_text(number))
        return points

    def _no_grade(self, typed: str) -> Wrong:
        return Wrong(
            _("“%(typed)s” is no grade.") % {"typed": typed[:30]},
            _("Write points, like 13,5, or one of: %(tokens)s.") % {"tokens": self.codes},
        )


def _decimal(text: str) -> Decimal | None:
    text = text.strip()
    if not text or not text.isascii() or not text.replace(",", ".").replace(".", "", 1).isdigit():
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
