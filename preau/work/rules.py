"""
Who may follow long work and take its result away: whoever asked for it, and those whom its kind names.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import EVERYBODY, NOBODY, rule
from preau.people.models import Person
from preau.people.relations import is_the

from .declared import closed_to, followed_by
from .models import Work


def _work_of_others(person: Person) -> Q:
    keys = followed_by(person)
    return Q(what__in=keys) if keys else NOBODY


def _work_one_may_still_ask_for(person: Person) -> Q:
    keys = closed_to(person)
    return ~Q(what__in=keys) if keys else EVERYBODY


_asked_for_it = is_the("asked_by", _("asked for the work"))
may_take_result = (
    _asked_for_it & rule(_("and may still ask for such work"), _work_one_may_still_ask_for)
).over(Work)
may_follow_work = _asked_for_it.over(Work) | rule(_("does such work in the school"), _work_of_others)
