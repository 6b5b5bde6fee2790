"""What long work lets go after a while."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from preau.kit.retention import lets_go

from .actions import let_results_go
from .models import Work


@lets_go(
    "work.results",
    _("Documents made on request: gradebooks, bundles, letters"),
    days=90,
    least=1,
    whose=("asked_by",),
    erases=let_results_go,
)
def results(before: datetime) -> QuerySet[Work]:
    return Work.objects.filter(finished_at__lt=before).exclude(result=None)
