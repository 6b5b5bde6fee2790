"""Who answers for whom, and with which rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import ParentAccess, Person, Relationship
from preau.people.own_ties import refuse_own_tie
from preau.people.relations import ParentsOfAdults, parents_of_adults
from preau.people.ties import EndsBeforeItStarts, end_tie, short
from preau.people.working_here import those_who_work_here

from .households import move_household
from .persons import record_person, tell


class AlreadyRelated(Refusal):
    words = _("%(guardian)s already answers for %(pupil)s. Change the rights of that relationship instead.")


class NotAnsweringForOneself(Refusal):
    words = _("Nobody answers for oneself: choose another adult.")


class RestrictionUnchecked(Refusal):
    field = "checked_on"
    words = _(
        "Rights are taken from %(guardian)s only on a document. Write on which day it was checked; "
        "the document itself is not kept."
    )


class NotForSomebodyElse(Refusal):
    words = _("Only %(pupil)s decides whether the parents read: it is done on one's own profile.")


class NotOfAge(Refusal):
    words = _("%(pupil)s is not of age yet: until 18 the parents read what their rights allow.")


class SchoolKeepsParentsOut(Refusal):
    words = _("The school does not let parents of pupils of age read: there is nothing to decide here.")


RELATE_GUARDIAN = TracedAct(
    "people.relate_guardian", _("noted that %(subject)s answers for the pupil"), reserved=True
)
RELATE_STAFF = TracedAct(
    "people.relate_staff",
    _("noted that %(subject)s, who works here, answers for the pupil"),
    told=True,
    reserved=True,
)


@transaction.atomic
def relate_guardian(
    *,
    pupil: Person,
    guardian: Person,
    kind: str,
    by: Person | None,
    at: datetime,
    is_legal_responsible: bool = True,
    rights: Mapping[str, bool] | None = None,
) -> Relationship:
    """
    Have an adult answer for a pupil. One who did so before takes it up again.

    A legal responsible has every right unless `rights` says otherwise; anyone else has those it grants.

    :raises NobodyTiesOneself: when it is whoever notes it
    """
    if pupil == guardian:
        raise NotAnsweringForOneself
    refuse_own_tie(by, guardian)
    former = Relationship.objects.filter(pupil=pupil, guardian=guardian).first()
    if former and (former.ends_on is None or former.ends_on > at.date()):
        raise AlreadyRelated(guardian=guardian.full_name, pupil=pupil.full_name)
    granted = dict.fromkeys(Relationship.RIGHTS, is_legal_responsible) | dict(rights or {})
    fields = {"kind": kind, "is_legal_responsible": is_legal_responsible, **granted}
    if former:
        fields |= {"starts_on": at.date(), "ends_on": None}
    tie, _created = Relationship.objects.update_or_create(pupil=pupil, guardian=guardian, defaults=fields)
    works_here = those_who_work_here([guardian.pk])
    tell(RELATE_STAFF if works_here else RELATE_GUARDIAN, pupil, by, guardian.full_name, kind=kind)
    return tie


@transaction.atomic
def relate_new_guardian(
    *,
    pupil: Person,
    kind: str,
    is_legal_responsible: bool,
    by: Person | None,
    at: datetime,
    lives_with_pupil: bool = False,
    **identity: Any,
) -> Relationship:
    """Record an adult the school did not know and have them answer for a pupil."""
    refuse_own_tie(by, Person(given_name=identity["given_name"], family_name=identity["family_name"]))
    guardian = record_person(by=by, at=at, **identity)
    tie = relate_guardian(
        pupil=pupil,
        guardian=guardian,
        kind=kind,
        is_legal_responsible=is_legal_responsible,
        by=by,
        at=at,
    )
    home = pupil.residences.filter(is_main=True).select_related("household").first()
    if lives_with_pupil and home:
        move_household(persons=[guardian], household=home.household, by=by, at=at)
    return tie


CHANGE_RIGHTS = TracedAct(
    "people.change_rights", _("changed the rights of %(subject)s over the pupil"), reserved=True
)
CHANGE_RIGHTS_OF_STAFF = TracedAct(
    "people.change_rights_of_staff",
    _("changed the rights of %(subject)s, who works here, over the pupil"),
    told=True,
    reserved=True,
)


@transaction.atomic
def change_rights(
    *,
    relationship: Relationship,
    rights: Mapping[str, bool],
    by: Person | None,
    at: datetime,
    checked_on: date | None = None,
    **more: Any,
) -> Relationship:
    """
    Change what an adult may read and do for a pupil.

    Taking a right from a legal responsible rests on a document: who checked it and when is kept, never the
    document. Giving all rights back lifts the restriction.

    :param rights: names of `Relationship.RIGHTS`; those not named stay as they are
    :raises RestrictionUnchecked: when a right is taken and no document was checked
    :raises NobodyTiesOneself: when they are one's own
    """
    refuse_own_tie(by, relationship.guardian)
    tie: Relationship = Relationship.objects.select_for_update().get(pk=relationship.pk)
    after = {right: rights.get(right, getattr(tie, right)) for right in Relationship.RIGHTS}
    changed = {right: value for right, value in after.items() if getattr(tie, right) != value}
    for name, value in {**changed, **more}.items():
        setattr(tie, name, value)
    if tie.is_legal_responsible and not all(changed.values()):
        if checked_on is None:
            raise RestrictionUnchecked(guardian=tie.guardian.full_name)
        tie.restricted_by, tie.restricted_on = by, checked_on
    elif all(after.values()):
        tie.restricted_by = tie.restricted_on = None
    elif checked_on:
        tie.restricted_by, tie.restricted_on = by, checked_on
    tie.save()
    if changed or more:
        works_here = those_who_work_here([tie.guardian_id])
        told = CHANGE_RIGHTS_OF_STAFF if works_here else CHANGE_RIGHTS
        tell(told, tie.pupil, by, tie.guardian.full_name, rights=changed)
    return tie


END_RELATIONSHIP = TracedAct(
    "people.end_relationship", _("noted that %(subject)s no longer answers for the pupil"), reserved=True
)


@transaction.atomic
def end_relationship(
    *, relationship: Relationship, by: Person | None, at: datetime, on: date | None = None
) -> None:
    """
    Note that an adult no longer answers for a pupil, from a day on (today unless told).

    One who was recorded that very day never did: the relationship is forgotten.

    :raises EndsBeforeItStarts: when it would end before it starts
    """
    day = on or at.date()
    if day < relationship.starts_on:
        raise EndsBeforeItStarts(day=short(relationship.starts_on))
    end_tie(relationship, day)
    tell(END_RELATIONSHIP, relationship.pupil, by, relationship.guardian.full_name)


LET_PARENTS_READ = TracedAct(
    "people.let_parents_read", _("lets the parents read, being of age"), reserved=True
)
KEEP_PARENTS_OUT = TracedAct(
    "people.keep_parents_out", _("no longer lets the parents read, being of age"), reserved=True
)


@transaction.atomic
def decide_parent_access(*, pupil: Person, is_granted: bool, by: Person, at: datetime) -> ParentAccess:
    """
    Note that a pupil of 18 lets the parents read, or objects to it.

    :raises NotForSomebodyElse: when anybody but the pupil decides
    :raises NotOfAge: while the pupil is a minor
    :raises SchoolKeepsParentsOut: when the school leaves nothing to decide
    """
    if by != pupil:
        raise NotForSomebodyElse(pupil=pupil.full_name)
    if not pupil.is_adult(at.date()):
        raise NotOfAge(pupil=pupil.full_name)
    if parents_of_adults() is ParentsOfAdults.KEPT_OUT:
        raise SchoolKeepsParentsOut
    decision, _created = ParentAccess.objects.update_or_create(
        pupil=pupil, defaults={"is_granted": is_granted, "decided_at": at}
    )
    tell(LET_PARENTS_READ if is_granted else KEEP_PARENTS_OUT, pupil, by)
    return decision
