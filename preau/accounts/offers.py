"""What accounts let go after a while."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit.retention import lets_go

from .models import Invitation


@lets_go("accounts.invitations", _("Invitations that can no longer be answered"), days=365)
def invitations(before: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=before)


@lets_go("accounts.sessions", _("Sessions that are over"), days=7)
def sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)
