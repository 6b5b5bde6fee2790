"""What a kind of import can take in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from preau.kit.tables import Cell, as_text, plain

from .values import Parser, Wrong, words

Words = str | Promise


@dataclass(frozen=True)
class Target:
    """One thing a kind can take in: its name in a mapping, its label on screen, the titles it is known by."""

    name: str
    label: Words
    synonyms: tuple[str, ...] = ()
    parser: Parser = words
    longest: int = 0
    help: Words = ""
    part: Words = ""
    """Under which heading it stands on the mapping screen: the pupil, the mother…"""

    def parse(self, cell: Cell) -> Any:
        """Return the value of a cell, or raise `Wrong`."""
        value = self.parser(cell)
        if self.longest and isinstance(value, str) and len(value) > self.longest:
            raise Wrong(
                _("“%(typed)s…” is longer than %(longest)d signs.")
                % {"typed": as_text(cell)[:30], "longest": self.longest},
                _("Shorten it."),
            )
        return value

    @property
    def titles(self) -> list[str]:
        """Return the column titles that name this target, without accents, case or signs."""
        return [plain(self.name), *(plain(synonym) for synonym in self.synonyms)]


@dataclass(frozen=True)
class Kind:
    """A kind of import: what it takes in and what it cannot do without."""

    key: str
    label: Words
    lead: Words
    icon: str
    source: str
    """The source a file is said to come from, unless told."""
    targets: tuple[Target, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    """Each of these groups wants at least one of its targets."""

    def target(self, name: str) -> Target | None:
        return next((target for target in self.targets if target.name == name), None)

    def named(self, name: str) -> Target:
        """Return the target of that name, which must exist."""
        target = self.target(name)
        if target is None:
            raise KeyError(name)
        return target
