"""Bringing a bundle in: each of its files becomes records of our own kinds, one after another."""

from __future__ import annotations

from django.utils.translation import gettext as _

from preau.gradebook.imports.grades import bring_grades
from preau.grading.actions import adopt_defaults
from preau.kit.imports.report import Line, Status
from preau.kit.imports.work import Import
from preau.kit.tables import plain
from preau.structure.actions import create_status, describe_school
from preau.structure.imports.courses import bring_courses
from preau.structure.imports.memberships import bring_memberships
from preau.structure.imports.pupils import bring_pupils
from preau.structure.imports.register import Structure
from preau.structure.imports.staff import bring_staff
from preau.structure.models import CourseStatus, School

from .agents import relate_agents
from .bundle import SOURCE, Bundle
from .earlier_classes import bring_earlier_classes
from .lessons import Lessons
from .marks import mark_records
from .sessions import year_of
from .users import Users


def bring_bundle(work: Import, bundle: Bundle) -> None:
    """Bring a whole bundle in: people first, then courses, then who follows what, then grades."""
    work.names_only_changes = bundle.is_delta
    year = year_of(bundle, by=work.by, at=work.at)
    _name_the_school(work, bundle)
    adopt_defaults()
    _make_statuses(work, bundle)
    users = Users(bundle)
    lessons = Lessons(bundle, users)
    stays = lessons.stays()
    pupils = users.pupils(stays, Structure(work, year).today)
    bring_pupils(work, pupils, year=year, tells_courses=True)
    bring_earlier_classes(work, stays, year)
    bring_staff(work, [*users.staff(), *users.guardians()], year=year, numbers=SOURCE)
    relate_agents(work, bundle, users)
    bring_courses(work, lessons.courses(), year=year, numbers=SOURCE)
    bring_memberships(work, lessons.memberships(), year=year, numbers=SOURCE)
    bring_grades(work, mark_records(bundle, lessons, year), year=year)
    _tell_remarks(work, bundle, users)


def _name_the_school(work: Import, bundle: Bundle) -> None:
    """Take the name of the school from the bundle, when the school has none yet."""
    schools = [row for row in bundle.rows("orgs") if row["type"].casefold() == "school" and row["name"]]
    if schools and not School.objects.exists():
        number = schools[0]["identifier"][:20] if bundle.is_ours else ""
        describe_school(name=schools[0]["name"][:120], fase_number=number, by=work.by, at=work.at)


def _make_statuses(work: Import, bundle: Bundle) -> None:
    """Make the statuses of courses that a bundle of ours tells and the school does not have."""
    known = {plain(code) for code in CourseStatus.objects.values_list("code", flat=True)}
    for row in bundle.rows("courses"):
        code = row["metadata.status"][:10]
        if not code or plain(code) in known:
            continue
        known.add(plain(code))
        create_status(
            code=code,
            name=(row["metadata.statusName"] or code)[:60],
            counts_as_failure=row["metadata.countsAsFailure"] != "false",
            counts_in_average=row["metadata.countsInAverage"] != "false",
            rank=50,
            by=work.by,
            at=work.at,
        )


def _tell_remarks(work: Import, bundle: Bundle, users: Users) -> None:
    for remark in bundle.remarks:
        work.report.add(
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
        work.report.note(
            _("The passwords of the file are not read: everybody chooses their own."), file="users.csv"
        )
    if bundle.leaving:
        work.report.note(
            _("%(count)d lines marked as inactive or to be deleted are left out.") % {"count": bundle.leaving}
        )
