"""What was done, and who looked."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Listing, Phone

from .models import Trace
from .words import sentence_of

COUNTED = ngettext_lazy("%(n)s line", "%(n)s lines", "n")


def _by(trace: Trace) -> str:
    return trace.by.full_name if trace.by else ""


def _by_whom(trace: Trace, href: AddressOf) -> SafeString | str:
    return _by(trace) or format_html('<span class="faint">{}</span>', gettext("nobody signed in"))


def _who_looked(trace: Trace, href: AddressOf) -> str:
    if trace.by:
        return pieces.person_line(trace.by, sentence_of(trace))
    return format_html('{} <span class="soft">{}</span>', gettext("Someone who has left"), sentence_of(trace))


acts: Listing[Trace, Trace] = Listing(
    "trail.acts",
    _("Who did what"),
    (
        Column("at", _("When"), lambda trace: trace.at, Content.MOMENT, sort=("at",)),
        Column("by", _("Who"), _by, drawn=_by_whom, sort=("by__sort_name",), phone=Phone.BESIDE),
        Column("act", _("What"), sentence_of),
        Column(
            "about",
            _("About whom"),
            lambda trace: trace.about.full_name if trace.about else "",
            sort=("about__sort_name",),
        ),
    ),
    COUNTED,
    Empty(_("No line answers this"), "history", _("Look for another name, another act or other dates.")),
    sorted_by="-at",
)

given: Listing[Trace, Trace] = Listing(
    "trail.given",
    _("New ties and functions"),
    acts.columns,
    COUNTED,
    Empty(
        _("Nobody who works here was given anything"),
        "history",
        _("New groups, classes and functions will stand here."),
    ),
    sorted_by="-at",
)

looks: Listing[Trace, Trace] = Listing(
    "trail.looks",
    _("Who looked"),
    (
        Column("by", _("Who"), _by, drawn=_who_looked),
        Column("at", _("When"), lambda trace: trace.at, Content.MOMENT, phone=Phone.BESIDE, look="soft"),
    ),
    COUNTED,
    Empty(
        _("Nobody has looked yet"),
        "eye",
        _("When someone of the school opens this file, the name, the day and the hour will stand here."),
    ),
)
