"""
What a list is made of: its columns, what each is called, who sees it, how one sorts by it, where it leads.

The same declaration gives the screen, the phone, paper and files: whoever may not see a column, or one of its
cells, sees it nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from ..access import Rule
from ..tables import Cell

Words = str | Promise
Row = TypeVar("Row")
Record = TypeVar("Record")

AddressOf = Callable[[Model | None], str]
"""Takes a record; returns its address, or nothing where it does not open to the reader."""
Ordering = Sequence[str | Combinable]


class Content(Enum):
    """What the cells of a column hold. A screen writes and aligns it so, a file keeps it so."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()
    MOMENT = auto()


class Place(Flag):
    """Where a column stands."""

    SCREEN = auto()
    PAPER = auto()
    FILES = auto()
    EVERYWHERE = SCREEN | PAPER | FILES


class Phone(Enum):
    """What becomes of a column on a phone, where each row is a card that begins with what names the row."""

    LINE = "line"
    """A line of its own, after its label."""
    BESIDE = "beside"
    """At the end of the first line, without its label."""
    HIDDEN = "hidden"
    """Left out: the card leads to it."""


@dataclass(frozen=True)
class Link(Generic[Row]):
    """Where a cell leads. A link is drawn only where its address opens to the reader."""

    address: str | Callable[[Any], str]
    """The name of an address that takes the record's key, or what makes an address of the record."""
    to: Callable[[Row], Iterable[Model | None]]
    """The records the cell of a row leads to."""
    opens: Rule | None = None
    """The rule of that address; none where whoever reads the list may follow."""


@dataclass(frozen=True)
class Part(Generic[Row]):
    """One of the columns that a column of the screen becomes in a file: a name in its two parts."""

    label: Words
    value: Callable[[Row], Cell]
    content: Content = Content.TEXT


@dataclass(frozen=True)
class Column(Generic[Row]):
    """
    A column of a list.

    `seen_by` decides for the whole column: a rule about the person alone, or about what the list belongs to
    (its class). `cell_seen_by` decides row by row, about the record that `about` finds.
    """

    key: str
    """Its name in an address: `?sort=born`."""
    label: Words
    value: Callable[[Row], Cell]
    content: Content = Content.TEXT
    drawn: Callable[[Row, AddressOf], SafeString | str] | None = None
    """Draws the cell on a screen, where its value is not enough."""
    links: tuple[Link[Row], ...] = ()
    """Where the cell leads: the first of these that opens."""
    sort: Ordering | Callable[[], Ordering] = ()
    """What the database sorts by, upwards; nothing where one cannot sort by this column."""
    seen_by: Rule | None = None
    cell_seen_by: Rule | None = None
    about: Callable[[Row], Model] | None = None
    places: Place = Place.EVERYWHERE
    in_files: tuple[Part[Row], ...] = ()
    phone: Phone = Phone.LINE
    look: str = ""
    """Classes of its cells: `soft small`."""

    def __post_init__(self) -> None:
        if self.places is Place.FILES and not (self.seen_by or self.cell_seen_by):
            raise ValueError(f"The column {self.key} is in files only: say who may see it.")
        if self.cell_seen_by and self.sort:
            raise ValueError(
                f"The column {self.key} is decided row by row: its order would tell what is hidden."
            )
        if self.cell_seen_by and not self.about:
            raise ValueError(f"The column {self.key} is decided row by row: say about which record.")

    @property
    def ordering(self) -> Ordering:
        return self.sort() if callable(self.sort) else self.sort


@dataclass(frozen=True)
class Tick(Generic[Row]):
    """The box before each row, where one chooses rows for what the form around the list does."""

    name: str
    value: Callable[[Row], object]
    label: Callable[[Row], Words]


@dataclass(frozen=True)
class Empty:
    """What stands where a list has no row: what it will show, and what to do now."""

    title: Words
    icon: str
    words: Words = ""


@dataclass(frozen=True)
class ListPart(Generic[Row]):
    """A part of a list, under a title of its own."""

    title: Words
    rows: list[Row]
    aside: Words = ""


@dataclass(frozen=True)
class Listing(Generic[Record, Row]):
    """
    A list. Its first column names the row.

    `rows` reads, for the records of one page, all that the columns show: in a fixed number of queries.
    """

    key: str
    """`structure.pupils`"""
    title: Words
    columns: tuple[Column[Row], ...]
    counted: Any
    """How many there are, in words: `ngettext_lazy("%(n)s pupil", "%(n)s pupils", "n")`."""
    empty: Empty
    rows: Callable[[Iterable[Record]], list[Row]] = list  # type: ignore[assignment]
    sorted_by: str = ""
    """The column by which the records come sorted when nothing else is asked."""
    page_size: int | None = 50
    """Nothing for a list that is always whole."""
    parts: Callable[[Sequence[Row]], list[ListPart[Row]]] | None = None
    """Parts the rows, where each part is a card of its own."""
    is_numbered: bool = False
    ticks: Tick[Row] | None = None
    is_faded: Callable[[Row], bool] = lambda row: False
    """Whether a row is past."""
    taken_by: Rule | None = None
    """Who may take it away in a file, where not all who read it: as `seen_by` of a column."""
    holds_persons: bool = True
    """Whether taking it away in a file leaves a trace."""
    is_of_pupils: bool = False
    """Whether it lists pupils of the whole school: who looks at it has looked at each of them."""

    def __post_init__(self) -> None:
        if len({column.key for column in self.columns}) < len(self.columns):
            raise ValueError(f"Two columns of {self.key} have the same key.")
        if self.columns[0].seen_by or self.columns[0].cell_seen_by:
            raise ValueError(
                f"Whoever reads {self.key} sees what names its rows: give its first column no rule."
            )

    def count_words(self, count: int) -> str:
        return str(self.counted % {"n": count})
