"""What the structure hangs on the page of a person, says of the school, and groups people by."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.accounts import audiences
from preau.accounts.models import Account
from preau.design.context import SchoolFace, school_comes_from
from preau.design.lists import WHOLE_SCHOOL
from preau.kit.counted import called
from preau.kit.http import Request
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people import standings, working_here
from preau.people.models import Person, Relationship
from preau.people.rules import may_give_duties
from preau.people.ties import in_force
from preau.trail import places

from . import queries
from .models import (
    ClassGroup,
    ClassStep,
    Course,
    CourseGroup,
    CourseStatus,
    DutyScope,
    Enrolment,
    GroupMembership,
    PupilStep,
    ReportPeriod,
    SchoolYear,
    Subject,
    TeachingAssignment,
    Tutorship,
    YearLevel,
)


@offer("people.person", rank=10)
def pupil_ties(request: Request, person: Person) -> str | None:
    """Say in which class and courses a pupil is and was."""
    enrolments = queries.enrolments_of(person)
    is_pupil = enrolments or person.guardianships.exists()
    if not is_pupil:
        return None
    context = {
        "pupil": person,
        "enrolments": enrolments,
        "memberships": queries.memberships_of(person),
        "present": queries.class_of(person),
    }
    return render_to_string("structure/_pupil_ties.html", context, request)


@offer("people.person", rank=20)
def staff_ties(request: Request, person: Person) -> str | None:
    """Say what somebody does in the school: duties, classes, groups. Nothing on pupils and families."""
    duties = queries.duties_of(person)
    assignments = queries.assignments_of(person)
    tutored = list(person.tutorships.select_related("class_group").order_by("-starts_on"))
    works = duties or assignments or tutored
    if not works and (person.is_a_guardian or person.guardianships.exists() or person.enrolments.exists()):
        return None
    context = {
        "somebody": person,
        "duties": duties,
        "assignments": assignments,
        "tutored": tutored,
        "may_give_duties": may_give_duties.admits(request.person),
    }
    return render_to_string("structure/_staff_ties.html", context, request)


def school_face() -> SchoolFace | None:
    """Say how the school shows itself on every page. No query: the school is kept in mind."""
    school = queries.school()
    if school is None:
        return None
    year, period = queries.current_year(), queries.current_period()
    foot = " · ".join(str(part) for part in (year, period and period.code) if part)
    logo = f"{reverse('structure:logo')}?{school.logo_id}" if school.logo_id else ""
    return SchoolFace(name=school.name, accent=school.accent, logo_url=logo, foot=foot)


school_comes_from(school_face)


def _classes() -> list[tuple[int, str]]:
    classes = queries.classes_in(queries.current_year()).order_by("year_level__rank", "name")
    return list(classes.values_list("pk", "name"))


def _pupils_of(class_id: int) -> Q:
    return Q(pk__in=Enrolment.objects.filter(in_force(), class_group=class_id).values("pupil"))


def _groups() -> list[tuple[int, str]]:
    groups = queries.groups_in(queries.current_year()).order_by("course__name", "name")
    return [(group.pk, str(group)) for group in groups]


def _members_of(group_id: int) -> Q:
    return Q(pk__in=GroupMembership.objects.filter(in_force(), group=group_id).values("pupil"))


def _guardians_of(class_id: int) -> Q:
    enrolled = Enrolment.objects.filter(in_force(), class_group=class_id).values("pupil")
    ties = Relationship.objects.filter(in_force(), pupil__in=enrolled)
    return Q(pk__in=ties.values("guardian"))


Status = queries.Status
standings.add(
    "here",
    _("of pupils here or to come"),
    condition=lambda: queries.families_of(Status.HERE, Status.TO_COME),
)
standings.add("left", _("of former pupils only"), condition=lambda: queries.families_only_of(Status.LEFT))
standings.add(
    "nowhere", _("of pupils in no class yet"), condition=lambda: queries.families_only_of(Status.NOWHERE)
)
standings.add("no_tie", _("people without any tie"), condition=queries.without_any_tie)
audiences.add("class", _("Pupils of %(name)s"), choices=_classes, condition=_pupils_of)
audiences.add("class_guardians", _("Guardians of %(name)s"), choices=_classes, condition=_guardians_of)
audiences.add(
    "course_group",
    _("Pupils of the group %(name)s"),
    choices=_groups,
    condition=_members_of,
    everywhere=False,
)
audiences.add(
    "staff", _("All the staff"), condition=lambda _key: Q(pk__in=queries.staff().order_by().values("pk"))
)


def _teaches_or_tutors() -> Q:
    teachers = TeachingAssignment.objects.filter(in_force()).values("teacher")
    tutors = Tutorship.objects.filter(in_force()).values("tutor")
    return Q(pk__in=teachers) | Q(pk__in=tutors)


working_here.add(_teaches_or_tutors)


def _stays(pupil: Person) -> list[places.Stay]:
    classes = Enrolment.objects.filter(pupil=pupil).values_list("class_group", "starts_on", "ends_on")
    groups = GroupMembership.objects.filter(pupil=pupil).values_list("group", "starts_on", "ends_on")
    years = Enrolment.objects.filter(pupil=pupil).values_list("class_group__school_year", "starts_on")
    return [
        *(places.Stay(f"classgroup:{key}", *days) for key, *days in classes),
        *(places.Stay(f"coursegroup:{key}", *days) for key, *days in groups),
        *(places.Stay(WHOLE_SCHOOL, *days) for _key, *days in classes),
        *(places.Stay(f"schoolyear:{key}", first, None) for key, first in years),
    ]


places.add(_stays)


called(SchoolYear, ngettext_lazy("%(count)d school year", "%(count)d school years", "count"))
called(ReportPeriod, ngettext_lazy("%(count)d report period", "%(count)d report periods", "count"))
called(YearLevel, ngettext_lazy("%(count)d year of study", "%(count)d years of study", "count"))
called(ClassGroup, ngettext_lazy("%(count)d class", "%(count)d classes", "count"))
called(Subject, ngettext_lazy("%(count)d subject", "%(count)d subjects", "count"))
called(CourseStatus, ngettext_lazy("%(count)d status of courses", "%(count)d statuses of courses", "count"))
called(Course, ngettext_lazy("%(count)d course", "%(count)d courses", "count"))
called(CourseGroup, ngettext_lazy("%(count)d group", "%(count)d groups", "count"))
called(Enrolment, ngettext_lazy("%(count)d place in a class", "%(count)d places in a class", "count"))
called(ClassStep, ngettext_lazy("%(count)d plan for a class", "%(count)d plans for classes", "count"))
called(PupilStep, ngettext_lazy("%(count)d decision for a year", "%(count)d decisions for a year", "count"))
called(GroupMembership, ngettext_lazy("%(count)d course followed", "%(count)d courses followed", "count"))
called(TeachingAssignment, ngettext_lazy("%(count)d course taught", "%(count)d courses taught", "count"))
called(
    Tutorship, ngettext_lazy("%(count)d class of a titulaire", "%(count)d classes of a titulaire", "count")
)
called(DutyScope, ngettext_lazy("%(count)d function for a class", "%(count)d functions for a class", "count"))


@lets_go(
    "accounts.leavers",
    _("Accounts of those who have left: they can no longer sign in, what they did stays"),
    days=400,
    least=30,
    since=_("since their last tie to the school ended"),
    whose=("person",),
)
def accounts_of_leavers(before: datetime) -> QuerySet[Account]:
    gone = queries.gone_before(before.date()).values("pk")
    accounts: QuerySet[Account] = Account.objects.filter(person__in=gone)
    return accounts
