"""What great acts on the structure of the school do, said before they are done."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.people.models import Duty

from . import queries
from .models import GroupMembership, ReportPeriod, SchoolYear, TeachingAssignment, Tutorship


def ending_tutorship(tutorship: Tutorship) -> Question:
    names = {"name": tutorship.tutor.full_name, "class_group": tutorship.class_group.name}
    return Question(
        title=_("%(name)s leaves the charge of %(class_group)s") % names,
        button=_("End the charge today"),
        back=reverse("structure:class_group", args=[tutorship.class_group_id]),
        does=[
            _("From today %(name)s opens no longer what only a titulaire of %(class_group)s opens.") % names,
            _("What was written stays."),
        ],
        icon="x",
    )


def ending_assignment(assignment: TeachingAssignment) -> Question:
    names = {"name": assignment.teacher.full_name, "group": assignment.group.name}
    return Question(
        title=_("%(name)s leaves the group %(group)s") % names,
        button=_("End it today"),
        back=reverse("structure:group", args=[assignment.group_id]),
        does=[
            _("From today %(name)s opens the gradebook of this group no longer.") % names,
            _("What was written stays."),
        ],
        loses=[_("If nobody else teaches it, nobody grades these pupils: name a replacement first.")],
        icon="x",
    )


def ending_membership(membership: GroupMembership) -> Question:
    names = {"name": membership.pupil.full_name, "group": membership.group.name}
    return Question(
        title=_("%(name)s leaves the group %(group)s") % names,
        button=_("Take out of the group"),
        back=reverse("structure:group", args=[membership.group_id]),
        does=[_("The grades of these days stay in the gradebook.")],
        icon="x",
    )


def ending_duty(duty: Duty) -> Question:
    names = {"name": duty.person.full_name, "duty": duty.get_kind_display()}
    return Question(
        title=_("%(name)s gives up the duty of %(duty)s") % names,
        button=_("End the duty today"),
        back=reverse("structure:duties", args=[duty.person_id]),
        does=[
            _("From today %(name)s opens no longer what this duty opens.") % names,
            _("What was done under it stays."),
        ],
        icon="x",
    )


def closing_year(school_year: SchoolYear) -> Question:
    ties = queries.open_ties_of(school_year)
    ending = ngettext(
        "%(count)d tie still open ends: pupils leave classes and groups, teachers leave theirs.",
        "%(count)d ties still open end: pupils leave classes and groups, teachers leave theirs.",
        ties,
    )
    return Question(
        title=_("Close the school year %(name)s") % {"name": school_year.name},
        button=_("Close the year"),
        back=reverse("structure:school_year", args=[school_year.pk]),
        does=[ending % {"count": ties}, _("Grades and report cards stay.")],
    )


def removing_period(period: ReportPeriod) -> Question:
    return Question(
        title=_("Remove the period “%(name)s”") % {"name": period.name},
        button=_("Remove the period"),
        back=reverse("structure:school_year", args=[period.school_year_id]),
        does=[_("It is refused once the period holds assessments or report cards.")],
        icon="trash",
    )
