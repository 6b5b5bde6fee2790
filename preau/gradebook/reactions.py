"""What the gradebook does when something happens below."""

from preau.grading.events import SchemeFollowed
from preau.grading.models import Scheme
from preau.kit.events import upon

from . import actions


@upon(SchemeFollowed)
def carry_competence_rule(event: SchemeFollowed) -> None:
    """Let the scheme that follows another make levels of competences as that one does."""
    schemes = Scheme.objects.in_bulk([event.scheme_id, event.next_id])
    actions.carry_competence_rule(source=schemes[event.scheme_id], target=schemes[event.next_id])
