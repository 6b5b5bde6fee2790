"""
Who reads which pupils, classes and groups, and who arranges the school (fwb.md §7.4).

Names are known to the whole staff; identity to those who teach, tutor or look after the pupil; contacts to
the tutor, the educators of the class and the secretariat, never to every teacher; a parent's own address to
nobody of the other household. A system administrator arranges years and periods, and reads no pupil.
"""

from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF, Standing, anyone
from preau.kit.subjects import told_under
from preau.people.models import Duty, Person, Relationship
from preau.people.relations import THAT_ADULT, answers_for, holds, is_the
from preau.people.rules import may_give_duties, may_manage_people
from preau.people.subjects import CLASSES, FAMILY, IDENTITY, WORKING_HERE

from .models import ClassGroup, CourseGroup
from .relations import (
    belongs_to_group,
    is_a_pupil,
    is_a_teacher,
    is_a_tutor,
    is_enrolled_in,
    is_guardian_for,
    looks_after,
    looks_after_class,
    shares_a_class,
    teaches,
    teaches_in_class,
    teaches_pupil,
    tutors,
    tutors_class,
)

Kind = Duty.Kind

is_staff: Standing = (
    is_a_teacher
    | is_a_tutor
    | holds(
        Kind.HEAD,
        Kind.DEPUTY,
        Kind.COORDINATOR,
        Kind.EDUCATOR,
        Kind.SECRETARY,
        Kind.GUIDANCE,
        Kind.ADJUSTMENTS,
        Kind.ADMINISTRATOR,
    )
)
"""Works in the school: knows everybody's name and class."""

may_manage_structure: Standing = may_manage_people
"""May enrol and move pupils, make classes and groups, assign tutors and teachers."""

may_configure_school: Standing = holds(Kind.HEAD, Kind.DEPUTY, Kind.SECRETARY, Kind.ADMINISTRATOR)
"""May arrange years, periods, holidays, levels, courses and the school's identity: no pupil in sight."""

may_open_classes: Standing = is_staff | is_a_pupil
"""May open the list of classes, and find there those one may read."""

may_read_staff: Standing = may_manage_people | may_give_duties
"""May read who works here and which duties they hold."""

may_see_logo: Standing = anyone
"""The logo stands on the door: whoever signs in sees it before."""

may_read_name = (is_staff | is_the(ITSELF) | answers_for(ITSELF) | shares_a_class(ITSELF)).over(Person)
"""May read the name and the class of a pupil, and nothing more."""

may_read_pupil = (
    may_manage_people
    | is_the(ITSELF)
    | answers_for(ITSELF)
    | teaches_pupil(ITSELF)
    | tutors(ITSELF)
    | looks_after(ITSELF, Kind.EDUCATOR, Kind.COORDINATOR)
).over(Person)
"""May read the identity of a pupil: date of birth, language, class, groups."""

may_read_contacts = (
    may_manage_people
    | is_the(ITSELF)
    | answers_for(ITSELF)
    | tutors(ITSELF)
    | looks_after(ITSELF, Kind.EDUCATOR)
    | is_guardian_for(tutors("pupil"))
    | is_guardian_for(looks_after("pupil", Kind.EDUCATOR))
).over(Person)
"""May read the phones, e-mail and address of a pupil or of a pupil's guardian."""

may_read_rights = (
    may_manage_people | is_the("guardian", THAT_ADULT) | tutors("pupil") | looks_after("pupil", Kind.EDUCATOR)
).over(Relationship)
"""May read which rights an adult has over a pupil, without who checked the document."""

may_read_class_list = (
    may_manage_people
    | teaches_in_class(ITSELF)
    | tutors_class(ITSELF)
    | looks_after_class(ITSELF, Kind.EDUCATOR, Kind.COORDINATOR)
).over(ClassGroup)
"""May read the list of a class with the identity of its pupils."""

may_read_class_contacts = (
    may_manage_people | tutors_class(ITSELF) | looks_after_class(ITSELF, Kind.EDUCATOR)
).over(ClassGroup)
"""May read the contacts of a whole class and of its families."""

may_read_classmates = (may_read_class_list | is_enrolled_in(ITSELF)).over(ClassGroup)
"""May read the names of a class: a pupil knows who sits there, and nothing more."""

may_read_group = (may_manage_people | teaches(ITSELF) | holds(Kind.EDUCATOR, Kind.COORDINATOR)).over(
    CourseGroup
)
"""May read who belongs to a course group and who teaches it."""

may_read_fellows = (may_read_group | belongs_to_group(ITSELF)).over(CourseGroup)
"""May read the names of those who follow a course together."""

told_under(IDENTITY, may_read_name, _("The name and the class, and nothing more"))
told_under(IDENTITY, may_read_pupil, _("Birthday, language, class, courses"))
told_under(
    FAMILY, may_read_contacts, _("Telephones, e-mail and address of a pupil, and of the pupil's adults")
)
told_under(FAMILY, may_read_rights, _("Which rights an adult has over a pupil"))
told_under(CLASSES, may_read_class_list, _("The list of a class with the identity of its pupils"))
told_under(CLASSES, may_read_class_contacts, _("The telephones and addresses of a whole class"))
told_under(CLASSES, may_read_classmates, _("The names of a class"))
told_under(CLASSES, may_read_group, _("The list of a course"))
told_under(CLASSES, may_read_fellows, _("The names of a course"))
told_under(WORKING_HERE, may_read_staff, _("Who works here, and which functions they hold"))
