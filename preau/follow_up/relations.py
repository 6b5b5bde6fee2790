"""Ties this app adds: who teaches a pupil what an adjustment is about."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import NOBODY, Rule, rule
from preau.kit.clauses import Clause
from preau.people.models import Person
from preau.people.ties import in_force
from preau.structure.models import Enrolment, GroupMembership
from preau.structure.relations import groups_of

from .models import Adjustment


def _what_one_teaches(person: Person) -> Q:
    groups = groups_of(person)
    if not groups:
        return NOBODY
    members = GroupMembership.objects.filter(in_force(), group__in=groups, pupil=OuterRef("plan__pupil"))
    in_the_subject = members.filter(group__course__subject=OuterRef("subject"))
    return Q(Exists(members), subject=None) | Q(Exists(in_the_subject))


teaches_what_it_is_about = rule(
    Clause(
        _("teaches the pupil, in the subject of the measure if it has one"),
        _("the pupil's teachers, for what concerns their subject"),
    ),
    _what_one_teaches,
)
"""Teach the pupil of an adjustment today, in its subject if it has one. (An `Adjustment`.)"""


def _plans_one_applies(person: Person) -> Q:
    condition = teaches_what_it_is_about.condition(person)
    if condition is NOBODY:
        return NOBODY
    return Q(pk__in=Adjustment.objects.order_by().filter(condition).values("plan"))


teaches_under_it = rule(
    Clause(_("teaches the pupil a subject of the plan"), _("the pupil's teachers whose subject it concerns")),
    _plans_one_applies,
)
"""Teach the pupil of a plan today, with at least one measure that holds there. (An `AdjustmentPlan`.)"""


def enrolled(pupil: str) -> Rule:
    """Look only at the pupil at this path: enrolled in a class today."""
    return rule(
        _("the pupil is enrolled"),
        lambda person: Q(**{f"{pupil}__in": Enrolment.objects.filter(in_force()).values("pupil")}),
    )
