"""A list as one reader sees it: a page of it on the screen, all of it on paper or in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access import Rule
from ..tables import Cell
from .columns import AddressOf, Column, Content, Link, Listing, ListPart, Part, Place, Record, Row
from .filters import FilterForm, Unclear
from .reach import Door, Reach

FORMATS = ("xlsx", "ods", "csv")
SORT, PAGE, FILE = "sort", "page", "file"
SOME_KEY = "987654321987654321"
"""Stands for the key of a record in an address that is looked up for all the rows of a list."""


@dataclass(frozen=True)
class Order:
    """The column a list is sorted by, and which way."""

    key: str = ""
    is_downwards: bool = False

    @classmethod
    def of(cls, said: str) -> Order:
        return cls(said.removeprefix("-"), said.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.key}" if self.is_downwards else self.key


class Sight(Generic[Row]):
    """The columns and cells of some rows that one reader sees in a place. A query for each rule, at most."""

    def __init__(self, listing: Listing[Any, Row], rows: Sequence[Row], *, place: Place, door: Door) -> None:
        self.listing, self.rows, self.place = listing, rows, place
        self.columns = [
            column for column in listing.columns if place in column.places and door.opens(column.seen_by)
        ]
        self._reach = Reach(door.reader, self._wanted())
        self.columns = [column for column in self.columns if self._is_seen_somewhere(column)]

    def _wanted(self) -> Iterator[tuple[Rule, list[Model]]]:
        for column in self.columns:
            if column.cell_seen_by and column.about:
                yield column.cell_seen_by, [column.about(row) for row in self.rows]
            for link in column.links if self.place is Place.SCREEN else ():
                if link.opens:
                    named = (record for row in self.rows for record in link.to(row))
                    yield link.opens, [record for record in named if record is not None]

    def _is_seen_somewhere(self, column: Column[Row]) -> bool:
        return column.cell_seen_by is None or any(self.sees(column, row) for row in self.rows)

    def sees(self, column: Column[Row], row: Row) -> bool:
        return column.about is None or self._reach.opens(column.cell_seen_by, column.about(row))

    def addresses(self, column: Column[Row]) -> AddressOf:
        """Return what makes the address a record of the column leads to: nothing where none opens."""
        links = column.links if self.place is Place.SCREEN else ()

        def address(record: Model | None) -> str:
            if record is None:
                return ""
            opened = (link for link in links if self._reach.opens(link.opens, record))
            return next((found for link in opened if (found := _address(link, record))), "")

        return address


def _address(link: Link[Any], record: Model) -> str:
    if callable(link.address):
        return link.address(record)
    return _address_around(link.address).replace(SOME_KEY, str(record.pk))


@lru_cache(maxsize=256)
def _address_around(name: str) -> str:
    """Return an address with `SOME_KEY` for the key of a record. Looked up once: rows differ in it alone."""
    try:
        return reverse(name, args=[int(SOME_KEY)])
    except NoReverseMatch:  # An app above that this school does not have.
        return ""


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A page of a list, as its reader sees it on the screen."""

    listing: Listing[Any, Row]
    sight: Sight[Row]
    slice: Page
    form: FilterForm | None = None
    order: Order = field(default_factory=Order)
    asked: Mapping[str, str] = field(default_factory=dict)
    not_understood: Sequence[Unclear] = ()
    is_offered: bool = True
    """Whether its reader may take it away in a file."""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def rows(self) -> Sequence[Row]:
        return self.sight.rows

    @property
    def parts(self) -> list[ListPart[Row]]:
        return self.listing.parts(self.rows) if self.listing.parts else []

    @property
    def count(self) -> int:
        return int(self.slice.paginator.count)

    @property
    def counted(self) -> str:
        return self.listing.count_words(self.count)


class ListReading(Generic[Record, Row]):
    """A list that somebody asks for: what they look for and how, understood or not."""

    def __init__(
        self,
        listing: Listing[Record, Row],
        records: QuerySet[Any] | Sequence[Record],
        *,
        reader: Any,
        asked: Mapping[str, str] | None = None,
        form: FilterForm | None = None,
        subject: Model | None = None,
    ) -> None:
        self.listing, self.reader, self.form = listing, reader, form
        self.door = Door(reader, subject)
        self.asked = asked if asked is not None else {}
        self.not_understood = list(form.not_understood) if form else []
        self.order = self._understood_order()
        self.is_offered = self.door.opens(listing.taken_by)
        self.format = self._understood_format()
        self.records = self._sorted(records)

    def page(self) -> ListPage[Row]:
        """Return the page asked for: only its records are read."""
        records = self.records if self.listing.page_size else list(self.records)
        paginator = Paginator(records, self.listing.page_size or max(len(records), 1))
        slice = self._understood_page(paginator)
        sight = self._sight(self.listing.rows(slice.object_list), Place.SCREEN)
        return ListPage(
            self.listing,
            sight,
            slice,
            self.form,
            self.order,
            self.asked,
            tuple(self.not_understood),
            self.is_offered,
        )

    def on_paper(self) -> Sight[Row]:
        """Return all of it, to be printed."""
        return self._sight(self.listing.rows(self.records), Place.PAPER)

    def in_file(self) -> tuple[list[str], list[list[Cell]]]:
        """Return all of it as titles and rows of a file: what its reader sees, and nothing else."""
        sight = self._sight(self.listing.rows(self.records), Place.FILES)
        parts = [(column, part) for column in sight.columns for part in _parts(column)]
        titles = [str(part.label) for _column, part in parts]
        rows = [
            [_as_cell(part, row) if sight.sees(column, row) else None for column, part in parts]
            for row in sight.rows
        ]
        return titles, rows

    def _sight(self, rows: Sequence[Row], place: Place) -> Sight[Row]:
        return Sight(self.listing, rows, place=place, door=self.door)

    def _sortable(self) -> Iterator[Column[Row]]:
        for column in self.listing.columns:
            if column.sort and Place.SCREEN in column.places and self.door.opens(column.seen_by):
                yield column

    def _understood_order(self) -> Order:
        said = self.asked.get(SORT, "")
        order = Order.of(said)
        if said and order.key not in {column.key for column in self._sortable()}:
            self.not_understood.append(Unclear.about(_("Sorted by"), said))
            return Order.of(self.listing.sorted_by)
        return order if said else Order.of(self.listing.sorted_by)

    def _understood_format(self) -> str:
        said = self.asked.get(FILE, "")
        if said and not (self.is_offered and said in FORMATS):
            self.not_understood.append(Unclear.about(_("File"), said))
        return said if not self.not_understood else ""

    def _understood_page(self, paginator: Paginator) -> Page:
        said = self.asked.get(PAGE) or "1"
        page = paginator.get_page(said)
        if not said.isdecimal() or str(page.number) != said.lstrip("0"):
            self.not_understood.append(Unclear.about(_("Page"), said))
        return page

    def _sorted(self, records: QuerySet[Any] | Sequence[Record]) -> QuerySet[Any] | Sequence[Record]:
        """Return the records by the column asked for, then as they came."""
        column = next((column for column in self._sortable() if column.key == self.order.key), None)
        is_usual = self.order == Order.of(self.listing.sorted_by)
        if column is None or is_usual or not isinstance(records, QuerySet):
            return records
        by = [_towards(term, self.order.is_downwards) for term in column.ordering]
        return records.order_by(*by, *records.query.order_by)


def _towards(term: str | Combinable, is_downwards: bool) -> OrderBy:
    """Return the term as the database sorts by it; what is not known comes last, either way."""
    expression: Any = F(term) if isinstance(term, str) else term
    return OrderBy(expression, descending=is_downwards, nulls_last=True)


def _parts(column: Column[Row]) -> tuple[Part[Row], ...]:
    return column.in_files or (Part(column.label, column.value, column.content),)


def _as_cell(part: Part[Row], row: Row) -> Cell:
    """Return a value as a file keeps it: text stays text, also where it looks like a number."""
    value = part.value(row)
    if value is None:
        return None
    if part.content is Content.TEXT:
        return str(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
