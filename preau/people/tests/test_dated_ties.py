"""A tie holds from a day until another, which no longer counts; what may hold once, holds once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from preau.kit import clock
from preau.people.actions import AlreadyHeld, give_duty
from preau.people.models import Duty, Person
from preau.people.ties import EndsBeforeItStarts, check_order, end_tie, keep_tie
from preau.people.untangling import untangle

NEW_YEAR = date(2027, 1, 1)
DAYS = st.integers(min_value=-400, max_value=400).map(lambda days: NEW_YEAR + timedelta(days=days))
SPANS = st.tuples(DAYS, st.one_of(st.none(), st.integers(min_value=1, max_value=400))).map(
    lambda span: (span[0], span[1] and span[0] + timedelta(days=span[1]))
)
EDUCATOR = Duty.Kind.EDUCATOR
each_undone = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # By its own transaction.


def holds(span: tuple[date, date | None], day: date) -> bool:
    starts_on, ends_on = span
    return starts_on <= day and (ends_on is None or day < ends_on)


def share_a_day(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Say so by looking at the first days of both: two spans meet where one of them begins."""
    return holds(one, other[0]) or holds(other, one[0])


@pytest.fixture
def marc(db) -> Person:
    return Person.objects.create(given_name="Marc", family_name="Thys")


def duty(person: Person, span: tuple[date, date | None]) -> Duty:
    return Duty(person=person, kind=EDUCATOR, starts_on=span[0], ends_on=span[1])


def refuse(_other: Duty, day: str) -> AlreadyHeld:
    return AlreadyHeld(name=day)


@given(span=SPANS, day=DAYS)
@example(span=(date(2026, 12, 31), NEW_YEAR), day=NEW_YEAR)
@example(span=(date(2026, 12, 31), NEW_YEAR), day=date(2026, 12, 31))
@each_undone
def test_a_tie_is_never_in_force_outside_its_days(marc, span, day):
    with transaction.atomic():
        tie = duty(marc, span)
        tie.save()
        assert Duty.objects.in_force(day).exists() == holds(span, day)
        with clock.at(day):
            assert tie.is_in_force == holds(span, day)
            assert Duty.objects.in_force().exists() == holds(span, day)
        transaction.set_rollback(True)


@given(first=SPANS, second=SPANS)
@example(first=(date(2026, 9, 1), NEW_YEAR), second=(NEW_YEAR, None))
@example(first=(date(2026, 9, 1), NEW_YEAR), second=(date(2026, 12, 31), None))
@each_undone
def test_two_never_share_a_day_whoever_writes_them(marc, first, second):
    with transaction.atomic():
        duty(marc, first).save()
        rival = duty(marc, second)
        assert rival.rivals().exists() == share_a_day(first, second)
        if share_a_day(first, second):
            with pytest.raises(AlreadyHeld):
                keep_tie(rival, refuse)
            with pytest.raises(IntegrityError, match="a_duty_is_held_once_at_a_time"), transaction.atomic():
                Duty.objects.bulk_create([rival])
        else:
            keep_tie(rival, refuse)
        transaction.set_rollback(True)


@given(span=SPANS, on=DAYS)
@each_undone
def test_a_tie_ends_on_a_day_or_is_forgotten(marc, span, on):
    with transaction.atomic():
        tie = duty(marc, span)
        tie.save()
        end_tie(tie, on)
        assert Duty.objects.exists() == (on > span[0])
        assert not Duty.objects.in_force(on).exists()
        assert Duty.objects.in_force(on - timedelta(days=1)).exists() == (on > span[0])
        transaction.set_rollback(True)


@given(spans=st.lists(SPANS, max_size=6), on=DAYS)
@each_undone
def test_many_end_together_as_each_would_alone(marc, spans, on):
    with transaction.atomic():
        people = [Person.objects.create(given_name="N", family_name=str(n)) for n in range(len(spans))]
        Duty.objects.bulk_create(duty(*pair) for pair in zip(people, spans, strict=True))
        Duty.objects.end_all(on)
        kept = {tie.person_id: (tie.starts_on, tie.ends_on) for tie in Duty.objects.all()}
        transaction.set_rollback(True)
    assert kept == {
        person.pk: (span[0], on if holds(span, on) else span[1])
        for person, span in zip(people, spans, strict=True)
        if span[0] < on
    }


def test_a_tie_holds_one_day_at_least(marc):
    check_order(NEW_YEAR, NEW_YEAR + timedelta(days=1))
    with pytest.raises(EndsBeforeItStarts, match="starts on 01/01/2027: choose a later end"):
        check_order(NEW_YEAR, NEW_YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        duty(marc, (NEW_YEAR, NEW_YEAR)).save()


def test_days_changed_into_those_of_another_are_refused(marc):
    duty(marc, (date(2026, 9, 1), NEW_YEAR)).save()
    later = duty(marc, (NEW_YEAR, None))
    later.save()
    later.starts_on = date(2026, 12, 31)
    with pytest.raises(AlreadyHeld, match="31/12/2026"):
        keep_tie(later, refuse)
    with pytest.raises(ValidationError, match="Two of these would hold at once"):
        later.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        later.save()
    later.starts_on = NEW_YEAR
    later.full_clean()
    later.save()


@pytest.mark.django_db(transaction=True)
def test_the_same_duty_given_twice_at_once_is_given_once(school_day):
    marc = Person.objects.create(given_name="Marc", family_name="Thys")
    start = Barrier(2)

    def give(_office: int) -> str:
        translation.activate("en")
        start.wait()
        try:
            while True:
                try:
                    give_duty(person=marc, kind=EDUCATOR, starts_on=NEW_YEAR, by=None, at=school_day)
                except OperationalError:  # A database in memory does not wait for its turn; others do.
                    if connection.vendor != "sqlite":
                        raise
                    sleep(0.01)
                else:
                    return "given"
        except AlreadyHeld as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor() as offices:
        answers = sorted(offices.map(give, range(2)))
    assert answers == [
        "Marc Thys already holds this duty on that day. End the first one before giving it again.",
        "given",
    ]
    assert Duty.objects.count() == 1


@given(spans=st.lists(SPANS, min_size=1, max_size=5))
def test_ties_of_before_are_put_one_after_the_other_and_no_day_is_lost(spans):
    """What the migration does, with records that no database refuses."""
    ties = Loose([duty(Person(pk=1), span) for span in spans])
    days = {tie.starts_on for tie in ties.kept} | {tie.ends_on for tie in ties.kept if tie.ends_on}
    held_before = {day for day in days if any(holds((t.starts_on, t.ends_on), day) for t in ties.kept)}

    untangle(ties, ["person"], ties)

    held = [(tie.starts_on, tie.ends_on) for tie in ties.kept]
    assert not any(share_a_day(one, other) for n, one in enumerate(held) for other in held[n + 1 :])
    assert {day for day in days if any(holds(span, day) for span in held)} == held_before
    assert untangle(ties, ["person"], ties) == 0


class Loose:
    """A model, its manager and its database, all in memory."""

    _meta = Duty._meta
    vendor = "sqlite"

    def __init__(self, ties: list[Duty]) -> None:
        self.kept = ties
        self._default_manager = self.connection = self
        for tie in ties:
            tie.save = lambda **_what: None  # type: ignore[method-assign]
            tie.delete = lambda tie=tie: self._forget(tie)  # type: ignore[method-assign,misc]

    def _forget(self, tie: Duty) -> None:
        self.kept = [kept for kept in self.kept if kept is not tie]

    def order_by(self, *_fields: str) -> list[Duty]:
        return sorted(self.kept, key=lambda tie: tie.starts_on)
