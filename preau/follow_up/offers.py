"""What adjustments hang on the pages of the gradebook, and in the file a person takes away."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from preau.design.pieces import icon, note
from preau.gradebook.places import CELL, NEW_ASSESSMENT, PUPILS, CellPlace, PlannedDay
from preau.kit.dossier import Tables, contributes
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people.models import Person
from preau.structure.models import CourseGroup
from preau.structure.queries import gone_before

from . import queries
from .models import AdjustmentPlan

BETWEEN = " · "


@offer(PUPILS, rank=10)
def flag(request: Any, group: CourseGroup) -> dict[int, str]:
    """Hang a flag beside the name of each pupil who has measures in the subject of the group."""
    told, address = _("adjustments"), reverse("follow_up:plan", args=[0])
    return {
        pupil: format_html(
            '<a class="beside" data-peek href="{}" title="{}">{}<span class="visually-hidden">{}</span></a>',
            address.replace("/0/", f"/{found.plan}/"),
            BETWEEN.join(found.measures),
            icon("adjustments"),
            told,
        )
        for pupil, found in queries.flags(group, request.person).items()
    }


@offer(NEW_ASSESSMENT, rank=10)
def measures_of_the_group(request: Any, planned: PlannedDay) -> str | None:
    """Tell how many pupils have which measure, by name of the measure alone."""
    counts = queries.counted(planned.group, planned.day)
    return note(BETWEEN.join(map(_in_words, counts)), "info", "adjustments") if counts else None


def _in_words(count: queries.Count) -> str:
    words = ngettext("%(pupils)s pupil: %(measure)s", "%(pupils)s pupils: %(measure)s", count.pupils)
    return words % {"pupils": count.pupils, "measure": count.measure}


@offer(CELL, rank=10)
def measures_of_the_pupil(request: Any, place: CellPlace) -> str | None:
    """Recall, beside a grade, the measures of the pupil in that subject."""
    measures = queries.readable_for(place.pupil, place.assessment.group, request.person)
    if not measures:
        return None
    return render_to_string("follow_up/_cell.html", {"measures": measures}, request)


@contributes("follow_up")
def adjustments(person: Person) -> Tables:
    """Give the measures of a pupil to whoever takes their own data away."""
    return queries.held_about(person)


@lets_go(
    "follow_up.plans",
    gettext_lazy("Plans of reasonable adjustments of pupils who have left"),
    days=365,
    least=30,
    since=gettext_lazy("since they left the school"),
    whose=("pupil",),
    awaits_decision=True,
)
def plans_of_leavers(before: datetime) -> QuerySet[AdjustmentPlan]:
    return AdjustmentPlan.objects.filter(pupil__in=gone_before(before.date()).values("pk"))
