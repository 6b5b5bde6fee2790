"""Who a line is about: by number or by exact name; otherwise the likeliest are proposed, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from preau.kit.imports.values import bare as bare_number
from preau.people.imports.values import PARTICLES
from preau.people.models import ExternalId, Person, name_for_sorting

ALIKE, WORTH_A_LOOK, INITIAL = 0.72, 0.5, 0.9
MOST_PROPOSED = 5


@dataclass(frozen=True, slots=True)
class Match:
    """The pupil of a line; or, when nobody is sure, those it may be, the likeliest first."""

    pupil: Person | None = None
    candidates: list[Person] = field(default_factory=list)
    is_likely: bool = False
    """Whether the first candidate is so much alike that somebody has to decide."""
    is_told_twice: bool = False
    """Whether the number says one pupil and the name another."""


class Pupils:
    """The pupils of a sheet, found by what files call them. Two queries."""

    def __init__(self, pupils: Sequence[Person]) -> None:
        self.by_key = {pupil.pk: pupil for pupil in pupils}
        self._words = {pupil.pk: _words_of(pupil) for pupil in pupils}
        self._names: defaultdict[str, set[int]] = defaultdict(set)
        self._bare_names: defaultdict[str, set[int]] = defaultdict(set)
        for pupil in pupils:
            for given in {pupil.given_name, pupil.called}:
                for name in (f"{pupil.family_name} {given}", f"{given} {pupil.family_name}"):
                    self._names[_in_one(name)].add(pupil.pk)
                    self._names[_sorted(name)].add(pupil.pk)
                    self._bare_names[_sorted(name, bare=True)].add(pupil.pk)
        self._numbers: defaultdict[str, set[int]] = defaultdict(set)
        for key, value in ExternalId.objects.filter(person__in=self.by_key).values_list("person", "value"):
            self._numbers[bare_number(value)].add(key)

    def knows_number(self, text: str) -> bool:
        return bare_number(text) in self._numbers

    def named(self, name: str) -> Person | None:
        """Return the only pupil of exactly this name: accents, case, order and particles do not matter."""
        if not (words := name_for_sorting(name)):
            return None
        for keys in (
            self._names.get(_sorted(words), set()) | self._names.get(_in_one(words), set()),
            self._bare_names.get(_sorted(words, bare=True), set()),
        ):
            if keys:
                return self.by_key[min(keys)] if len(keys) == 1 else None
        return None

    def find(self, name: str, number: str = "", *, key: str = "") -> Match:
        """Say who a line is about, from its name, its number, and the key of our own exports."""
        told = self._by_number(number, key)
        named = self.named(name)
        if told and (named == told or not (named or self._is_another(told, name))):
            return Match(told)
        if told:
            return Match(None, _once([told, *([named] if named else [])]), True, True)
        if named:
            return Match(named)
        scored = sorted(
            ((self._likeness(pupil, name), pupil.sort_name, key) for key, pupil in self.by_key.items()),
            key=lambda known: (-known[0], known[1]),
        )
        best = [known for known in scored[:MOST_PROPOSED] if known[0] >= WORTH_A_LOOK]
        return Match(None, [self.by_key[key] for _s, _n, key in best], bool(best) and best[0][0] >= ALIKE)

    def _by_number(self, number: str, key: str) -> Person | None:
        if key.isascii() and key.isdigit() and len(key) < 19 and int(key) in self.by_key:
            return self.by_key[int(key)]
        found = self._numbers.get(bare_number(number), set()) if number.strip() else set()
        return self.by_key[next(iter(found))] if len(found) == 1 else None

    def _is_another(self, pupil: Person, name: str) -> bool:
        """Say whether a name has no word of a pupil's: a sister's has one, and is found by the whole name."""
        words = set(name_for_sorting(name).split())
        return bool(words) and not (self._words[pupil.pk] - PARTICLES) & words

    def _likeness(self, pupil: Person, name: str) -> float:
        """Return from 0 to 1 how much a name is like a pupil's: misspelt, shortened, in part."""
        typed = [word for word in name_for_sorting(name).split() if word not in PARTICLES]
        words = [word for word in self._words[pupil.pk] if word not in PARTICLES]
        if not typed or not words:
            return 0
        by_word = sum(max(_alike(word_typed, word) for word in words) for word_typed in typed) / len(typed)
        found = sum(max(_alike(word_typed, word) for word_typed in typed) for word in words) / len(words)
        return 0.6 * by_word + 0.4 * found


def _alike(typed: str, word: str) -> float:
    if len(typed) == 1:
        return INITIAL if word.startswith(typed) else 0
    return SequenceMatcher(None, typed, word).ratio()


def _words_of(pupil: Person) -> set[str]:
    return set(name_for_sorting(pupil.family_name, pupil.given_name, pupil.called).split())


def _sorted(name: str, *, bare: bool = False) -> str:
    words = name_for_sorting(name).split()
    return " ".join(sorted(word for word in words if not bare or word not in PARTICLES))


def _in_one(name: str) -> str:
    return name_for_sorting(name).replace(" ", "")


def _once(pupils: Iterable[Person]) -> list[Person]:
    return list({pupil.pk: pupil for pupil in pupils}.values())
