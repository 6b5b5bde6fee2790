"""
Who decides how long things are kept, and of whom nothing goes.

- The head and the system administrator decide the periods: the law and the school's rules, no pupil in sight.
- The head and the deputies hold what is about a person, and let it go again.
- About whom the next run would erase something, those who lead the school and the data protection officer
  read; the administrator reads how much, never about whom.
"""

from django.utils.translation import gettext_lazy as _

from preau.kit.subjects import told_under
from preau.people.models import Duty, Person
from preau.people.relations import holds
from preau.people.subjects import LEAVING

from .models import LegalHold

Kind = Duty.Kind

may_read_retention = holds(Kind.HEAD, Kind.DEPUTY, Kind.DATA_PROTECTION, Kind.ADMINISTRATOR)
"""May read how long things are kept here, and how many records go next."""

may_decide_periods = holds(Kind.HEAD, Kind.ADMINISTRATOR)
"""May decide for how long a kind of things is kept."""

may_read_whom = holds(Kind.HEAD, Kind.DEPUTY, Kind.DATA_PROTECTION)
"""May read about whom something goes next, and about whom nothing may go."""

leads = holds(Kind.HEAD, Kind.DEPUTY)
may_hold = leads.over(Person)
"""May say that nothing about a person is erased for now."""

may_lift = leads.over(LegalHold)
"""May say that it is erased again in its time."""

told_under(LEAVING, may_read_whom, _("About whom something is erased next, and about whom nothing may go"))
