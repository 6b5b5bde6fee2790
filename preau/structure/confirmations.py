"""What great acts on the structure of the school do, said before they are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.people.models import Duty, Person
from preau.people.ties import short

from . import queries
from .models import (
    ClassGroup,
    GroupMembership,
    ReportPeriod,
    Rollover,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)
from .queries import CoursePlan, RolloverPlan, course_plan


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


def bringing_to_class(plan: CoursePlan, present: ClassGroup | None) -> Question:
    names = {"pupil": plan.pupil.full_name, "name": plan.class_group.name, "day": short(plan.on)}
    title = _("%(pupil)s goes to %(name)s") if present else _("%(pupil)s comes to %(name)s")
    return Question(
        title=title % names,
        button=_("Change class and courses") if present else _("Enrol with these courses"),
        back=reverse("structure:enrolment", args=[plan.pupil.pk]),
        does=[
            _("From %(day)s on %(pupil)s is in %(name)s. What was written before that day stays.") % names,
            *_what_of_the_courses(plan),
        ],
        loses=_what_is_odd(plan),
        tone="primary",
        icon="switch-horizontal",
    )


def settling_courses(plan: CoursePlan) -> Question:
    names = {"pupil": plan.pupil.full_name, "name": plan.class_group.name}
    settled = [
        _("Nothing is proposed. Tick what %(pupil)s chooses.") % names
        if plan.offered
        else _("The courses of %(pupil)s are those of %(name)s.") % names
    ]
    return Question(
        title=_("The courses of %(pupil)s in %(name)s") % names,
        button=_("Settle the courses"),
        back=reverse("people:person", args=[plan.pupil.pk]),
        does=settled if plan.is_settled else _what_of_the_courses(plan),
        loses=_what_is_odd(plan),
        tone="primary",
        icon="books",
    )


def _what_of_the_courses(plan: CoursePlan) -> list[str]:
    leaves, joins, stays = len(plan.leaves), len(plan.joins), len(plan.stays)
    ends = ngettext("%(count)d course ends that day", "%(count)d courses end that day", leaves)
    begins = ngettext("%(count)d begins", "%(count)d begin", joins)
    goes_on = ngettext("%(count)d goes on", "%(count)d go on", stays)
    parts = {
        "ends": ends % {"count": leaves},
        "begins": begins % {"count": joins},
        "stays": goes_on % {"count": stays},
    }
    return [_("Proposed: %(ends)s, %(begins)s, %(stays)s. Tick what is right.") % parts]


def _what_is_odd(plan: CoursePlan) -> list[str]:
    if plan.joins or plan.stays:
        return []
    return [_("The pupils of this class follow no courses yet that could be proposed.")]


def moving_many(pupils: Sequence[Person], to: ClassGroup, on: date) -> Question:
    plans = [course_plan(pupil, to, on=on) for pupil in pupils]
    leaves, joins = (sum(len(part) for part in parts) for parts in _both(plans))
    count = ngettext(
        "%(count)d pupil is in %(name)s from %(day)s on.",
        "%(count)d pupils are in %(name)s from %(day)s on.",
        len(plans),
    )
    return Question(
        title=_("Move to %(name)s") % {"name": to.name},
        button=_("Move them"),
        back=reverse("structure:pupils"),
        does=[
            count % {"count": len(plans), "name": to.name, "day": short(on)},
            _("If their courses follow: %(leaves)d memberships of groups end, %(joins)d begin.")
            % {"leaves": leaves, "joins": joins},
            _("The courses of one pupil are read and changed on the page of the pupil."),
        ],
        tone="primary",
        icon="switch-horizontal",
    )


def _both(plans: Sequence[CoursePlan]) -> tuple[list[list[Any]], list[list[Any]]]:
    return [plan.leaves for plan in plans], [plan.joins for plan in plans]


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


def bringing_forward(plan: RolloverPlan) -> Question:
    names = {"name": plan.year.name, "day": short(plan.year.starts_on)}
    waits = [str(each.lacking) for each in queries.to_settle(plan)]
    return Question(
        title=_("Bring the year forward to %(name)s") % names,
        button=_("Bring the year forward"),
        back=reverse("structure:rollover", args=[plan.year.pk]),
        does=[
            *_what_is_made(plan),
            _("All of it begins on %(day)s, never before. Grades and report cards stay.") % names,
            _("It can be taken back as long as nothing stands on it."),
        ],
        loses=waits,
        tone="primary",
        icon="calendar-plus",
    )


def _what_is_made(plan: RolloverPlan) -> list[str]:
    classes, groups = len(plan.new_classes), len(plan.new_groups)
    teachers = sum(len(each.kept) for each in plan.new_groups)
    placed, leaving = len(plan.placements), len(plan.leavers)
    of_classes = ngettext("%(count)d class is made", "%(count)d classes are made", classes)
    of_groups = ngettext("%(count)d group", "%(count)d groups", groups)
    of_pupils = ngettext("%(count)d pupil goes to a class", "%(count)d pupils go to their classes", placed)
    of_leavers = ngettext("%(count)d pupil leaves", "%(count)d pupils leave", leaving)
    return [
        _("%(classes)s, with %(groups)s and %(teachers)d teachers of groups.")
        % {
            "classes": of_classes % {"count": classes},
            "groups": of_groups % {"count": groups},
            "teachers": teachers,
        },
        _("%(pupils)s, with %(courses)d memberships of groups in all; %(leavers)s.")
        % {
            "pupils": of_pupils % {"count": placed},
            "courses": plan.memberships,
            "leavers": of_leavers % {"count": leaving},
        },
    ]


def taking_back(rollover: Rollover) -> Question:
    does = ngettext(
        "%(count)d pupil leaves the classes of that year. Classes that go: %(classes)d; groups: %(groups)d.",
        "%(count)d pupils leave the classes of that year. Classes that go: %(classes)d; groups: %(groups)d.",
        rollover.pupils,
    )
    counts = {
        "count": rollover.pupils,
        "classes": rollover.classes,
        "groups": rollover.groups,
    }
    return Question(
        title=_("Take back what was brought forward to %(name)s") % {"name": rollover.school_year.name},
        button=_("Take it back"),
        back=reverse("structure:rollover", args=[rollover.school_year_id]),
        does=[
            does % counts,
            _("What ended for it in the earlier year goes on as before. What was decided stays in the plan."),
        ],
        icon="arrow-back-up",
    )


def removing_period(period: ReportPeriod) -> Question:
    return Question(
        title=_("Remove the period “%(name)s”") % {"name": period.name},
        button=_("Remove the period"),
        back=reverse("structure:school_year", args=[period.school_year_id]),
        does=[_("It is refused once the period holds assessments or report cards.")],
        icon="trash",
    )
