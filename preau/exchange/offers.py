"""What exports hang on the pages of others."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from preau.gradebook.places import SHEET_MENU, OpenedSheet
from preau.kit.dossier import Tables, contributes
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people.merging import also_points
from preau.people.models import Person

from .models import UNDO, ImportedRow, ImportLine, Origin
from .queries import held_about

also_points(Origin, "record_id", Q(kind__in=("people", "staff")))


@offer(SHEET_MENU, rank=20)
def bundle(request: Any, opened: OpenedSheet) -> str | None:
    """Hang the bundle of a group for another program in the menu of its sheet."""
    if not opened.is_ones_own:
        return None
    return render_to_string("exchange/_sheet_menu.html", {"group": opened.group}, request)


@lets_go("exchange.lines", _("What the reports of imports say, line by line"), days=2 * 365)
def lines_of_reports(before: datetime) -> QuerySet[ImportLine]:
    return ImportLine.objects.filter(run__at__lt=before)


@lets_go(UNDO, _("What it takes to undo an import: what stood there before"), days=30, whose=("about",))
def rows_of_imports(before: datetime) -> QuerySet[ImportedRow]:
    return ImportedRow.objects.filter(run__applied_at__lt=before)


@contributes("exchange")
def former_values(person: Person) -> Tables:
    """Give what stood of a person before a file changed it, as long as that can be undone."""
    return held_about(person)
