"""The ledger of a period as a file: taken away, and checked without the school."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from preau.kit import clock
from preau.structure.models import ReportPeriod
from preau.structure.queries import school

from .. import ledger
from ..ledger import CLOSING, Entry, Finding, Held, Problem, Sealed
from .sealed import as_line, marks_of, things_by_group, versions_by_group
from .sealed_names import names_of_grades, names_of_things
from .seals import as_found, closed_in, public_keys, register_found, seals_of

FORMAT = "preau ledger 2"


class NotALedger(ValueError):  # noqa: N818 – what is wrong, said as it is.
    """A file is not the ledger of a period."""

    def __init__(self) -> None:
        super().__init__(_("This is not the ledger of a period."))


@dataclass(frozen=True, slots=True)
class TakenLedger:
    """A ledger that was taken away, as it is read from its file."""

    period: str
    period_key: int
    seals: list[Sealed]
    held: dict[int, Held]
    register: Sealed | None
    keys: tuple[str, ...]
    """Those it names itself."""
    names: dict[str, str]
    """What people call grades and other things."""
    is_of_first_format: bool

    def inspect(self, keys: Collection[str]) -> list[Finding]:
        return ledger.inspect(self.seals, self.held, keys=keys)

    def end(self, keys: Collection[str]) -> list[Problem]:
        """Say what is wrong with the end of the chain. The first format does not tell where it ends."""
        if self.is_of_first_format:
            return []
        return ledger.end_of(self.seals, self.register, period=self.period_key, keys=keys)

    def name_of(self, key: str) -> str:
        return self.names.get(key, key)


def ledger_file(period: ReportPeriod) -> dict[str, Any]:
    """Return the ledger of a period as whoever inspects it takes it away: seals, all they hold, names."""
    versions, face = versions_by_group(period.pk), school()
    things, register = things_by_group(period.pk, None, versions), register_found()
    today, *former = public_keys()
    grades = names_of_grades([key for of_group in versions.values() for key in of_group])
    named = names_of_things({name for of_group in things.values() for name in of_group})
    return {
        "format": FORMAT,
        "school": face.name if face else "",
        "period": period.name,
        "period_key": period.pk,
        "made_at": clock.now().isoformat(),
        "public_key": today,
        "former_keys": former,
        "closed": sorted(closed_in(period)),
        "register": asdict(register) if register else None,
        "seals": [asdict(as_found(seal)) for seal in seals_of(period)],
        "entries": [
            as_line(group, entry)
            for group, of_group in sorted(versions.items())
            for _key, entries in sorted(of_group.items())
            for entry in sorted(entries, key=lambda entry: entry.version)
        ],
        "things": [
            {"group": group, "name": name, "says": says}
            for group, of_group in sorted(things.items())
            for name, says in sorted(of_group.items())
        ],
        "grades": {str(key): name for key, name in grades.items()},
        "names": named,
    }


def read_ledger(content: Any) -> TakenLedger:
    """
    Read a ledger that was taken away as a file, of today's format or of the first.

    :raises NotALedger: when it is no such file
    """
    try:
        return _read(content)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise NotALedger from problem


def _read(content: Mapping[str, Any]) -> TakenLedger:
    seals = [_seal(facts) for facts in content["seals"]]
    grades: dict[int, dict[int, list[Entry]]] = {}
    for line in content["entries"]:
        entry = Entry(**{name: value for name, value in line.items() if name != "group"})
        grades.setdefault(line["group"], {}).setdefault(entry.grade, []).append(entry)
    things: dict[int, dict[str, Any]] = {}
    for line in content.get("things", ()):
        things.setdefault(line["group"], {})[line["name"]] = line["says"]
    is_first = "things" not in content
    if is_first:
        things = {group: {CLOSING: {}} for group in content["closed"]}
    register = content.get("register")
    return TakenLedger(
        period=str(content.get("period", "")),
        period_key=int(content.get("period_key", 0)),
        seals=seals,
        held={
            group: Held(grades.get(group, {}), marks_of(things.get(group, {})))
            for group in grades.keys() | things.keys()
        },
        register=None if register is None else _register(register),
        keys=(content["public_key"], *content.get("former_keys", ())),
        names={**content.get("grades", {}), **content.get("names", {})},
        is_of_first_format=is_first,
    )


def _seal(facts: Mapping[str, Any]) -> Sealed:
    """Read a seal, and look whether all that a check needs of it is there."""
    seal = Sealed(**facts)
    numbers = [seal.claim[name] for name in ("period", "group", "number")]
    marks = [*seal.holds.values(), *(mark for _version, mark in seal.claim["covers"].values())]
    texts = [seal.claim["previous"], seal.act, seal.hash, seal.signature, seal.public_key, *marks]
    versions = [version for version, _mark in seal.claim["covers"].values()] + list(
        map(int, seal.claim["covers"])
    )
    if {*map(type, [*numbers, *versions])} - {int} or {*map(type, texts)} - {str}:
        raise NotALedger
    return seal


def _register(facts: Mapping[str, Any]) -> Sealed:
    register = Sealed(**facts)
    register.claim["ends"].items()
    return register


def replaced_since(earlier: TakenLedger, seals: Collection[Sealed]) -> list[int]:
    """Return the numbers of the seals of an earlier ledger that are gone, or replaced by others."""
    today = {seal.claim["number"]: seal.hash for seal in seals}
    return [seal.claim["number"] for seal in earlier.seals if today.get(seal.claim["number"]) != seal.hash]
