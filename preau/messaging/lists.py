"""The notices of a person, the latest first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.kit.lists.columns import Column, Content, Empty, Listing

from . import queries
from .models import Receipt
from .queries import Line

notices: Listing[Receipt, Line] = Listing(
    "messaging.notices",
    _("Notices"),
    (
        Column("what", _("What is new"), lambda line: line.words),
        Column("when", _("When"), lambda line: line.receipt.due_at, Content.MOMENT),
    ),
    ngettext_lazy("%(n)s notice", "%(n)s notices", "n"),
    Empty(_("Nothing new for you."), "bell", _("What concerns you appears here on the day it is told.")),
    queries.lines,
    page_size=30,
)
