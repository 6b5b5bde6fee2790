"""What stands in a cell of a file: points with a comma or a point, a sign, nothing; or why it is no grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.grading.models import Level, Token
from preau.grading.queries import levels_by_code
from preau.kit.imports.values import Wrong, unread
from preau.kit.tables import Cell, Percent, PerhapsPercent, UnreadCell, as_text, plain

from .models import Assessment
from .typed import NotAGrade, NotALevel, SumOfItsParts, Typed, read_cell

HUNDREDTH = Decimal("0.01")
SIGNS = {
    "ABS": "abs absent absente afwezig",
    "CM": "cm certificat certificatmedical malade ziek doktersbriefje dm",
    "NR": "nr nonremis pasremis nietingediend ni nonrendu nothandedin missing",
    "EXC": "exc excuse excusee dispense dispensee vrijgesteld vrij exempt disp",
    "NE": "ne nonevalue nonevaluee nietgeevalueerd",
    "FR": "fr fraude triche",
    "ABI": "abi absencenonjustifiee onwettigafwezig",
}
"""What people write for each of the usual signs, by its code, without accents."""
NOTHING = frozenset(["-", "–", "—", ".", "…", "n/a", "na", "_"])
"""What people write in a cell to say that nothing stands in it."""


class Cells:
    """Reads cells with the signs of the school, and the words people use for them."""

    def __init__(self, tokens: Mapping[str, Token]) -> None:
        self._tokens = dict(tokens)
        self.codes = ", ".join(dict.fromkeys(token.code for token in tokens.values()))
        by_code = {token.code.upper(): token for token in tokens.values()}
        self._levels: dict[int | None, dict[str, Level]] = {}
        self._words = {plain(token.name): token for token in by_code.values()}
        for code, words in SIGNS.items():
            if code in by_code:
                self._words |= dict.fromkeys(words.split(), by_code[code])

    def read_at(
        self, assessment: Assessment, cell: Cell, *, stands: Decimal | None = None, allows_bonus: bool
    ) -> Typed:
        """
        Understand a cell as a grade of an assessment: points, or a level of its scale.

        :param stands: the points there already, which may be told again where they are the sum of parts
        :raises Wrong: when it is no grade there
        """
        typed = self._read_at(assessment, cell, stands)
        if typed.points is not None and typed.points > assessment.max_points and not allows_bonus:
            words = _("%(points)s is more than the %(out_of)s points there were.")
            raise Wrong(
                words % {"points": cote(typed.points), "out_of": cote(assessment.max_points)},
                _("Correct the points, or the maximum of the assessment."),
            )
        return typed

    def _read_at(self, assessment: Assessment, cell: Cell, stands: Decimal | None) -> Typed:
        scale = assessment.scale_id
        if scale not in self._levels:
            self._levels[scale] = levels_by_code(scale)
        levels = self._levels[scale]
        level = levels.get(" ".join(as_text(cell).split()).upper())
        typed = Typed(level=level) if level else self.read(cell, assessment.max_points)
        if assessment.composition and typed.points is not None and typed.points == stands:
            return typed
        try:
            return typed.on(assessment)
        except NotALevel as refusal:
            told = ", ".join(each.code for each in levels.values())
            remedy = _("Write one of: %(levels)s.") % {"levels": told}
            raise Wrong(_("“%(typed)s” is not on the scale.") % refusal.details, remedy) from refusal
        except SumOfItsParts as refusal:
            words = _("The grades of this assessment are the sum of their parts.")
            raise Wrong(words, _("Leave the column out, and type the parts.")) from refusal

    def read(self, cell: Cell, maximum: Decimal | None = None) -> Typed:
        """
        Understand a cell.

        :param maximum: what the assessment is out of, if it is known: `13/20` is 13 then, `75 %` is 15
        :raises Wrong: when it is no grade
        """
        if isinstance(cell, bool):
            raise self._no_grade(_("yes") if cell else _("no"))
        if isinstance(cell, UnreadCell):
            raise unread(cell)
        if isinstance(cell, PerhapsPercent):
            words = _("This workbook does not say whether %(number)s is points, or shown as %(share)s.")
            told = {"number": cote(Decimal(str(cell))), "share": as_text(Percent(cell))}
            raise Wrong(words % told, _("Save it as .xlsx or .ods, then choose that file."))
        if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, Percent):
            return Typed(points=self._rounded(cell))
        if isinstance(cell, (date, time)):
            words = _(
                "The cell holds a date or an hour, %(typed)s: the spreadsheet may have made it of points."
            )
            raise Wrong(words % {"typed": as_text(cell)[:20]}, _("Type the points again, as a number."))
        return self._read_text(" ".join(as_text(cell).replace("\u00a0", " ").split()), maximum)

    def is_grade(self, cell: Cell) -> bool:
        """Say whether a cell that holds something can be read as a grade."""
        if isinstance(cell, PerhapsPercent):
            return True
        try:
            typed = self.read(cell)
        except Wrong:
            return "/" in as_text(cell) and as_text(cell).strip()[:1].isdigit()
        return typed.points is not None or typed.token is not None

    def _read_text(self, text: str, maximum: Decimal | None) -> Typed:
        if text.casefold() in NOTHING:
            return Typed()
        if text.endswith("%"):
            return self._share(text, maximum)
        points, out_of = parts_of(text)
        if out_of is not None and maximum is not None:
            if out_of != maximum:
                words = _("“%(typed)s” is out of %(told)s, the assessment out of %(out_of)s.")
                told = {"typed": text[:30], "told": cote(out_of), "out_of": cote(maximum)}
                raise Wrong(words % told, _("Write the points out of the maximum of the assessment."))
            text = points
        if token := self._words.get(plain(text)):
            return Typed(token=token)
        number = _decimal(text)
        if number is not None and text[:1] not in "+-":
            return Typed(points=self._rounded(number))
        try:
            return read_cell(text, self._tokens)
        except NotAGrade as refusal:
            raise self._no_grade(text) from refusal

    def _share(self, text: str, maximum: Decimal | None) -> Typed:
        """Return the points that a percentage is: of what the assessment is out of."""
        share = _decimal(text.removesuffix("%"))
        if share is None:
            raise self._no_grade(text)
        return Typed(points=self._rounded(share * (maximum if maximum is not None else 100) / 100))

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


def parts_of(text: str) -> tuple[str, Decimal | None]:
    """Return the points of `13/20`, and what they are out of; of anything else the text, and nothing."""
    points, slash, out_of = text.partition("/")
    told = _decimal(out_of) if slash and _decimal(points) is not None else None
    return (points.strip(), told) if told is not None else (text, None)


def _decimal(text: str) -> Decimal | None:
    text = text.strip()
    if not text or not text.isascii() or not text.replace(",", ".").replace(".", "", 1).isdigit():
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
