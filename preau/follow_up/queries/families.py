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
                "measure": adjustment.measure.label,
                "detail": adjustment.detail,
                "subject": adjustment.subject.name if adjustment.subject else "",
                "from": adjustment.plan.starts_on,
                "until": adjustment.plan.ends_on,
                "signed_on": adjustment.plan.signed_on,
                "note": adjustment.plan.note,
            }
            for adjustment in adjustments
        ],
        "plans_read": list(Acknowledgement.objects.filter(person=person).order_by("at").values("at")),
    }
