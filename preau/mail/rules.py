"""
Who looks after e-mail: the secretary, who knows the families; the head and the deputy; the system
administrator, who knows the mail server. None of them reads what an e-mail says.
"""

from django.utils.translation import gettext_lazy as _

from preau.kit.subjects import told_under
from preau.people.models import Duty
from preau.people.relations import holds
from preau.people.subjects import FAMILY

from .models import BouncingAddress, OutgoingMail

may_keep_mail = holds(Duty.Kind.SECRETARY, Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR)
may_send_mail_again = may_keep_mail.over(OutgoingMail)
may_try_address = may_keep_mail.over(BouncingAddress)

told_under(FAMILY, may_keep_mail, _("To which address an e-mail left, when, and which addresses bounce"))
