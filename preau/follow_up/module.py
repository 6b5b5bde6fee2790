"""The follow-up of pupils as a module of the house: its lines in the menu, its card on Today."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare
from preau.people.models import Person

from . import queries
from .models import AdjustmentPlan
from .rules import (
    may_keep_plans,
    may_open_those_of_my_pupils,
    may_plan_for,
    may_read_adjustment,
    may_read_plan,
)


def _to_read(request: Any) -> str | None:
    """Draw the card of the protocols that wait to be read."""
    plans = queries.unread_of(request.person)
    return render_to_string("follow_up/_to_read.html", {"plans": plans}, request) if plans else None


def _of_a_pupil(request: Any, pupil: Person) -> str | None:
    """Hang the adjustments of a pupil in the file, as far as the reader may know them."""
    reader = request.person
    plan = queries.latest_plan_of(pupil, may_read_plan.among(AdjustmentPlan.objects.all(), reader))
    if plan is None:
        if not (may_keep_plans.admits(reader) and may_plan_for.allows(reader, pupil)):
            return None
        return render_to_string("follow_up/_no_plan.html", {"pupil": pupil}, request)
    known = plan.adjustments.select_related("measure", "subject")
    context = {"plan": plan, "measures": may_read_adjustment.among(known, reader)}
    return render_to_string("follow_up/_panel.html", context, request)


declare(
    Module(
        key="follow_up",
        name=_("Follow-up of pupils"),
        icon="adjustments",
        rank=130,
        menu=(
            MenuEntry(_("Adjustments"), "adjustments", "follow_up:plans", may_keep_plans),
            MenuEntry(
                _("Adjustments of my pupils"), "adjustments", "follow_up:mine", may_open_those_of_my_pupils
            ),
        ),
        cards=(_to_read,),
        panels=(_of_a_pupil,),
    )
)
