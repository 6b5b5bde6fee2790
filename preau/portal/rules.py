"""Who opens a pupil's file, who reads the figures of the school, who decides what is open."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import rule
from preau.people.models import Duty
from preau.people.relations import answers_for, holds, is_the
from preau.structure.models import Enrolment
from preau.structure.relations import looks_after, teaches_pupil, tutors

Kind = Duty.Kind

is_enrolled = rule(
    _("where a pupil is or was enrolled here"), lambda person: Q(pk__in=Enrolment.objects.values("pupil"))
)

may_open_file = (
    is_the("pk")
    | answers_for("pk")
    | teaches_pupil("pk")
    | tutors("pk")
    | looks_after(
        "pk",
        Kind.HEAD,
        Kind.DEPUTY,
        Kind.COORDINATOR,
        Kind.EDUCATOR,
        Kind.SECRETARY,
        Kind.GUIDANCE,
        Kind.ADJUSTMENTS,
    )
) & is_enrolled

decides_what_is_open = holds(Kind.HEAD, Kind.DEPUTY, Kind.ADMINISTRATOR)
reads_school_figures = holds(Kind.HEAD, Kind.DEPUTY, Kind.SECRETARY, Kind.ADMINISTRATOR)

works_with_families = (Kind.HEAD, Kind.DEPUTY, Kind.EDUCATOR, Kind.SECRETARY)

may_read_contacts = is_the("pk") | tutors("pk") | looks_after("pk", *works_with_families, Kind.GUIDANCE)
"""May read the address, the phones and the e-mails of a pupil and of the family. (A `Person`.)"""

may_read_urgent_phones = may_read_contacts | teaches_pupil("pk")
"""May read whom to call in an emergency, and nothing more of the family. (A `Person`.)"""

may_read_parents_rights = looks_after("pk", *works_with_families)
"""May read which right each adult has over a pupil. (A `Person`.)"""

may_see_that_rights_are_limited = may_read_parents_rights | tutors("pk")
"""May know that an adult's rights are limited, without knowing how. (A `Person`.)"""
