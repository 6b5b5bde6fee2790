"""What the register of persons hangs on the pages of others."""

from django.template.loader import render_to_string

from preau.kit.http import Request
from preau.kit.slots import offer

from . import queries
from .models import Person
from .rules import decides_whether_parents_read


@offer("portal.profile", rank=10)
def parents_of_an_adult(request: Request, person: Person) -> str | None:
    """Tell a pupil of age what parents read, and where to decide it."""
    if not decides_whether_parents_read.admits(person):
        return None
    context = {"reading": queries.parents_reading(person)}
    return render_to_string("people/_parents_reading.html", context, request)
