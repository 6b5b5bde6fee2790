"""What a teacher types in a cell, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from preau.grading.models import Level, Token
from preau.kit.refusals import Refusal

from .models import Assessment

NUMBER = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?|[.,][0-9]{1,2}")


class NotAGrade(Refusal):
    words = _("“%(typed)s” is no grade. Type points, like 13,5, or one of %(tokens)s.")


class NotPoints(Refusal):
    words = _("“%(typed)s” is no number of points. Type it like 13,5.")


class NotALevel(Refusal):
    words = _("“%(typed)s” is not on the scale. Type one of %(levels)s.")


class TooManyPoints(Refusal):
    words = _("%(points)s is more than the %(out_of)s points there were.")


class SumOfItsParts(Refusal):
    words = _("This grade is the sum of its parts: type those instead.")


@dataclass(frozen=True, slots=True)
class Typed:
    """Points, a token, a level, or nothing: what a cell is to hold."""

    points: Decimal | None = None
    token: Token | None = None
    level: Level | None = None
    is_sum: bool = False
    """Whether the points are the sum of the parts of the assessment."""

    def on(self, assessment: Assessment) -> Typed:
        """
        Return what the cell holds at this assessment: a level brings the points it is worth.

        :raises NotALevel: when the assessment is graded on a scale and this is something else
        :raises SumOfItsParts: when its grades are the sum of its parts and this was typed
        """
        if self.level is not None and self.level.scale_id == assessment.scale_id:
            return Typed(self.level.points_of(assessment.max_points), level=self.level)
        if self.level is not None or (self.points is not None and assessment.scale_id is not None):
            typed = self.level.code if self.level else f"{(self.points or Decimal(0)).normalize():f}"
            codes = (level.code for level in Level.objects.filter(scale=assessment.scale_id))
            raise NotALevel(typed=typed, levels=", ".join(codes))
        if self.points is not None and assessment.composition and not self.is_sum:
            raise SumOfItsParts
        return self


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """What was typed in a cell and is not kept, and why."""

    typed: str
    words: str


def read_cell(typed: str, tokens: Mapping[str, Token], levels: Mapping[str, Level] | None = None) -> Typed:
    """
    Understand what was typed: `13,5`, `13.5`, a token by its sign or its key, or nothing.

    Where an assessment is graded on a scale, the code of a level goes first, and there are no points.

    :param tokens: by sign and by key, upper case (see `queries.tokens_by_sign`)
    :param levels: of the scale of the assessment, by code, upper case; nothing where points are typed
    :raises NotAGrade: when it is none of these
    :raises NotPoints: when it is none of these, where there are no tokens
    :raises NotALevel: when it is none of these, on a scale
    """
    text = " ".join(typed.split())
    if not text:
        return Typed()
    if levels and (level := levels.get(text.upper())):
        return Typed(level=level)
    if token := tokens.get(text.upper()):
        return Typed(token=token)
    if levels:
        raise NotALevel(typed=text[:20], levels=", ".join(level.code for level in levels.values()))
    if NUMBER.fullmatch(text):
        return Typed(points=Decimal(text.replace(",", ".")))
    if not tokens:
        raise NotPoints(typed=text[:20])
    raise NotAGrade(typed=text[:20], tokens=", ".join(dict.fromkeys(token.code for token in tokens.values())))
