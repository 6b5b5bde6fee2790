"""The doors to paper and files, on the pages of the gradebook."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import ngettext_lazy

from preau.gradebook.places import GRADEBOOKS, RESULTS, SHEET_MENU, OpenedSheet, PeriodOfPupil
from preau.kit.counted import called
from preau.kit.slots import offer

from .models import SheetFile
from .rules import may_take_books

called(SheetFile, ngettext_lazy("%(count)d file of grades", "%(count)d files of grades", "count"))


@offer(SHEET_MENU, rank=10)
def papers_and_files(request: Any, opened: OpenedSheet) -> str:
    """Hang the spreadsheets, the file that comes in, the list and the book in the menu of a sheet."""
    return render_to_string("sheets/_sheet_menu.html", {"opened": opened}, request)


@offer(RESULTS, rank=10)
def explanation(request: Any, shown: PeriodOfPupil) -> str:
    """Hang the document that explains the results on their page."""
    return render_to_string("sheets/_explanation.html", {"shown": shown}, request)


@offer(GRADEBOOKS, rank=10)
def books_to_keep(request: Any, _nothing: None) -> str | None:
    """Hang the books one may take away over the list of gradebooks."""
    if not may_take_books.admits(request.person):
        return None
    return render_to_string("sheets/_books.html", {}, request)
