"""
Who keeps the accounts. Accounts carry no rights, but whoever opens one opens what its holder may do. So:

- The head, the deputy, the secretary and the system administrator see who has an account, and invite.
- The secretary keeps the accounts of everyone except those in charge: head, deputy, system administrator,
  data protection officer. Nobody gains through an invitation what they do not hold.
- The head, the deputy and the system administrator keep all accounts, and may take away a lost second factor.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import rule
from preau.people.models import Duty, Person
from preau.people.relations import holds
from preau.people.ties import in_force

IN_CHARGE = (Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR, Duty.Kind.DATA_PROTECTION)

is_in_charge = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR)
of_someone_not_in_charge = rule(
    _("for someone who is not in charge of the school"),
    lambda person: ~Q(pk__in=Duty.objects.filter(in_force(), kind__in=IN_CHARGE).values("person")),
)

may_see_accounts = is_in_charge | holds(Duty.Kind.SECRETARY)
may_keep_account = (is_in_charge | holds(Duty.Kind.SECRETARY) & of_someone_not_in_charge).over(Person)
may_forget_second_factor = is_in_charge
