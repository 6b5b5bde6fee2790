"""To which audiences a person belongs today."""

from preau.people.models import Person
from preau.structure.models import place_of

from .models import Audience


def is_staff(person: Person) -> bool:
    """Say whether the person works for the school today: holds a duty, teaches or tutors."""
    place = place_of(person)
    return bool(person.duties_in_force) or place.is_a_teacher or place.is_a_tutor


def audiences_of(person: Person) -> list[Audience]:
    """Return the audiences a person belongs to today: a teacher may be a parent too. At most five queries."""
    belongs = {
        Audience.STAFF: is_staff(person),
        Audience.PUPILS: place_of(person).is_a_pupil,
        Audience.GUARDIANS: person.is_a_guardian,
    }
    return [audience for audience, is_one in belongs.items() if is_one]
