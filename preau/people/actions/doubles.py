"""Two records that look alike are of two persons: proposed no more, until somebody takes that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct

from ..models import Person, ToldApart
from .many import hold_many
from .persons import tell


class OneAndTheSame(Refusal):
    words = _("These are not two records, but one.")


TELL_APART = TracedAct("people.tell_apart", _("noted that two records of %(subject)s are of two persons"))
PROPOSE_AGAIN = TracedAct(
    "people.propose_again", _("took back that two records of %(subject)s are of two persons")
)


@transaction.atomic
def tell_apart(*, one: Person, other: Person, by: Person | None, at: datetime) -> ToldApart:
    """
    Note that two records are of two persons. Said twice, in either order, it is noted once.

    :raises OneAndTheSame: when they are one record
    """
    if one.pk == other.pk:
        raise OneAndTheSame
    hold_many([one, other])
    known = ToldApart.objects.filter(Q(one=one, other=other) | Q(one=other, other=one)).first()
    if known is not None:
        return known
    apart = ToldApart.objects.create(one=one, other=other, by=by, at=at)
    for person in (one, other):
        tell(TELL_APART, person, by)
    return apart


@transaction.atomic
def propose_again(*, apart: ToldApart, by: Person | None, at: datetime) -> None:
    """Take back that two records are of two persons: they are proposed again while they look alike."""
    for person in (apart.one, apart.other):
        tell(PROPOSE_AGAIN, person, by)
    apart.delete()
