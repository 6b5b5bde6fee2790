"""
Who keeps the school's register of persons.

The secretariat and the direction keep it. A system administrator sets the school up, but reads neither
families nor pupils, nor makes anybody who does: technical work needs no look at people's lives. Which
teachers read which pupils is said in `structure.rules`, where classes and courses are known.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import EVERYBODY, ITSELF, NOBODY, rule
from preau.kit.subjects import told_under

from .authority import EVERY_DUTY, gives
from .models import Duty, Household, Person, Relationship
from .relations import THAT_ADULT, answers_for, holds, is_of_age, is_the, lives_in
from .subjects import FAMILY, IDENTITY

may_manage_people = holds(Duty.Kind.SECRETARY, Duty.Kind.HEAD, Duty.Kind.DEPUTY)
"""May record and change persons, households and relationships, and read them all."""

may_give_duties = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR)
"""May give duties, as far as one's own allow (`authority`): what a person may read follows from them."""


def _one_may_give(person: Person) -> Q:
    kinds = gives(person)
    return EVERYBODY if kinds == EVERY_DUTY else Q(kind__in=sorted(kinds)) if kinds else NOBODY


may_end_duty = (may_give_duties & rule(_("if it is one that one may give"), _one_may_give)).over(Duty)
"""May end a duty."""

may_read_person = (may_manage_people | is_the(ITSELF) | answers_for(ITSELF)).over(Person)
"""May read who a person is: identity, date of birth, language."""

may_read_household = (may_manage_people | lives_in(ITSELF)).over(Household)
"""May read an address: one's own, never that of the other parent."""

may_read_relationship = (may_manage_people | is_the("guardian", THAT_ADULT)).over(Relationship)
"""May read the rights an adult has over a pupil."""

decides_whether_parents_read = is_of_age
"""May let the parents read, or object to it: for oneself only, once one is of age."""

told_under(IDENTITY, may_read_person, _("Name, birthday, language, number"))
told_under(FAMILY, may_read_household, _("The address of a home"))
told_under(
    FAMILY,
    may_read_relationship,
    _("The rights an adult has over a pupil, with the document that limits them"),
)
