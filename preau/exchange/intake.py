"""One import while it is compared: who brings it, what the school knows, what is drafted and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import models
from django.utils import timezone

from preau.gradebook.models import Category
from preau.kit.imports.records import Record
from preau.kit.imports.report import Report
from preau.kit.imports.values import Wrong
from preau.people.models import Person
from preau.structure.models import SchoolYear

from .draft import Draft
from .models import ImportRun, Origin
from .registers import People, Structure

MANY = 0.1
"""From this share of newcomers on a file describes the year from its first day, below it what changes now."""


class Intake:
    """What every plan needs: the records of the file come in, a draft and a report come out."""

    def __init__(
        self,
        *,
        report: Report,
        source: str,
        year: SchoolYear,
        by: Person | None,
        at: datetime,
        gone: str = ImportRun.Gone.LEAVE,
        ends_many: bool = False,
        create_missing: bool = False,
        staff_numbers: str = "",
    ) -> None:
        self.report = report
        self.source = source
        self.staff_numbers = staff_numbers or source
        self.year = year
        self.by = by
        self.at = at
        self.gone = gone
        self.ends_many = ends_many
        self.create_missing = create_missing
        self.only_names_changes = False
        """Whether the file holds only what changed: then what it does not name is not gone."""
        self.draft = Draft()
        self._origins: dict[str, Origins] = {}

    @cached_property
    def people(self) -> People:
        return People(self.today)

    @cached_property
    def structure(self) -> Structure:
        return Structure(self.year, self.draft)

    @cached_property
    def category_words(self) -> set[str]:
        """Return the codes and names of the categories of assessment."""
        return {word for pair in Category.objects.values_list("code", "name") for word in pair}

    @cached_property
    def today(self) -> date:
        """Return the day ties begin and end on: today, or the nearest day of the school year."""
        day = timezone.localdate(self.at) if timezone.is_aware(self.at) else self.at.date()
        return min(max(day, self.year.starts_on), self.year.ends_on - timedelta(days=1))

    def start_for(self, newcomers: int, total: int) -> date:
        """Return the day new ties begin: the first of the year when a whole school comes in, else today."""
        return self.year.starts_on if newcomers > MANY * total else self.today

    @contextmanager
    def looking_at(self, record: Record) -> Iterator[None]:
        """Compare one record: what turns out to be wrong is noted on it."""
        try:
            yield
        except Wrong as wrong:
            record.wrongs.append(wrong)

    def tell(self, records: Iterable[Record]) -> None:
        """Put what the records came to in the report."""
        for record in records:
            lines = list(record.report_lines())
            for line in lines:
                self.report.add(line)
            if not record.wrongs and not record.is_new and not record.changes:
                self.report.unchanged += 1

    def origins(self, kind: str) -> Origins:
        """Return what the source brought of a kind: the same register for all who ask."""
        if kind not in self._origins:
            self._origins[kind] = Origins(self, kind)
        return self._origins[kind]


class Origins:
    """What the source has brought before of a kind, and what it brings now."""

    def __init__(self, intake: Intake, kind: str) -> None:
        self._intake = intake
        self._kind = kind
        known = Origin.objects.of(kind, intake.source)
        self._known = {origin.key: origin for origin in known}
        self._seen: set[str] = set()

    def record_id(self, key: str) -> int | None:
        """Return the record that the source brought under this key before, if it did."""
        origin = self._known.get(key[:255])
        return origin.record_id if origin else None

    def see(self, key: str, record: models.Model) -> None:
        """Note that the source brings this record now."""
        key = key[:255]
        if key in self._seen:
            return
        self._seen.add(key)
        origin = self._known.get(key)
        if origin is None:
            origin = self._intake.draft.add(Origin(kind=self._kind, source=self._intake.source, key=key))
            origin.record = record
        elif origin.record_id != record.pk:
            self._intake.draft.change(origin, record_id=record.pk)

    def unseen(self) -> list[Origin]:
        """Return what the source brought before and no longer names."""
        return [origin for key, origin in self._known.items() if key not in self._seen]

    def __len__(self) -> int:
        return len(self._known)
