"""What accounts let go after a while."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.kit.counted import called
from preau.kit.retention import lets_go

from .models import Account, Invitation


@lets_go("accounts.invitations", _("Invitations that can no longer be answered"), days=365, whose=("person",))
def invitations(before: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=before)


@lets_go("accounts.sessions", _("Sessions that are over"), days=7)
def sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


called(Account, ngettext_lazy("%(count)d account", "%(count)d accounts", "count"))
called(Invitation, ngettext_lazy("%(count)d invitation", "%(count)d invitations", "count"))
