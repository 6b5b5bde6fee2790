"""
Who keeps the school's register of persons.

The secretariat and the direction keep it. A system administrator sets the school up and gives duties, but
reads neither families nor pupils: technical work needs no look at people's lives. Which teachers read which
pupils is said in `structure.rules`, where classes and courses are known.
"""

from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF

from .models import Duty, Household, Person, Relationship
from .relations import answers_for, holds, is_of_age, is_the, lives_in

may_manage_people = holds(Duty.Kind.SECRETARY, Duty.Kind.HEAD, Duty.Kind.DEPUTY)
"""May record and change persons, households and relationships, and read them all."""

may_give_duties = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR)
"""May give and end duties: what a person may read and do follows from them."""

may_read_person = (may_manage_people | is_the(ITSELF) | answers_for(ITSELF)).over(Person)
"""May read who a person is: identity, date of birth, language."""

may_read_household = (may_manage_people | lives_in(ITSELF)).over(Household)
"""May read an address: one's own, never that of the other parent."""

may_read_relationship = (may_manage_people | is_the("guardian", _("is that adult"))).over(Relationship)
"""May read the rights an adult has over a pupil."""

decides_whether_parents_read = is_of_age
"""May let the parents read, or object to it: for oneself only, once one is of age."""
