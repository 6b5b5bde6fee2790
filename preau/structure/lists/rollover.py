"""The classes of a year that is brought forward: how many pass, repeat, leave, wait; where they go."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone

from ..models import OUT
from ..queries.rollover import ClassPlan


def _to(plan: ClassPlan) -> str:
    if plan.to == OUT:
        return gettext("out of the school")
    return plan.to or gettext("to choose")


def _drawn_to(plan: ClassPlan, href: AddressOf) -> str:
    return _to(plan) if plan.to else pieces.badge(_to(plan), "warning", "alert-triangle")


def _waiting(plan: ClassPlan, href: AddressOf) -> str:
    return pieces.badge(plan.undecided, "warning") if plan.undecided else "0"


def _titulaires(plan: ClassPlan) -> str:
    if not plan.is_carried:
        return gettext("not made again")
    return ", ".join(tutor.full_name for tutor in plan.tutors) or gettext("to choose")


rollover: Listing[ClassPlan, ClassPlan] = Listing(
    "structure.rollover",
    _("Bringing the year forward"),
    (
        Column(
            "name",
            _("Class"),
            lambda plan: plan.former.name,
            links=(Link("structure:rollover_class", lambda plan: [plan.former]),),
        ),
        Column(
            "undecided",
            _("Not decided"),
            lambda plan: plan.undecided,
            Content.NUMBER,
            drawn=_waiting,
            phone=Phone.BESIDE,
        ),
        Column("to", _("Those who pass go to"), _to, drawn=_drawn_to, phone=Phone.BESIDE),
        Column("passing", _("Pass"), lambda plan: plan.passing, Content.NUMBER, phone=Phone.HIDDEN),
        Column("repeating", _("Repeat"), lambda plan: plan.repeating, Content.NUMBER, phone=Phone.HIDDEN),
        Column("leaving", _("Leave"), lambda plan: plan.leaving, Content.NUMBER, phone=Phone.HIDDEN),
        Column("placed", _("Placed already"), lambda plan: plan.placed, Content.NUMBER, phone=Phone.HIDDEN),
        Column("tutors", _("Titulaire in the new year"), _titulaires, look="soft small", phone=Phone.HIDDEN),
    ),
    ngettext_lazy("%(n)s class", "%(n)s classes", "n"),
    Empty(_("No earlier year"), "calendar-week", _("There is no year before this one to bring forward.")),
    page_size=None,
    holds_persons=False,
)
