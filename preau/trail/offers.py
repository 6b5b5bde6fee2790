"""What the trail lets go after a while."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit.retention import lets_go

from .models import Trace
from .places import while_there_any_of

CONNECTIONS = (
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.fail_to_sign_in",
    "accounts.fail_second_factor",
)


@lets_go(
    "trail.connections", _("Who signed in or failed to, and from where"), days=365, whose=("by", "about")
)
def connections(before: datetime) -> QuerySet[Trace]:
    return Trace.objects.filter(act__in=CONNECTIONS, at__lt=before)


@lets_go(
    "trail.looks",
    _("Who looked at a file, results or a list"),
    days=5 * 365,
    least=365,
    whose=("about", "by"),
    also=while_there_any_of,
)
def looks(before: datetime) -> QuerySet[Trace]:
    return Trace.objects.filter(is_look=True, at__lt=before)
