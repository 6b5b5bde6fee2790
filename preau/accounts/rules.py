"""
Who keeps the accounts. Accounts carry no rights, but whoever opens one opens what its holder may do. So:

- The head, the deputy, the secretary and the system administrator see who has an account, and invite.
- Each keeps the accounts of those whose duties are not above their own, today or later (`people.authority`):
  whoever prints an invitation could answer it, and nobody gains through one what they do not hold.
- The head, the deputy and the system administrator may take away a lost second factor, of the same accounts.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.access import EVERYBODY, rule
from preau.kit.subjects import told_under
from preau.people.authority import above
from preau.people.models import Duty, Person
from preau.people.relations import holds
from preau.people.subjects import WORKING_HERE
from preau.people.ties import FOR_EVER

is_in_charge = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR)


def _holds_nothing_above(person: Person) -> Q:
    kinds = sorted(above(person))
    if not kinds:
        return EVERYBODY
    held = Duty.objects.during(clock.today(), FOR_EVER).filter(kind__in=kinds)
    return ~Q(pk__in=held.values("person"))


of_nobody_above = rule(_("for someone whose functions are not above one's own"), _holds_nothing_above)

may_see_accounts = is_in_charge | holds(Duty.Kind.SECRETARY)
may_keep_account = (may_see_accounts & of_nobody_above).over(Person)
may_forget_second_factor = (is_in_charge & of_nobody_above).over(Person)

told_under(WORKING_HERE, may_see_accounts, _("Who has an account, and since when"))
