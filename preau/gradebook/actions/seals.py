"""Sealing gradebooks as they are closed, and what happens to them afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from preau.kit.signatures import SigningKey, signing_key
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from .. import ledger
from ..ledger import Held
from ..models import Assessment, Seal, SealRegister
from ..queries.sealed import closings_of_group, decisions_of_council, held_by_group, versions_of


def seal_gradebooks(
    *, period: ReportPeriod, groups: Iterable[int], by: Person | None, at: datetime
) -> list[Seal]:
    """
    Seal what the gradebooks of some groups hold, one link of the period's chain each.

    Whoever calls holds the groups, within a transaction: nobody writes in them meanwhile.
    """
    chain = _Chain.held(period, by, at)
    keys = sorted(groups)
    held = held_by_group(period.pk, keys)
    for key in keys:
        book = held.get(key, Held())
        chain.add(Seal.Act.CLOSED, key, covers=ledger.covers_of(book.grades), holds=book.things)
    return chain.keep()


def seal_reopening(
    *, group: CourseGroup, period: ReportPeriod, because: str, by: Person, at: datetime
) -> None:
    """Seal that a gradebook is open again, with who closed and who reopened it."""
    chain = _Chain.held(period, by, at)
    chain.add(Seal.Act.REOPENED, group.pk, holds=closings_of_group(period.pk, group.pk), because=because)
    chain.keep()


def seal_decision(
    *, group: CourseGroup, period: ReportPeriod, pupil: Person, because: str, by: Person, at: datetime
) -> None:
    """Seal what a council has decided about a pupil: it may do so once the gradebook is closed."""
    chain = _Chain.held(period, by, at)
    holds = decisions_of_council(period.pk, group.pk, pupil.pk)
    chain.add(Seal.Act.DECIDED, group.pk, holds=holds, because=because)
    chain.keep()


def seal_removal(*, assessment: Assessment, by: Person | None, at: datetime) -> None:
    """
    Seal that a test is removed with its emptied grades, before it is; not where nothing was ever sealed.

    What earlier seals cover of it may be gone from now on, and nothing else.
    """
    versions = versions_of(assessment)
    sealed = Seal.objects.filter(period=assessment.period_id, group=assessment.group_id)
    if versions and sealed.exists():
        chain = _Chain.held(assessment.period, by, at)
        chain.add(Seal.Act.REMOVED, assessment.group_id, covers=ledger.covers_of(versions))
        chain.keep()


def seal_erasure(*, group: int, period: ReportPeriod, before: Held, after: Held, at: datetime) -> None:
    """
    Seal that a part of a gradebook is erased, which was kept long enough: what it held before and after.

    Earlier seals may find the grades gone from now on, and what changed with them as it is after.
    """
    gone = {key: versions for key, versions in before.grades.items() if key not in after.grades}
    changed = {
        name: after.things.get(name, "")
        for name, mark in before.things.items()
        if after.things.get(name) != mark
    }
    chain = _Chain.held(period, None, at)
    chain.add(Seal.Act.ERASED, group, covers=ledger.covers_of(gone), holds=changed)
    chain.keep()


@dataclass(slots=True)
class _Chain:
    """The chain of a period while links are added: held, so that two who seal at once take their turns."""

    period: ReportPeriod
    by: Person | None
    at: datetime
    number: int
    previous: str
    key: SigningKey
    links: list[Seal]

    @classmethod
    def held(cls, period: ReportPeriod, by: Person | None, at: datetime) -> _Chain:
        ReportPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
        last = Seal.objects.filter(period=period).order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, "")
        return cls(period, by, at, number, previous, signing_key(ledger.PURPOSE), [])

    def add(
        self,
        act: Seal.Act,
        group: int,
        *,
        covers: ledger.Covers | None = None,
        holds: Mapping[str, str] | None = None,
        because: str = "",
    ) -> None:
        self.number += 1
        seal = Seal(
            period=self.period,
            group_id=group,
            number=self.number,
            previous=self.previous,
            act=act,
            covers=covers or {},
            holds=dict(holds or {}),
            because=because,
            sealed_by=self.by,
            sealed_at=self.at,
        )
        self._sign(seal)
        self.previous = seal.hash
        self.links.append(seal)

    def keep(self) -> list[Seal]:
        """Keep the links, and write in the register where the chain ends now."""
        if not self.links:
            return []
        kept = Seal.objects.bulk_create(self.links, batch_size=200)
        register, _is_new = SealRegister.objects.select_for_update().get_or_create(pk=1)
        register.ends[str(self.period.pk)] = [self.number, self.previous]
        self._sign(register)
        register.save()
        return kept

    def _sign(self, signed: Any) -> None:
        signed.hash = ledger.hash_of(signed.claim)
        signed.signature, signed.public_key = self.key.sign(signed.hash), self.key.public
