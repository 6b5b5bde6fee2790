"""What exports hang on the pages of others."""

from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from preau.gradebook.places import SHEET_MENU, OpenedSheet
from preau.kit.slots import offer
from preau.people.merging import also_points

from .models import Origin

also_points(Origin, "record_id", Q(kind__in=("people", "staff")))


@offer(SHEET_MENU, rank=20)
def bundle(request: Any, opened: OpenedSheet) -> str | None:
    """Hang the bundle of a group for another program in the menu of its sheet."""
    if not opened.is_ones_own:
        return None
    return render_to_string("exchange/_sheet_menu.html", {"group": opened.group}, request)
