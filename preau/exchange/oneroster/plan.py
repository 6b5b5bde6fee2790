"""Comparing a bundle with what the school knows: each of its files becomes records of our own kinds."""

from __future__ import annotations

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.plans.courses import plan_courses
from preau.exchange.plans.grades import plan_grades
from preau.exchange.plans.memberships import plan_memberships
from preau.exchange.plans.people import plan_people
from preau.exchange.plans.staff import plan_staff
from preau.kit.imports.report import Line, Status
from preau.structure.models import School

from .agents import relate_agents
from .bundle import Bundle
from .lessons import Lessons
from .marks import mark_records
from .users import Users


def plan_bundle(intake: Intake, bundle: Bundle) -> None:
    """Compare a whole bundle: people first, then courses, then who follows what, then grades."""
    if bundle.is_delta:
        intake.only_names_changes = True
    _name_the_school(intake, bundle)
    users = Users(bundle)
    lessons = Lessons(bundle, users)
    plan_people(intake, users.pupils(lessons.homerooms()))
    plan_staff(intake, [*users.staff(), *users.guardians()])
    relate_agents(intake, bundle, users)
    plan_courses(intake, lessons.courses())
    plan_memberships(intake, lessons.memberships())
    plan_grades(intake, mark_records(bundle, lessons, intake))
    _tell_remarks(intake, bundle, users)


def _name_the_school(intake: Intake, bundle: Bundle) -> None:
    """Take the name of the school from the bundle, when the school has none yet."""
    names = [row["name"] for row in bundle.rows("orgs") if row["type"].casefold() == "school" and row["name"]]
    if names and not School.objects.exists():
        intake.draft.add(School(name=names[0][:120]))


def _tell_remarks(intake: Intake, bundle: Bundle, users: Users) -> None:
    for remark in bundle.remarks:
        intake.report.add(
            Line(
                Status.WARNING,
                remark.line,
                remark.column,
                wrong=remark.wrong,
                remedy=remark.remedy,
                file=remark.file,
            )
        )
    if any(row["password"] for row in users.rows):
        intake.report.note(
            _("The passwords of the file are not read: everybody chooses their own."), file="users.csv"
        )
    if bundle.leaving:
        intake.report.note(
            _("%(count)d lines marked as inactive or to be deleted are left out.") % {"count": bundle.leaving}
        )
