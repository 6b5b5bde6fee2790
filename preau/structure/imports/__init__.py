"""The files of people, courses and memberships that a school brings in."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports.kinds import TableKind, declare

from .course_columns import COURSE_FILE_TARGETS
from .courses import bring_courses
from .membership_columns import MEMBERSHIP_TARGETS
from .memberships import bring_memberships
from .pupil_columns import PUPIL_FILE_TARGETS
from .pupils import bring_pupils
from .staff import STAFF_NUMBERS, bring_staff
from .staff_columns import STAFF_TARGETS

declare(
    TableKind(
        key="people",
        label=_("Pupils and families"),
        lead=_("One line for each pupil, with the class and the adults who answer for the pupil."),
        rank=10,
        source="proeco",
        bring=bring_pupils,
        needs=(("family_name", "full_name"),),
        targets=PUPIL_FILE_TARGETS,
    )
)
declare(
    TableKind(
        key="staff",
        label=_("Staff"),
        lead=_("One line for each teacher, educator or secretary."),
        rank=20,
        source=STAFF_NUMBERS,
        bring=bring_staff,
        needs=(("family_name", "full_name"),),
        targets=STAFF_TARGETS,
    )
)
declare(
    TableKind(
        key="courses",
        label=_("Courses and groups"),
        lead=_("One line for each course group, or for each course."),
        rank=30,
        source="proeco",
        bring=bring_courses,
        needs=(("group_code", "course_code"),),
        targets=COURSE_FILE_TARGETS,
    )
)
declare(
    TableKind(
        key="memberships",
        label=_("Who follows and teaches what"),
        lead=_("One line for each pupil and group, or for each teacher and group."),
        rank=40,
        source="proeco",
        bring=bring_memberships,
        may_make_missing=True,
        needs=(("group_code", "course_code"), ("pupil_id", "family_name", "full_name", "teacher_id")),
        targets=MEMBERSHIP_TARGETS,
    )
)
