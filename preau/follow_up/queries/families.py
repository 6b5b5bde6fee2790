"""What is held about a person, for the file that the person may take away."""

from __future__ import annotations

from preau.kit.dossier import Tables
from preau.people.models import Person

from ..models import Acknowledgement, Adjustment


def held_about(person: Person) -> Tables:
    """Return the measures of a pupil, and when somebody of the school read plans (not whose)."""
    adjustments = (
        Adjustment.objects.filter(plan__pupil=person)
        .select_related("plan", "measure", "subject")
        .order_by("plan__starts_on", "measure__rank", "pk")
    )
    return {
        "adjustments": [
            {
                "measure": it.measure.label,
                "detail": it.detail,
                "subject": it.subject.name if it.subject else "",
                "from": it.plan.starts_on,
                "until": it.plan.ends_on,
                "signed_on": it.plan.signed_on,
                "note": it.plan.note,
            }
            for it in adjustments
        ],
        "plans_read": list(Acknowledgement.objects.filter(person=person).order_by("at").values("at")),
    }
