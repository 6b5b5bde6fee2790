"""The parts of a plan: where a pupil, a class and a group go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from preau.people.models import Person
from preau.structure.models import (
    OUT,
    ClassGroup,
    ClassStep,
    CourseGroup,
    PupilStep,
    TeachingAssignment,
    YearLevel,
)

NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Target:
    """A class of the next year, made already or to be made."""

    name: str
    year_level: YearLevel
    form: str
    former: ClassGroup | None
    """The class of that name in the earlier year."""
    record: ClassGroup | None
    """The class itself, if it is made already."""


@dataclass(frozen=True, slots=True)
class PupilPlan:
    """Where one pupil goes, and what was decided."""

    pupil: Person
    former: ClassGroup
    decision: str
    chosen: str
    """The class that was chosen for this pupil alone."""
    to: str
    """The name of a class, `OUT`, or nothing where it is not known."""
    placed: ClassGroup | None
    """The class of the next year in which the pupil is enrolled already."""
    has_left: bool = False
    """Whether the pupil has left that class, and the school with it."""

    @property
    def is_undecided(self) -> bool:
        return not self.decision and self.placed is None

    @property
    def leaves(self) -> bool:
        return self.to == OUT and self.placed is None

    @property
    def is_placeless(self) -> bool:
        """Say whether it is decided that the pupil stays in the school, and not in which class."""
        return bool(self.decision) and not self.to and self.placed is None

    @property
    def goes(self) -> bool:
        return bool(self.to) and self.to != OUT and self.placed is None


@dataclass(frozen=True)
class ClassPlan:
    """What becomes of a class of the earlier year and of its pupils."""

    former: ClassGroup
    is_carried: bool
    record: ClassGroup | None
    """The class of that name in the next year, if it is made already."""
    tutors: Sequence[Person]
    """Who is in charge of it from the first day."""
    own: Sequence[Person]
    """Who would be, and is whoever reads the plan: nobody ties oneself."""
    now: Sequence[str]
    """The names of those who were in charge of it when the earlier year ended."""
    to: str
    """Where those who pass go."""
    proposed: str
    """Where the names of the classes say that they go."""
    step: ClassStep | None
    """What was chosen for it, if anything was."""
    pupils: Sequence[PupilPlan] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.is_carried and self.record is None

    @property
    def passing(self) -> int:
        return self._count(PupilStep.Decision.PASSES)

    @property
    def repeating(self) -> int:
        return self._count(PupilStep.Decision.REPEATS)

    @property
    def leaving(self) -> int:
        return sum(each.leaves and each.decision != PupilStep.Decision.PASSES for each in self.pupils)

    @property
    def undecided(self) -> int:
        return sum(each.is_undecided for each in self.pupils)

    @property
    def placed(self) -> int:
        return sum(each.placed is not None for each in self.pupils)

    def _count(self, decision: str) -> int:
        return sum(each.decision == decision and each.placed is None for each in self.pupils)


@dataclass(frozen=True)
class GroupPlan:
    """A group of the earlier year that is made again, and who teaches it."""

    former: CourseGroup
    record: CourseGroup | None
    kept: Sequence[TeachingAssignment]
    """Who goes on teaching it."""
    own: Sequence[TeachingAssignment]
    """Who would, and is whoever reads the plan: nobody ties oneself."""
    stood_in: Sequence[TeachingAssignment]
    """Who stood in for a teacher when the year ended: not carried."""

    @property
    def is_new(self) -> bool:
        return self.record is None

    @property
    def is_untaught(self) -> bool:
        return self.is_new and not self.kept and not self.own


def number_of(level: YearLevel) -> int | None:
    """Return the number of a year of study: 2 of 2C, 7 of 7P."""
    found = NUMBER.search(level.code)
    return int(found.group()) if found else None


def proposed_target(former: ClassGroup, targets: Sequence[Target], levels: Iterable[YearLevel]) -> str:
    """
    Return where those who pass in a class go: the same name one year on, else the only class of that form.

    Out of the school from the last year of study; nothing where more than one could be meant, or none. Where
    studies part (a common year before a technical one, a sixth before a seventh year of qualification) the
    same letter says nothing.

    :param levels: all years of study of the school, those whose classes are not made again too
    """
    level = former.year_level
    number = number_of(level)
    if number is None:
        return ""
    above = [each for each in targets if number_of(each.year_level) == number + 1]
    if not above:
        return "" if any((number_of(each) or 0) > number for each in levels) else OUT
    alike = [each for each in above if _suffix(each.year_level) == _suffix(level)]
    rest = former.name.removeprefix(level.code)
    named = [each for each in alike if rest != former.name and each.name == f"{each.year_level.code}{rest}"]
    if len(named) == 1:
        return named[0].name
    same_form = [each for each in alike or above if former.form and each.form == former.form]
    return same_form[0].name if len(same_form) == 1 else ""


def _suffix(level: YearLevel) -> str:
    return NUMBER.sub("", level.code, count=1)
