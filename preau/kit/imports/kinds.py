"""
The kinds of import: what each takes in, and how it is read and brought in.

Each app declares its own in `imports`; the screens, the console and the guide only iterate.

    declare(TableKind(key="staff", label=_("Staff"), …, targets=(Target("email", …), …), bring=bring_staff))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, BinaryIO, ClassVar, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.kit.tables import Cell, Table, UnreadCell, as_text, plain, read_table

from .asides import is_aside
from .mappings import Spec, check_against, mapping_of, propose
from .mappings.templates import fill_counters
from .records import read_records
from .values import Parser, Wrong, unread, words
from .work import Import

Words = str | Promise
LONGEST_SOURCE = 40


class NoSuchKind(Refusal):
    words = gettext_lazy("“%(kind)s” is no kind of import. The kinds are: %(kinds)s.")


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
    is_called_by_part: bool = False
    """Whether its label alone would not say of whom: the phone of the mother, of the father."""

    @property
    def called(self) -> str:
        """Return what it is called in a list."""
        return f"{self.part} · {self.label}" if self.is_called_by_part else str(self.label)

    def parse(self, cell: Cell) -> Any:
        """Return the value of a cell, or raise `Wrong`."""
        if isinstance(cell, UnreadCell):
            raise unread(cell)
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


@dataclass
class BroughtFile:
    """A file as somebody brought it, and what is said of its columns."""

    path: Path
    name: str
    mapping: Spec | Path | None = None
    """A mapping, a file that holds one, or nothing: then `propose` guesses it."""
    propose: Callable[[TableKind, Table], Spec] | None = None
    progress: Progress = field(default=nobody_watches)


@dataclass(frozen=True)
class Contents:
    """What was read of a file: what its kind brings in, and where it comes from."""

    what: Any
    source: str
    makes_missing: bool = True
    left_out: tuple[str, ...] = ()
    """The columns from which nothing is read."""
    asides: tuple[int, ...] = ()
    """The lines that are about nobody: totals, the day of printing."""
    is_told: bool = False
    """Whether a mapping file says what the columns are: what it leaves out, it leaves out on purpose."""


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """A kind of file, whatever its form."""

    key: str
    label: Words
    lead: Words
    rank: int
    """Its place in the order in which a school brings its files."""
    bring: Callable[[Import, Any], None]
    """
    Compares what was read with what the school knows, tells it, and writes it, inside the transaction it is
    called in. A trial does the same and is rolled back: what it accepts can be applied.
    """
    has_columns: ClassVar[bool] = False
    """Whether people match its columns before it is compared."""

    def read(self, file: BroughtFile) -> Contents:
        """Read a file; raise `Refusal` when nobody could."""
        raise NotImplementedError

    def check(self, file: BinaryIO, name: str) -> None:
        """Refuse at once a file that nobody could read."""
        raise NotImplementedError


@dataclass(frozen=True)
class Repeat:
    """Several columns may each hold the same thing once more: the grades of one assessment."""

    label: Words
    value: str
    """The target such a column fills; its title fills `title`, what is asked beside it the two others."""
    title: str
    choice: str
    choices: Callable[[], list[tuple[str, str]]]
    number: str
    usual_number: Callable[[Table, str], int]


@dataclass(frozen=True, kw_only=True)
class TableKind(ImportKind):
    """A kind of file that is one table: its columns are matched with what it takes in."""

    source: str
    """The source a file is said to come from, unless told."""
    targets: tuple[Target, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    """Each of these groups wants at least one of its targets."""
    may_make_missing: bool = False
    """Whether what a line only names (a course, a group) may be made when it does not exist."""
    repeat: Repeat | None = None
    has_columns: ClassVar[bool] = True

    def target(self, name: str) -> Target | None:
        return next((target for target in self.targets if target.name == name), None)

    def named(self, name: str) -> Target:
        """Return the target of that name, which must exist."""
        target = self.target(name)
        if target is None:
            raise KeyError(name)
        return target

    def read(self, file: BroughtFile) -> Contents:
        """Read the rows of a file as its mapping says."""
        told = mapping_of(file.mapping, self)
        table = self.table(file, told)
        spec = told or (file.propose(self, table) if file.propose else propose(self, table))
        spec = check_against(spec, table, self)
        records = read_records(table, spec, self, name=file.name, progress=file.progress)
        read = {column for _name, place in spec.every_place for column in place.columns}
        left_out = tuple(column for column in table.columns if column not in read)
        source = fill_counters(spec.source, {"file": PurePath(file.name).stem})[:LONGEST_SOURCE]
        asides = tuple(line for line, cells in table.records() if is_aside(cells))
        return Contents(
            records, source, spec.create_missing, left_out, asides, is_told=isinstance(file.mapping, Path)
        )

    def table(self, file: BroughtFile, spec: Spec | None) -> Table:
        """Return the table of a file as its mapping says: sheet, line of the header, encoding."""
        spec = spec or Spec()
        return read_table(
            file.path,
            name=file.name,
            sheet=spec.sheet,
            header_line=spec.header_line,
            encoding=spec.encoding,
        )

    def check(self, file: BinaryIO, name: str) -> None:
        """Refuse at once a file that is no table."""
        read_table(file, name=name)


_kinds: dict[str, ImportKind] = {}


def declare(kind: ImportKind) -> ImportKind:
    """Add a kind of import to the house. Called once, in the app's `imports`."""
    _kinds[kind.key] = kind
    return kind


def kinds() -> list[ImportKind]:
    """Return all kinds, in the order in which a school brings its files."""
    return sorted(_kinds.values(), key=lambda kind: kind.rank)


def table_kinds() -> list[TableKind]:
    """Return the kinds that are one table."""
    return [kind for kind in kinds() if isinstance(kind, TableKind)]


def kind_called(key: str) -> ImportKind:
    """
    Return the kind with this key.

    :raises NoSuchKind: when there is none; it names those there are
    """
    if key not in _kinds:
        raise NoSuchKind(kind=key, kinds=", ".join(kind.key for kind in kinds()))
    return _kinds[key]


def table_kind(key: str) -> TableKind:
    """Return the kind of table with this key, which must exist."""
    return cast("TableKind", kind_called(key))


def label_of(key: str) -> str:
    """Return what a kind is called; a kind that is gone, by its key."""
    return str(_kinds[key].label) if key in _kinds else key
