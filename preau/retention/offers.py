"""What is said of holds on the page of a person, and in the file a person takes away."""

from typing import Any

from django.template.loader import render_to_string

from preau.kit import clock
from preau.kit.dossier import Tables, contributes
from preau.kit.retention import decided_by
from preau.kit.slots import offer
from preau.people.models import Person

from . import queries
from .models import LegalHold
from .rules import may_hold

decided_by(lambda each: queries.period_of(each).days_at(clock.now()))


@offer("people.person", rank=95)
def hold_on_a_person(request: Any, person: Person) -> str | None:
    """Say whether what is about a person is held, and lead to holding it or to letting it go."""
    if not may_hold.allows(request.person, person):
        return None
    context = {"somebody": person, "hold": queries.hold_of(person)}
    return render_to_string("retention/_hold.html", context, request)


@contributes("retention")
def holds(person: Person) -> Tables:
    """Tell a person since when nothing about them may be erased, and until when it was so."""
    known = LegalHold.objects.filter(person=person).order_by("starts_on")
    return {"held": list(known.values("starts_on", "ends_on", "because"))}
