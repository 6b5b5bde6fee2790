"""What the gradebook does when something happens below."""

from preau.kit.events import upon

from . import actions
from .events import SchemeFollowed
from .models import Scheme


@upon(SchemeFollowed)
def carry_competence_rule(event: SchemeFollowed) -> None:
    """Let the scheme that follows another make levels of competences as that one does."""
    schemes = Scheme.objects.in_bulk([event.scheme_id, event.next_id])
    actions.carry_competence_rule(source=schemes[event.scheme_id], target=schemes[event.next_id])
