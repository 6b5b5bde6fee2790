"""Which scheme holds for which course, and what the tokens are."""

from __future__ import annotations

from copy import copy
from datetime import date

from preau.structure.memory import remember
from preau.structure.models import Course

from ..models import Scheme, Token


class Schemes:
    """The schemes of a day: a course's goes before its year level's, and that before the school's."""

    def __init__(self, on: date) -> None:
        schemes = remember(f"schemes {on}", lambda: _in_force(on))
        self.of_course = {scheme.course_id: scheme for scheme in schemes if scheme.course_id}
        self.of_level = {scheme.year_level_id: scheme for scheme in schemes if not scheme.course_id}
        self.of_school = self.of_level.get(None) or Scheme()

    def instead(self, proposed: Scheme) -> Schemes:
        """Return these schemes with a proposed one in the place of the one it would follow."""
        changed = copy(self)
        if proposed.course_id:
            changed.of_course = {**self.of_course, proposed.course_id: proposed}
        else:
            changed.of_level = {**self.of_level, proposed.year_level_id: proposed}
            changed.of_school = changed.of_level.get(None) or self.of_school
        return changed

    @property
    def any_is_cumulative(self) -> bool:
        return any(
            it.is_cumulative for it in [self.of_school, *self.of_course.values(), *self.of_level.values()]
        )

    def for_course(self, course: Course) -> Scheme:
        """Return the scheme of a course; the software's own defaults when the school has none."""
        return self.of_course.get(course.pk) or self.of_level.get(course.year_level_id) or self.of_school


def _in_force(on: date) -> list[Scheme]:
    schemes = Scheme.objects.in_force(on).order_by("starts_on", "pk")
    return list(schemes.prefetch_related("category_weights", "token_rules__token"))


def tokens() -> list[Token]:
    """Return the tokens of the school, in order. They are remembered: no query on an ordinary page."""
    return remember("tokens", lambda: list(Token.objects.all()))


def tokens_by_sign() -> dict[str, Token]:
    """Return each token by its sign and by the letter that types it."""
    by_key = {token.key.upper(): token for token in tokens() if token.key}
    return {token.code.upper(): token for token in tokens()} | by_key
