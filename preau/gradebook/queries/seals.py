"""Checking seals: whether the grades of closed gradebooks still say what they said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from preau.grading.models import Closing
from preau.kit import clock
from preau.structure.models import ReportPeriod
from preau.structure.queries import school

from .. import ledger
from ..ledger import Entry, Problem, Sealed
from ..models import Grade, PastGrade, Seal

WRITTEN = ("version", "points", "token_id", "level_id", "remark", "reason", "written_by", "written_at")
OF_GRADE = ("assessment__group", "pk", "assessment", "pupil", *WRITTEN)
OF_PAST = ("grade__assessment__group", "grade", "grade__assessment", "grade__pupil", *WRITTEN)
MOST_NAMED = 20
AT_A_TIME = 5000
FORMAT = "preau ledger 1"
WORDS = {
    Problem.CHAIN: gettext_lazy("a seal before this one is missing, or another stands in its place"),
    Problem.EDITED: gettext_lazy("the seal itself was changed"),
    Problem.SIGNATURE: gettext_lazy("the signature is not that of the school"),
    Problem.GRADES: gettext_lazy("grades were changed, removed or added outside of the gradebook"),
}


def words_of_problems(problems: Iterable[Problem], grades: Iterable[str]) -> str:
    """Say what is wrong with a seal, and with which grades."""
    told, named = "; ".join(str(WORDS[problem]) for problem in problems), ", ".join(grades)
    return f"{told}: {named}" if named else told


@dataclass(frozen=True, slots=True)
class SealState:
    """A seal as it is found, what is wrong with it, and which grades no longer say what was sealed."""

    seal: Seal
    problems: list[Problem]
    grades: list[str]

    @property
    def is_intact(self) -> bool:
        return not self.problems

    @property
    def words(self) -> str:
        return words_of_problems(self.problems, self.grades)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The chain of a period as it is found."""

    period: ReportPeriod
    states: list[SealState]
    unsealed: int
    """How many gradebooks are closed without a seal: before seals were kept, or because theirs is gone."""

    @property
    def broken(self) -> list[SealState]:
        return [state for state in self.states if not state.is_intact]

    @property
    def latest(self) -> list[SealState]:
        return self.states[: -MOST_NAMED - 1 : -1]

    @property
    def words(self) -> str:
        count, broken = len(self.states), len(self.broken)
        if not count:
            return _("No seal yet: a gradebook is sealed when it is closed.")
        if broken:
            told = ngettext("%(broken)s seal is broken.", "%(broken)s seals are broken.", broken)
            return told % {"broken": broken}
        return ngettext("%(count)s seal, intact.", "%(count)s seals, all intact.", count) % {"count": count}


def ledger_of(period: ReportPeriod) -> Ledger:
    """Walk the chain of a period and compare each seal with the grades that stand. Six queries at most."""
    seals, closed = _seals_of(period), _closed_in(period)
    findings = ledger.inspect(
        map(_as_found, seals), versions_by_group(period.pk), public_key=public_key(), closed=closed
    )
    names = _names_of([key for finding in findings for key in finding.grades[:MOST_NAMED]])
    gone = _("a grade that is gone")
    states = [
        SealState(seal, finding.problems, [names.get(key, gone) for key in finding.grades[:MOST_NAMED]])
        for seal, finding in zip(seals, findings, strict=True)
    ]
    return Ledger(period, states, unsealed=len(closed - {seal.group_id for seal in seals}))


def ledger_file(period: ReportPeriod) -> dict[str, Any]:
    """Return the ledger of a period as whoever inspects it takes it away: seals, every version, names."""
    seals, versions, face = _seals_of(period), versions_by_group(period.pk), school()
    entries = [
        {"group": group, **asdict(entry)}
        for group, grades in sorted(versions.items())
        for _key, those in sorted(grades.items())
        for entry in sorted(those, key=lambda entry: entry.version)
    ]
    keys = [key for grades in versions.values() for key in grades]
    return {
        "format": FORMAT,
        "school": face.name if face else "",
        "period": period.name,
        "made_at": clock.now().isoformat(),
        "public_key": public_key(),
        "closed": sorted(_closed_in(period)),
        "seals": [asdict(_as_found(seal)) for seal in seals],
        "entries": entries,
        "grades": {str(key): name for key, name in _names_of(keys).items()},
    }


def public_key() -> str:
    """Return the key with which the seals of this school are checked."""
    return ledger.SealingKey(settings.SECRET_KEY).public


def versions_by_group(period: int, groups: Iterable[int] | None = None) -> dict[int, dict[int, list[Entry]]]:
    """Return every version of every grade of a period, by group and grade. Two queries."""
    grades: QuerySet = Grade.objects.filter(assessment__period=period)
    past: QuerySet = PastGrade.objects.filter(grade__assessment__period=period)
    if groups is not None:
        keys = list(groups)
        grades = grades.filter(assessment__group__in=keys)
        past = past.filter(grade__assessment__group__in=keys)
    found: dict[int, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for group, *facts in [*grades.values_list(*OF_GRADE), *past.values_list(*OF_PAST)]:
        entry = _entry(*facts)
        found[group][entry.grade].append(entry)
    return found


def _entry(
    grade: int,
    assessment: int,
    pupil: int,
    version: int,
    points: Decimal | None,
    token: int | None,
    level: int | None,
    remark: str,
    reason: str,
    by: int | None,
    at: datetime,
) -> Entry:
    written, moment = "" if points is None else f"{points:.2f}", at.astimezone(UTC).isoformat()
    return Entry(grade, assessment, pupil, version, written, token, level, remark, reason, by, moment)


def _seals_of(period: ReportPeriod) -> list[Seal]:
    seals = Seal.objects.filter(period=period).select_related("group__course", "sealed_by")
    return list(seals.order_by("number"))


def _closed_in(period: ReportPeriod) -> set[int]:
    return set(Closing.objects.filter(period=period, reopened_at=None).values_list("group", flat=True))


def _as_found(seal: Seal) -> Sealed:
    return Sealed(seal.claim, seal.hash, seal.signature, seal.public_key)


def _names_of(grades: list[int]) -> dict[int, str]:
    """Return what people call these grades: the assessment and the pupil. A query for every few thousand."""
    named: dict[int, str] = {}
    for start in range(0, len(grades), AT_A_TIME):
        some = Grade.objects.filter(pk__in=grades[start : start + AT_A_TIME])
        rows = some.values_list("pk", "assessment__title", "pupil__given_name", "pupil__family_name")
        named |= {key: f"{title}, {given} {family}" for key, title, given, family in rows}
    return named
