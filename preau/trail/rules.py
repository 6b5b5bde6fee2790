"""
Who may read the trail.

- The head, the deputy, the system administrator and the data protection officer read what was done; the
  administrator not what says something of a pupil: a plan, a right taken away, a card held.
- The head and the deputy are told of new ties and duties of those who work here.
- A pupil, those who answer for the pupil, the head, the deputy and the data protection officer read who
  looked at the pupil's file.
"""

from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF
from preau.kit.subjects import Subject, told_under
from preau.people.models import Duty, Person
from preau.people.relations import cares_for, holds, is_the
from preau.people.subjects import WORKING_HERE

LOOKS = Subject("looks", _("Who looked, who did what"), "eye", 70)

may_read_trail = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR, Duty.Kind.DATA_PROTECTION)

may_read_reserved = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.DATA_PROTECTION)
"""May read those lines of the trail that say something of a pupil."""

may_read_given = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY)
"""Is told of the ties and duties that those who work here were given."""

may_see_looks = (
    is_the(ITSELF) | cares_for(ITSELF) | holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.DATA_PROTECTION)
).over(Person)

told_under(LOOKS, may_see_looks, _("Who looked at a pupil's file, results or report cards, and when"))
told_under(LOOKS, may_read_trail, _("What was done in Préau, by whom and when"))
told_under(LOOKS, may_read_reserved, _("Of what was done, that which says something of a pupil"))
told_under(WORKING_HERE, may_read_given, _("New functions and ties of those who work here"))
