"""What notices give to the file a person takes away, and let go after a while."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit.dossier import Tables, contributes
from preau.kit.retention import lets_go
from preau.people.models import Person

from . import queries
from .models import Notice


@contributes("messaging")
def notices(person: Person) -> Tables:
    """Give a person what they were told."""
    return queries.held_about(person)


@lets_go(
    "messaging.notices",
    _("Notices: what people were told"),
    days=2 * 365,
    whose=("pupil", "receipts__person"),
)
def old_notices(before: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(told_at__lt=before)
