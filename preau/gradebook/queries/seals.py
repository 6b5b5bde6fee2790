"""Checking seals: whether closed gradebooks still say what they said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from preau.grading.models import Closing, CourseResult
from preau.kit.signatures import known_keys
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from .. import ledger
from ..ledger import CLOSED, PURPOSE, Problem, Sealed
from ..models import Assessment, Comment, Grade, Seal, SealRegister, SubGrade
from .sealed import held_by_group
from .sealed_names import names_of_grades, names_of_things

MOST_NAMED = 20
WORDS = {
    Problem.CHAIN: gettext_lazy("a seal before this one is missing, or another stands in its place"),
    Problem.EDITED: gettext_lazy("the seal itself was changed"),
    Problem.SIGNATURE: gettext_lazy("the signature is not that of the school"),
    Problem.GRADES: gettext_lazy("grades were changed, removed or added outside of the gradebook"),
    Problem.THINGS: gettext_lazy("results, or what they are made of, were changed outside of the gradebook"),
    Problem.CLOSING: gettext_lazy("it was closed or reopened outside of the gradebook"),
    Problem.END: gettext_lazy(
        "The last seals of this period are gone, or others were added outside of the gradebook."
    ),
    Problem.REGISTER: gettext_lazy(
        "The register that says where the chain of each period ends is missing, or was changed."
    ),
}


def words_of_problems(problems: Iterable[Problem], named: Iterable[str]) -> str:
    """Say what is wrong with a seal, and with which grades and other things."""
    told, names = "; ".join(str(WORDS[problem]) for problem in problems), ", ".join(named)
    return f"{told}: {names}" if names else told


def words_of_end(problems: Iterable[Problem]) -> list[str]:
    """Say what is wrong with the end of a chain."""
    return [str(WORDS[problem]) for problem in problems]


@dataclass(frozen=True, slots=True)
class SealState:
    """A seal as it is found, what is wrong with it, and what no longer says what was sealed."""

    seal: Seal
    problems: list[Problem]
    grades: list[str]
    things: list[str] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        return not self.problems

    @property
    def words(self) -> str:
        return words_of_problems(self.problems, [*self.grades, *self.things])

    @property
    def erased(self) -> str:
        """Say what this seal says is gone because it was kept long enough; nothing for other seals."""
        if self.seal.act != Seal.Act.ERASED:
            return ""
        grades, comments = len(self.seal.covers), _comments_gone(self.seal)
        told = [
            ngettext("%(n)s grade", "%(n)s grades", grades) % {"n": grades} if grades else "",
            ngettext("%(n)s comment", "%(n)s comments", comments) % {"n": comments} if comments else "",
        ]
        return ", ".join(filter(None, told))


def _comments_gone(seal: Seal) -> int:
    return sum(1 for name, mark in seal.holds.items() if name.startswith("comment ") and not mark)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The chain of a period as it is found."""

    period: ReportPeriod
    states: list[SealState]
    unsealed: int
    """How many gradebooks are closed without a seal: before seals were kept, or because theirs is gone."""
    ends: list[Problem] = field(default_factory=list)
    """What is wrong with the end of the chain."""
    grades_only: int = 0
    """How many closed gradebooks have a seal of the first format, which holds their grades alone."""

    @property
    def broken(self) -> list[SealState]:
        return [state for state in self.states if not state.is_intact]

    @property
    def is_intact(self) -> bool:
        return not self.ends and not self.broken

    @property
    def latest(self) -> list[SealState]:
        return self.states[: -MOST_NAMED - 1 : -1]

    @property
    def end_words(self) -> list[str]:
        return words_of_end(self.ends)

    @property
    def words(self) -> str:
        count, broken = len(self.states), len(self.broken)
        if broken:
            told = ngettext("%(broken)s seal is broken.", "%(broken)s seals are broken.", broken)
            return told % {"broken": broken}
        if self.ends:
            return " ".join(self.end_words)
        if not count:
            return _("No seal yet: a gradebook is sealed when it is closed.")
        return ngettext("%(count)s seal, intact.", "%(count)s seals, all intact.", count) % {"count": count}


def ledger_of(period: ReportPeriod, *, keys: Collection[str] | None = None) -> Ledger:
    """
    Walk the chain of a period and compare each seal with what stands. As many queries for any number.

    :param keys: the public keys that are trusted, when not those that the school has
    """
    seals, keys = seals_of(period), keys or public_keys()
    found, held = list(map(as_found, seals)), held_by_group(period.pk)
    findings = ledger.inspect(found, held, keys=keys)
    grades = names_of_grades([key for finding in findings for key in finding.grades[:MOST_NAMED]])
    things = names_of_things([name for finding in findings for name in finding.things[:MOST_NAMED]])
    gone = _("a grade that is gone")
    states = [
        SealState(
            seal,
            finding.problems,
            [grades.get(key, gone) for key in finding.grades[:MOST_NAMED]],
            [things[name] for name in finding.things[:MOST_NAMED]],
        )
        for seal, finding in zip(seals, findings, strict=True)
    ]
    closed = closed_in(period)
    last = {seal.group_id: seal for seal in seals if seal.act == CLOSED}
    return Ledger(
        period,
        states,
        unsealed=len(closed - last.keys()),
        ends=ledger.end_of(found, register_found(), period=period.pk, keys=keys),
        grades_only=sum(1 for group, seal in last.items() if group in closed and seal.format == 1),
    )


OF_CHAIN = frozenset({Problem.CHAIN, Problem.EDITED, Problem.SIGNATURE})


def chain_holds(period: ReportPeriod) -> bool:
    """Say whether the chain of a period is whole, whatever its seals say of what gradebooks hold."""
    found, keys = list(map(as_found, seals_of(period))), public_keys()
    if any(ledger.end_of(found, register_found(), period=period.pk, keys=keys)):
        return False
    return all(OF_CHAIN.isdisjoint(finding.problems) for finding in ledger.inspect(found, {}, keys=keys))


def gradebook_holds(period: ReportPeriod, group: int) -> bool:
    """Say whether a gradebook still holds what its own seals say; the chain is asked apart."""
    found = list(map(as_found, Seal.objects.filter(period=period, group=group).order_by("number")))
    held = held_by_group(period.pk, [group])
    findings = ledger.inspect(found, held, keys=public_keys())
    return all(set(finding.problems) <= {Problem.CHAIN} for finding in findings)


def erased_on(group: CourseGroup, period: ReportPeriod) -> datetime | None:
    """Return when tests or comments of a gradebook were last erased because they were kept long enough."""
    erased = Seal.objects.filter(group=group, period=period, act=Seal.Act.ERASED)
    return erased.order_by("-number").values_list("sealed_at", flat=True).first()


def was_erased(period: ReportPeriod) -> bool:
    """Say whether tests or comments of a period were erased because they were kept long enough."""
    return Seal.objects.filter(period=period, act=Seal.Act.ERASED).exists()


def public_keys() -> tuple[str, ...]:
    """Return the keys with which the seals of this school are checked: today's, then former ones."""
    return known_keys(PURPOSE)


def seals_of(period: ReportPeriod) -> list[Seal]:
    seals = Seal.objects.filter(period=period).select_related("group__course", "sealed_by")
    return list(seals.order_by("number"))


def seals_with_keys(periods: Iterable[int]) -> list[Sealed]:
    """Return the seals of periods as they are found, by the keys of the periods."""
    return list(map(as_found, Seal.objects.filter(period__in=list(periods)).order_by("period", "number")))


def register_found() -> Sealed | None:
    """Return the register of where chains end, as it is found."""
    register = SealRegister.objects.first()
    return None if register is None else as_found(register)


def closed_in(period: ReportPeriod) -> set[int]:
    return set(Closing.objects.filter(period=period, reopened_at=None).values_list("group", flat=True))


def as_found(signed: Seal | SealRegister) -> Sealed:
    return Sealed(signed.claim, signed.hash, signed.signature, signed.public_key)


def is_named_in_a_seal(person: Person) -> bool:
    """Say whether seals may name a person: as a pupil, or as whoever wrote, closed or decided."""
    same = Exists(Seal.objects.filter(group=OuterRef("group"), period=OuterRef("period")))
    graded = Grade.objects.filter(Q(pupil=person) | Q(written_by=person) | Q(past__written_by=person))
    decided = CourseResult.objects.filter(Q(pupil=person) | Q(chosen_by=person) | Q(deliberated_by=person))
    closed = Closing.objects.filter(Q(closed_by=person) | Q(reopened_by=person))
    said = Comment.objects.filter(Q(pupil=person) | Q(written_by=person))
    rated = SubGrade.objects.filter(Q(pupil=person) | Q(written_by=person) | Q(past__written_by=person))
    left_out = Assessment.objects.filter(neutralised_by=person)
    same_book = Q(group=OuterRef("assessment__group"), period=OuterRef("assessment__period"))
    return (
        Seal.objects.filter(sealed_by=person).exists()
        or graded.filter(Exists(Seal.objects.filter(same_book))).exists()
        or decided.filter(same).exists()
        or closed.filter(same).exists()
        or said.filter(same).exists()
        or left_out.filter(same).exists()
        or rated.filter(Exists(Seal.objects.filter(same_book))).exists()
    )
