"""Who opens a pupil's file, who reads the figures of the school, who decides what is open."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF, Rule, rule
from preau.kit.subjects import told_under
from preau.people.models import Duty, Person
from preau.people.relations import holds, is_the
from preau.people.rules import may_manage_people
from preau.people.subjects import FILE, LEAVING
from preau.people.working_here import works_here
from preau.structure.models import Enrolment
from preau.structure.relations import is_guardian_for, looks_after, teaches_pupil, tutors
from preau.structure.rules import may_read_pupil

Kind = Duty.Kind

_readers = may_read_pupil | looks_after(ITSELF, Kind.GUIDANCE, Kind.ADJUSTMENTS)

may_open_file = Rule(
    _readers.parts,
    lambda person: _readers.condition(person) & Q(pk__in=Enrolment.objects.values("pupil")),
    Person,
)
"""May open the file of whoever is or was a pupil; each part of it then has its own rule."""

may_read_contacts = (
    may_manage_people | is_the(ITSELF) | tutors(ITSELF) | looks_after(ITSELF, Kind.EDUCATOR, Kind.GUIDANCE)
).over(Person)
"""May read the addresses, phones and e-mails of a pupil and of the whole family."""

may_read_urgent_phones = (may_read_contacts | teaches_pupil(ITSELF)).over(Person)
"""May read whom to call in an emergency, and nothing more of the family."""

may_read_parents_rights = (may_manage_people | looks_after(ITSELF, Kind.EDUCATOR)).over(Person)
"""May read which right each adult has over a pupil."""

may_see_that_rights_are_limited = (may_read_parents_rights | tutors(ITSELF)).over(Person)
"""May know that an adult's rights are limited, without knowing how."""

may_hand_data_over = holds(Kind.HEAD, Kind.DEPUTY, Kind.DATA_PROTECTION).over(Person)
"""May hand somebody all that is held about them: who has no account has the same right to it."""


def _is_of_a_family_alone(person: Person) -> Q:
    return ~Q(pk=person.pk) & ~works_here()


_leads = (Kind.HEAD, Kind.DEPUTY)

may_see_as = (
    (looks_after(ITSELF, *_leads) | is_guardian_for(looks_after("pupil", *_leads)))
    & rule(_("if that person does not work in the school"), _is_of_a_family_alone)
).over(Person)
"""May see for a while what a pupil or a parent sees: who reads all of it as themselves, and nobody else."""

decides_what_is_open = holds(Kind.HEAD, Kind.DEPUTY, Kind.ADMINISTRATOR)
"""May open and close modules, name who tries them first, and read how many use them."""

reads_addresses = holds(Kind.HEAD, Kind.DEPUTY, Kind.DATA_PROTECTION, Kind.ADMINISTRATOR)
"""May read the address of every page beside its rule: who looks after the house, or audits it."""

reads_school_figures = holds(Kind.HEAD, Kind.DEPUTY, Kind.SECRETARY, Kind.ADMINISTRATOR)
"""May read how many people the school has, who signs in and what its structure lacks."""

told_under(FILE, may_open_file, _("The file, each part of it with its own rule"))
told_under(FILE, may_see_as, _("To see for a while what a pupil or a parent sees, with a reason"))
told_under(
    FILE, may_read_contacts, _("In the file: addresses, telephones and e-mails of the pupil and the family")
)
told_under(FILE, may_read_urgent_phones, _("In the file: whom to call in an emergency"))
told_under(
    FILE,
    may_see_that_rights_are_limited,
    _("In the file: that the rights of an adult are limited, without knowing how"),
)
told_under(FILE, may_read_parents_rights, _("In the file: which rights each adult has"))
told_under(LEAVING, may_hand_data_over, _("All that is held about somebody, to hand it over to them"))
