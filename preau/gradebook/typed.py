"""What a teacher types in a cell, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal

from .models import Token

NUMBER = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?|[.,][0-9]{1,2}")


class NotAGrade(Refusal):
    words = _("“%(typed)s” is no grade. Type points, like 13,5, or one of %(tokens)s.")


class TooManyPoints(Refusal):
    words = _("%(points)s is more than the %(out_of)s points there were.")


@dataclass(frozen=True, slots=True)
class Typed:
    """Points, a token, or nothing: what a cell is to hold."""

    points: Decimal | None = None
    token: Token | None = None


def read_cell(typed: str, tokens: Mapping[str, Token]) -> Typed:
    """
    Understand what was typed: `13,5`, `13.5`, a token by its sign or its key, or nothing.

    :param tokens: by sign and by key, upper case (see `queries.tokens_by_sign`)
    :raises NotAGrade: when it is none of these
    """
    text = " ".join(typed.split())
    if not text:
        return Typed()
    if token := tokens.get(text.upper()):
        return Typed(token=token)
    if NUMBER.fullmatch(text):
        return Typed(points=Decimal(text.replace(",", ".")))
    raise NotAGrade(typed=text[:20], tokens=", ".join(dict.fromkeys(token.code for token in tokens.values())))
