"""What the register of persons hangs on the pages of others."""

from django.template.loader import render_to_string
from django.utils.translation import ngettext_lazy

from preau.kit.counted import called
from preau.kit.http import Request
from preau.kit.slots import offer

from . import queries
from .models import Duty, ExternalId, Household, Merge, Person, Relationship, Residence
from .rules import decides_whether_parents_read


@offer("portal.profile", rank=10)
def parents_of_an_adult(request: Request, person: Person) -> str | None:
    """Tell a pupil of age what parents read, and where to decide it."""
    if not decides_whether_parents_read.admits(person):
        return None
    context = {"reading": queries.parents_reading(person)}
    return render_to_string("people/_parents_reading.html", context, request)


called(Person, ngettext_lazy("%(count)d person", "%(count)d persons", "count"))
called(
    Relationship,
    ngettext_lazy(
        "%(count)d adult who answers for a pupil", "%(count)d adults who answer for pupils", "count"
    ),
)
called(Household, ngettext_lazy("%(count)d household", "%(count)d households", "count"))
called(
    Residence,
    ngettext_lazy("%(count)d place where somebody lives", "%(count)d places where somebody lives", "count"),
)
called(ExternalId, ngettext_lazy("%(count)d number", "%(count)d numbers", "count"))
called(Duty, ngettext_lazy("%(count)d function", "%(count)d functions", "count"))
called(Merge, ngettext_lazy("%(count)d merge", "%(count)d merges", "count"))
