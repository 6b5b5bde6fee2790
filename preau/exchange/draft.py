"""What an import is about to write: kept in memory, written at once, or thrown away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import models

from preau.gradebook.models import Assessment, Category
from preau.kit.imports.report import Change
from preau.people.models import ExternalId, Household, Person, Relationship, Residence
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    CourseStatus,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    School,
    SchoolYear,
    Subject,
    TeachingAssignment,
    YearLevel,
)

from .models import Origin

M = TypeVar("M", bound=models.Model)
BATCH = 500

IN_ORDER: tuple[type[models.Model], ...] = (
    School,
    SchoolYear,
    ReportPeriod,
    YearLevel,
    ClassGroup,
    Person,
    ExternalId,
    Household,
    Residence,
    Relationship,
    Enrolment,
    CourseStatus,
    Subject,
    Course,
    CourseGroup,
    GroupMembership,
    TeachingAssignment,
    Category,
    Assessment,
    Origin,
)
"""What others point at comes before them."""


class Draft:
    """Records to add, change and remove. Records may point at others that are not written yet."""

    def __init__(self) -> None:
        self.new: defaultdict[type[models.Model], list[Any]] = defaultdict(list)
        self.changed: defaultdict[type[models.Model], dict[int, Any]] = defaultdict(dict)
        self.fields: defaultdict[type[models.Model], set[str]] = defaultdict(set)
        self.removed: defaultdict[type[models.Model], set[int]] = defaultdict(set)
        self.afterwards: list[Callable[[], None]] = []

    def add(self, record: M) -> M:
        """Plan to add a record."""
        self.new[type(record)].append(record)
        return record

    def change(self, record: models.Model, **values: Any) -> list[Change]:
        """Plan to change a record; return what differs, as people read it."""
        changes = []
        for name, value in values.items():
            old = getattr(record, name)
            if old == value:
                continue
            changes.append(Change(_label(record, name), _shown(record, name), ""))
            setattr(record, name, value)
            changes[-1] = Change(changes[-1].label, changes[-1].old, _shown(record, name))
            if record.pk is not None:
                self.changed[type(record)][record.pk] = record
                self.fields[type(record)].add(name)
        return changes

    def remove(self, record: models.Model) -> None:
        """Plan to remove a record; one that was only planned is forgotten."""
        if record.pk is None:
            self.new[type(record)].remove(record)
        else:
            self.removed[type(record)].add(record.pk)

    def end(self, tie: Any, day: date) -> None:
        """Plan to end a dated tie: that day is the first without it. One not begun is removed."""
        if day <= tie.starts_on:
            self.remove(tie)
        else:
            self.change(tie, ends_on=day)

    def then(self, act: Callable[[], None]) -> None:
        """Plan something to do once all records are written."""
        self.afterwards.append(act)

    @property
    def is_empty(self) -> bool:
        return not (
            self.afterwards
            or any(self.new.values())
            or any(self.changed.values())
            or any(self.removed.values())
        )

    def write(self) -> None:
        """Write it all. Call it inside a transaction."""
        for model, keys in self.removed.items():
            model._default_manager.filter(pk__in=keys).delete()
        for model in IN_ORDER:
            self._add_all(model)
            self._change_all(model)
        for act in self.afterwards:
            act()

    def _add_all(self, model: type[models.Model]) -> None:
        records = self.new[model]
        for record in records:
            if isinstance(record, Person):
                record.set_sort_name()
            if isinstance(record, Origin) and record.record is not None:
                record.record_id = record.record.pk
        if records:
            model._default_manager.bulk_create(records, batch_size=BATCH)

    def _change_all(self, model: type[models.Model]) -> None:
        records = [record for key, record in self.changed[model].items() if key not in self.removed[model]]
        fields = set(self.fields[model])
        if model is Person and fields & {"family_name", "given_name"}:
            fields.add("sort_name")
            for record in records:
                record.set_sort_name()
        if records:
            model._default_manager.bulk_update(records, sorted(fields), batch_size=BATCH // 5)


def _label(record: models.Model, name: str) -> str:
    field = record._meta.get_field(name)
    label = str(getattr(field, "verbose_name", name))
    return label[:1].upper() + label[1:]


def _shown(record: models.Model, name: str) -> str:
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else str(value)
