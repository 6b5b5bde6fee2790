"""Ties between a person and other people: the words our rules are made of."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.access import Rule, Standing, Words, one_of, rule, standing
from preau.kit.clauses import Clause
from preau.kit.questions import asked_often
from preau.people.ties import in_force

from .models import ADULT_AGE, Duty, Person, Relationship, Residence


class ParentsOfAdults(StrEnum):
    """Whether parents read on when a pupil is 18: until the pupil objects, once the pupil agrees, never."""

    READ_ON = "keep_until_objection"
    ASK_FIRST = "ask_consent"
    KEPT_OUT = "revoke_at_18"


def _at_home(does: Words, who: Words) -> Clause:
    return Clause(does, who, is_at_home=True)


RIGHT_WORDS = {
    "sees_marks": _at_home(
        _("answers for the pupil, with the right to see marks"), _("the adults with the right to see marks")
    ),
    "sees_attendance": _at_home(
        _("answers for the pupil, with the right to see attendance"),
        _("the adults with the right to see attendance"),
    ),
    "sees_conduct": _at_home(
        _("answers for the pupil, with the right to see conduct"),
        _("the adults with the right to see conduct"),
    ),
    "receives_messages": _at_home(
        _("answers for the pupil, with the right to receive messages"),
        _("the adults with the right to receive messages"),
    ),
    "may_justify_absence": _at_home(
        _("answers for the pupil, with the right to justify an absence"),
        _("the adults with the right to justify an absence"),
    ),
    "may_book_meeting": _at_home(
        _("answers for the pupil, with the right to book a meeting"),
        _("the adults with the right to book a meeting"),
    ),
    "may_sign": _at_home(
        _("answers for the pupil, with the right to sign"), _("the adults with the right to sign")
    ),
    "may_collect_pupil": _at_home(
        _("answers for the pupil, with the right to collect the pupil"),
        _("the adults with the right to collect the pupil"),
    ),
    "is_emergency_contact": _at_home(
        _("is called for the pupil in an emergency"), _("the adults called in an emergency")
    ),
}
THE_PUPIL = _at_home(_("is the pupil"), _("the pupil"))
THAT_ADULT = _at_home(_("is that adult"), _("that adult"))


def names_of_duties(kinds: Sequence[Duty.Kind]) -> Any:
    """Return the names of some duties, one after the other."""
    return format_lazy("{}" + ", {}" * (len(kinds) - 1), *(kind.label for kind in kinds))


def holds(*kinds: Duty.Kind) -> Standing:
    """Hold one of these duties today."""
    words = format_lazy("{}" + " / {}" * (len(kinds) - 1), *(kind.label for kind in kinds))
    clause = Clause(format_lazy("{} {}", _("holds the duty of"), words), names_of_duties(kinds))
    return standing(clause, lambda person: person.holds(*kinds))


def is_the(path: str, words: Words | Clause | None = None) -> Rule:
    """Be the very person that this path leads to (`"pk"` when the record is the person)."""
    return rule(words or THE_PUPIL, lambda person: Q(**{path: person.pk}))


def cares_for(pupil: str, right: str = "sees_marks") -> Rule:
    """Answer today for the pupil that this path leads to, with one of the rights of `Relationship.RIGHTS`."""
    if right not in Relationship.RIGHTS:
        raise ValueError(f"{right} is not a right of a relationship: {', '.join(Relationship.RIGHTS)}")

    def condition(person: Person) -> Q:
        return one_of(pupil, wards_of(person, right))

    return rule(RIGHT_WORDS[right], condition)


def answers_for(pupil: str) -> Rule:
    """Answer today for the pupil that this path leads to, with a right at least: else one reads nothing."""
    words = _at_home(
        _("answers for the pupil, with a right at least"), _("the adults who answer for the pupil")
    )
    return rule(words, lambda person: one_of(pupil, wards_of(person, None)))


def lives_in(household: str) -> Rule:
    """Live in the household that this path leads to."""
    homes = Residence.objects.values("household")
    words = _at_home(_("lives there"), _("those who live there"))
    return rule(words, lambda person: Q(**{f"{household}__in": homes.filter(person=person.pk)}))


def ties_with(right: str | None = "sees_marks") -> QuerySet[Relationship]:
    """Return the ties that carry a right (or any) today; grown-up pupils may have kept their parents out."""
    ties = Relationship.objects.filter(in_force()).filter(_carries(right))
    return ties.exclude(_adult_who_keeps_parents_out(*_parents_of_adults()))


def _carries(right: str | None) -> Q:
    """Return the condition that a tie carries a right, or any of them."""
    rights = Relationship.RIGHTS if right is None else (right,)
    return reduce(or_, (Q(**{each: True}) for each in rights))


def wards_of(guardian: Person, right: str | None = "sees_marks") -> list[int]:
    """Return the keys of the pupils a guardian answers for today, with a right or any. One query at most."""
    return guardian.recall(("wards", right), lambda: _wards_of(guardian, right))


def read_at_home_by(reader: Person) -> list[int]:
    """
    Return the keys of oneself and of the pupils one answers for, with the right to see marks.

    A question about what families read names them, beside its rule: the rule alone lets the database begin
    with all that is published.
    """
    return [reader.pk, *wards_of(reader)]


def grown_up_wards_of(guardian: Person, right: str | None = None) -> list[int]:
    """Return the keys of the pupils of age whose parents, this guardian among them, do not read today."""
    return [tie["pupil"] for tie in _ties_carrying(guardian, right) if tie["is_kept_out"]]


def _wards_of(guardian: Person, right: str | None) -> list[int]:
    return [tie["pupil"] for tie in _ties_carrying(guardian, right) if not tie["is_kept_out"]]


def _ties_carrying(guardian: Person, right: str | None) -> list[dict[str, Any]]:
    ties: list[dict[str, Any]] = guardian.recall("ties", lambda: _ties_of(guardian))
    rights = Relationship.RIGHTS if right is None else (right,)
    return [tie for tie in ties if any(tie[each] for each in rights)]


def _ties_of(guardian: Person) -> list[dict[str, Any]]:
    return _ties(guardian.pk, *_parents_of_adults())


@asked_often
def _ties(guardian: int, adults_born_by: date, setting: ParentsOfAdults) -> QuerySet:
    """Return the ties of a guardian today, with the rights of each and whether parents are kept out."""
    kept_out = When(_adult_who_keeps_parents_out(adults_born_by, setting), then=Value(value=True))
    is_kept_out = Case(kept_out, default=Value(value=False))
    ties = Relationship.objects.filter(in_force(), guardian=guardian)
    return ties.values("pupil", *Relationship.RIGHTS, is_kept_out=is_kept_out)


def _parents_of_adults() -> tuple[date, ParentsOfAdults]:
    """Return the latest birthday of the adults of today, and what the school has set for their parents."""
    today = clock.today()
    try:
        born_by = today.replace(year=today.year - ADULT_AGE)
    except ValueError:  # 29 February
        born_by = today.replace(year=today.year - ADULT_AGE, day=28)
    return born_by, parents_of_adults()


def parents_of_adults() -> ParentsOfAdults:
    """Return what the school has set for the parents of pupils of age."""
    return ParentsOfAdults(settings.ADULT_PUPIL_PARENT_ACCESS)


def _adult_who_keeps_parents_out(adults_born_by: date, setting: ParentsOfAdults) -> Q:
    """At 18 the pupil becomes the holder of the rights; whether parents read on is the school's setting."""
    is_adult = Q(pupil__born_on__lte=adults_born_by)
    if setting is ParentsOfAdults.KEPT_OUT:
        return is_adult
    if setting is ParentsOfAdults.ASK_FIRST:
        return is_adult & ~Q(pupil__parent_access__is_granted=True)
    return is_adult & Q(pupil__parent_access__is_granted=False)


def _decides_alone(person: Person) -> bool:
    return person.is_adult() and person.guardianships.in_force().exists()


is_of_age = standing(_("is of age, and somebody answers for them"), _decides_alone)
is_a_guardian = standing(
    _at_home(_("answers for a pupil"), _("adults who answer for a pupil")),
    lambda person: person.is_a_guardian,
)
