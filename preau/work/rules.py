"""
Who may follow long work and take its result away: whoever asked for it, and those whom its kind names.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import NOBODY, rule
from preau.people.models import Person
from preau.people.relations import is_the

from .declared import followed_by
from .models import Work


def _work_of_others(person: Person) -> Q:
    keys = followed_by(person)
    return Q(what__in=keys) if keys else NOBODY


may_take_result = is_the("asked_by", _("asked for the work")).over(Work)
may_follow_work = may_take_result | rule(_("does such work in the school"), _work_of_others)
