"""
Dated ties: what holds from a day until another, which no longer counts. All that a school knows hangs on one.

A tie that began stays, and ends; one that had not begun by the day it should end is forgotten, unless
something was written under it (`kept_when`): then it ends the day after. How many of a kind may hold at once
is told to the database (`NeverTwiceAtOnce`), so that two who write at once agree too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.refusals import Refusal

FOR_EVER = date.max
_used: dict[type[models.Model], list[Callable[[], Q]]] = {}


class EndsBeforeItStarts(Refusal):
    field = "ends_on"
    words = _("This starts on %(day)s: choose a later end.")


def in_force(on: date | None = None, *, prefix: str = "") -> Q:
    """Return the condition of a dated tie that holds on a day (today unless told): its end is excluded."""
    day = clock.today() if on is None else on
    ends = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": day})
    return Q(**{f"{prefix}starts_on__lte": day}) & ends


class DatedQuerySet(models.QuerySet):
    """Ties that start on a day and end, if they do, on another that no longer counts."""

    def in_force(self, on: date | None = None) -> Self:
        return self.filter(in_force(on))

    def during(self, starts_on: date, ends_on: date | None) -> Self:
        """Keep the ties that hold on at least one day of a span (its end excluded; None is without end)."""
        begun = self if ends_on is None else self.filter(starts_on__lt=ends_on)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))

    def end_all(self, on: date) -> int:
        """End on a day the ties that would last longer, forget those not begun; return how many they were."""
        late = self.filter(starts_on__gte=on)
        kept = list(late.filter(was_used(self.model))) if self.model in _used else []
        for tie in kept:
            _end_the_day_after(tie)
        forgotten, _by_model = late.exclude(pk__in=[tie.pk for tie in kept]).delete()
        rest = self.exclude(ends_on__lte=on).exclude(pk__in=[tie.pk for tie in kept])
        return len(kept) + forgotten + rest.update(ends_on=on)


class DatedTie(models.Model):
    """A tie from a day until another (excluded), or until told otherwise."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def has_begun(self) -> bool:
        return self.starts_on <= clock.today()

    @property
    def has_ended(self) -> bool:
        return self.ends_on is not None and self.ends_on <= clock.today()

    @property
    def is_in_force(self) -> bool:
        return self.has_begun and not self.has_ended

    def is_during(self, starts_on: date, ends_on: date | None) -> bool:
        """Say whether this holds on at least one day of a span (its end excluded; None is without end)."""
        begins_before_the_end = ends_on is None or self.starts_on < ends_on
        return begins_before_the_end and (self.ends_on is None or self.ends_on > starts_on)

    def rivals(self) -> DatedQuerySet:
        """Return the ties that this one may not share a day with, and does."""
        found: DatedQuerySet = type(self)._default_manager.none()
        for constraint in self.one_at_a_time():
            found |= constraint.rivals_of(self)
        return found

    def one_at_a_time(self) -> list[NeverTwiceAtOnce]:
        """Return which ties of this kind hold one at a time."""
        return [each for each in self._meta.constraints if isinstance(each, NeverTwiceAtOnce)]


T = TypeVar("T", bound=DatedTie)


def check_order(starts_on: date, ends_on: date | None) -> None:
    """
    Refuse a span that is upside down or holds no day.

    :raises EndsBeforeItStarts: when it ends on its first day or before
    """
    if ends_on is not None and ends_on <= starts_on:
        raise EndsBeforeItStarts(day=short(starts_on))


def keep_tie(tie: T, refuse: Callable[[T, str], Refusal]) -> T:
    """
    Write a new tie or the new days of one, unless another holds on one of them. Two who write take turns.

    :param refuse: makes the refusal, of the other tie and the first day they share
    :raises EndsBeforeItStarts: when it ends on its first day or before
    """
    check_order(tie.starts_on, tie.ends_on)
    _hold(tie)
    _refuse_beside_a_rival(tie, refuse)
    try:
        with transaction.atomic():
            tie.save()
    except IntegrityError:  # Somebody who does not take turns wrote a rival since we looked.
        _refuse_beside_a_rival(tie, refuse)
        raise
    return tie


def end_tie(tie: DatedTie, on: date) -> None:
    """
    End a tie: that day is the first without it. One that would not have begun by then is forgotten.

    One under which something was written (`kept_when`) stays for its first day.
    """
    if on <= tie.starts_on and was_written_under(tie):
        _end_the_day_after(tie)
    elif on <= tie.starts_on:
        tie.delete()
    else:
        tie.ends_on = on
        tie.save(update_fields=["ends_on"])


def kept_when(model: type[DatedTie], used: Callable[[], Q]) -> None:
    """
    Never forget ties of a kind of which this is true: something was written under them.

    Called once, in an app's `offers.py`. `used` returns a condition over the ties.
    """
    _used.setdefault(model, []).append(used)


def was_used(model: type[models.Model]) -> Q:
    """Return the condition that something was written under a tie of this kind."""
    return reduce(or_, (used() for used in _used.get(model, ())), Q(pk__in=[]))


def was_written_under(tie: DatedTie) -> bool:
    """Say whether something was written under a tie. One query, none for a kind nobody writes under."""
    kind = type(tie)
    return kind in _used and kind._default_manager.filter(was_used(kind), pk=tie.pk).exists()


def _end_the_day_after(tie: DatedTie) -> None:
    tie.ends_on = tie.starts_on + timedelta(days=1)
    tie.save(update_fields=["ends_on"])


def short(day: date) -> str:
    """Return a day as people write it: 24/11/2026."""
    return date_format(day, "SHORT_DATE_FORMAT")


def _hold(tie: DatedTie) -> None:
    """Hold whose tie it is until the transaction ends: exclusions checked at once would lock each other."""
    for constraint in tie.one_at_a_time():
        owner = getattr(tie, constraint.fields[0])
        type(owner)._default_manager.select_for_update().get(pk=owner.pk)


def _refuse_beside_a_rival(tie: T, refuse: Callable[[T, str], Refusal]) -> None:
    rival = tie.rivals().order_by("starts_on").first()
    if rival is not None:
        raise refuse(cast("T", rival), short(max(tie.starts_on, rival.starts_on)))


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """Return the constraint of a dated tie: what ends, ends after it started."""
    return models.CheckConstraint(
        name=name,
        condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
        violation_error_message=_("It ends before it starts: check the two dates."),
    )


class NeverTwiceAtOnce(models.BaseConstraint):
    """
    Of the ties that share these fields, one holds at a time: no two share a day.

    The first field is whose tie it is. PostgreSQL keeps it by an exclusion, SQLite by triggers.
    """

    def __init__(self, *, name: str, fields: Collection[str], **words: Any) -> None:
        words.setdefault("violation_error_message", _("Two of these would hold at once: check the dates."))
        super().__init__(name=name, **words)
        self.fields = tuple(fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NeverTwiceAtOnce) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fields))

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs.pop("violation_error_message", None)  # Words are no affair of the database.
        return path, args, {**kwargs, "fields": self.fields}

    def rivals_of(self, tie: Any) -> DatedQuerySet:
        """Return the other ties that share these fields and a day with this one."""
        same = {field: getattr(tie, type(tie)._meta.get_field(field).attname) for field in self.fields}
        others = type(tie)._default_manager.filter(**same).exclude(pk=tie.pk)
        return cast("DatedQuerySet", others).during(tie.starts_on, tie.ends_on)

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        needed = {*self.fields, "starts_on", "ends_on"}
        unknown = any(getattr(instance, name, None) is None for name in needed - {"ends_on"})
        if not unknown and needed.isdisjoint(exclude or ()) and self.rivals_of(instance).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            name = schema_editor.quote_name(self.name)
            return f"CONSTRAINT {name} EXCLUDE USING gist ({', '.join(self._excluded(model, schema_editor))})"
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return schema_editor._delete_constraint_sql(schema_editor.sql_delete_constraint, model, self.name)

    def _excluded(self, model: Any, schema_editor: Any) -> list[str]:
        """Return what two rows may not share. Ranges of one number need no extension of PostgreSQL."""
        columns = [model._meta.get_field(field) for field in self.fields]
        numbers = [
            f"hashtextextended({schema_editor.quote_name(column.column)}, 0)"
            if isinstance(column, models.CharField)
            else schema_editor.quote_name(column.column)
            for column in columns
        ]
        return [
            *(f"int8range({number}, {number}, '[]') WITH &&" for number in numbers),
            "daterange(starts_on, ends_on) WITH &&",
        ]

    def _triggers(self, model: Any, schema_editor: Any) -> list[str]:
        table = schema_editor.quote_name(model._meta.db_table.removeprefix("new__"))
        columns = [schema_editor.quote_name(model._meta.get_field(field).column) for field in self.fields]
        rival = " AND ".join(
            [
                *(f"other.{column} = NEW.{column}" for column in columns),
                "(other.ends_on IS NULL OR other.ends_on > NEW.starts_on)",
                "(NEW.ends_on IS NULL OR other.starts_on < NEW.ends_on)",
            ]
        )
        return [
            f'CREATE TRIGGER "{self.name}_{moment.lower()}" BEFORE {moment} ON {table} '  # noqa: S608 – our names
            f"WHEN EXISTS (SELECT 1 FROM {table} other WHERE {rival}{but_itself}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for moment, but_itself in (("INSERT", ""), ("UPDATE", " AND other.id <> NEW.id"))
        ]
