"""
Who may open a file: whoever may open what it hangs on, by the rule that its use declares.
"""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import NOBODY, rule
from preau.people.models import Person

from .models import StoredFile
from .uses import declared


def _what_it_hangs_on(person: Person) -> Q:
    return reduce(or_, (use.reached_by(person) for use in declared() if use.opened_by), NOBODY)


may_open_file = rule(_("may read what the file is attached to"), _what_it_hangs_on).over(StoredFile)
