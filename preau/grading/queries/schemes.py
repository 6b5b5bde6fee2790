"""Which scheme holds for which course, and what the tokens are."""

from __future__ import annotations

from copy import copy
from datetime import date

from preau.kit.memory import remember
from preau.structure.models import Course

from ..models import Scheme, Token

WHOLE_SCHOOL = (None, "")


class Schemes:
    """
    The schemes of a day. The most particular holds: a course's, else that of its year level and form, of its
    year level, of its form, of the school.
    """

    def __init__(self, on: date) -> None:
        schemes = remember(f"schemes {on}", lambda: _in_force(on))
        self.of_course = {scheme.course_id: scheme for scheme in schemes if scheme.course_id}
        self.of_part = {_part(scheme): scheme for scheme in schemes if not scheme.course_id}
        self.of_school = self.of_part.get(WHOLE_SCHOOL) or Scheme()

    def instead(self, proposed: Scheme) -> Schemes:
        """Return these schemes with a proposed one in the place of the one it would follow."""
        changed = copy(self)
        if proposed.course_id:
            changed.of_course = {**self.of_course, proposed.course_id: proposed}
        else:
            changed.of_part = {**self.of_part, _part(proposed): proposed}
            changed.of_school = changed.of_part.get(WHOLE_SCHOOL) or self.of_school
        return changed

    @property
    def any_is_cumulative(self) -> bool:
        return any(
            scheme.is_cumulative
            for scheme in [self.of_school, *self.of_course.values(), *self.of_part.values()]
        )

    def for_course(self, course: Course) -> Scheme:
        """Return the scheme of a course; the software's own defaults when the school has none."""
        level, form = course.year_level_id, course.form
        parts = ((level, form), (level, ""), (None, form))
        nearest = next((self.of_part[part] for part in parts if part in self.of_part), self.of_school)
        return self.of_course.get(course.pk) or nearest


def scheme_kept(key: int | None) -> Scheme:
    """Return the scheme a result was frozen under, even an ended one; without one the software's own."""
    return Scheme() if key is None else remember("schemes ever kept", _ever_kept)[key]


def _ever_kept() -> dict[int, Scheme]:
    return Scheme.objects.prefetch_related("category_weights", "token_rules__token").in_bulk()


def _part(scheme: Scheme) -> tuple[int | None, str]:
    """Return the part of the school a scheme is for: a year level, a form, both, or neither."""
    return scheme.year_level_id, scheme.form


def _in_force(on: date) -> list[Scheme]:
    schemes = Scheme.objects.in_force(on).order_by("pk")  # Of two for the same, the one made last holds.
    return list(schemes.prefetch_related("category_weights", "token_rules__token"))


def tokens() -> list[Token]:
    """Return the tokens of the school, in order. They are remembered: no query on an ordinary page."""
    return remember("tokens", lambda: list(Token.objects.all()))


def tokens_by_sign() -> dict[str, Token]:
    """Return each token by its sign and by the letter that types it."""
    by_key = {token.key.upper(): token for token in tokens() if token.key}
    return {token.code.upper(): token for token in tokens()} | by_key
