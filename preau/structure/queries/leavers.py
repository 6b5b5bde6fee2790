"""Who has left the school, and since when."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from preau.people.models import Duty, Person, Relationship
from preau.structure.models import Enrolment, TeachingAssignment, Tutorship

TIES = (
    (Duty, "person"),
    (TeachingAssignment, "teacher"),
    (Tutorship, "tutor"),
    (Enrolment, "pupil"),
)
"""What ties a person to the school by itself; families are tied by their pupils."""


def gone_before(day: date) -> QuerySet[Person]:
    """
    Return those who had a tie to the school and have had none since a day: pupils, families, staff.

    Who never had one, a colleague to come or a pupil who waits for a class, has not left.
    """
    ever, lasting = Q(pk__in=_families()), Q(pk__in=_families(still_at=day))
    for model, whose in TIES:
        ever |= Q(pk__in=model._default_manager.values(whose))
        lasting |= Q(pk__in=model._default_manager.filter(_lasts(day)).values(whose))
    return Person.objects.filter(ever).exclude(lasting)


def _families(*, still_at: date | None = None) -> QuerySet:
    """Return the adults of pupils who are or were enrolled; of those who still are, or wait, after a day."""
    ties = Relationship.objects.filter(pupil__in=Enrolment.objects.values("pupil"))
    if still_at is None:
        return ties.values("guardian")
    here = Enrolment.objects.filter(_lasts(still_at)).values("pupil")
    waiting = Person.objects.filter(enrolments=None).values("pk")
    of_some = Q(pupil__in=here) | Q(pupil__in=waiting)
    return Relationship.objects.filter(_lasts(still_at)).filter(of_some).values("guardian")


def _lasts(day: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=day)
