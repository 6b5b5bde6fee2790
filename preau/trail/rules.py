"""
Who may read the trail.

- The head, the deputy, the system administrator and the data protection officer read what was done.
- A pupil, those who answer for the pupil, the head, the deputy and the data protection officer read who
  looked at the pupil's file.
"""

from preau.kit.access import ITSELF
from preau.people.models import Duty, Person
from preau.people.relations import cares_for, holds, is_the

may_read_trail = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR, Duty.Kind.DATA_PROTECTION)

may_see_looks = (
    is_the(ITSELF) | cares_for(ITSELF) | holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.DATA_PROTECTION)
).over(Person)
