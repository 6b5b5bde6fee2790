"""To which audiences a person belongs today."""

from preau.people.models import Person
from preau.structure.place import place_of
from preau.structure.rules import is_staff

from .models import Audience


def audiences_of(person: Person) -> list[Audience]:
    """Return the audiences a person belongs to today: a teacher may be a parent too. At most five queries."""
    belongs = {
        Audience.STAFF: is_staff.admits(person) or bool(person.duties_in_force),
        Audience.PUPILS: place_of(person).is_a_pupil,
        Audience.GUARDIANS: person.is_a_guardian,
    }
    return [audience for audience, is_one in belongs.items() if is_one]
