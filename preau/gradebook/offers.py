"""What the gradebook hangs on the pages of others."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from preau.grading.models import Closing, CourseResult
from preau.kit import clock
from preau.kit.counted import called
from preau.kit.dossier import Tables, contributes
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people.merging import hinders
from preau.people.models import Person
from preau.people.ties import kept_when
from preau.structure.models import GroupMembership, TeachingAssignment
from preau.structure.queries import years_long_over

from . import queries
from .actions.erasing import erase_comments, erase_copies, erase_tests
from .models import Assessment, Comment, Feedback, Grade, PastGrade, Publication, Seal
from .queries.seals import is_named_in_a_seal

NEW_FOR = timedelta(days=7)


@offer("today.child", rank=30)
def new_grades(request: Any, child: Person) -> str | None:
    """Hang the grades published this week on Today, for the pupil and for those who answer for the pupil."""
    if not hasattr(request, "new_grades"):
        request.new_grades = queries.new_grades(request.person, since=clock.now() - NEW_FOR)
    if grades := request.new_grades.get(child.pk):
        return render_to_string("gradebook/_new_grades.html", {"child": child, "grades": grades}, request)
    return None


@contributes("gradebook")
def grades(person: Person) -> Tables:
    """Give the published grades of a pupil to whoever takes their own data away."""
    return dict(queries.held_about(person))


def _wrote_in_the_group() -> Q:
    """Return the condition that a teacher has written in the group since an assignment began."""
    group, teacher = OuterRef("group"), OuterRef("teacher")
    wrote = (
        Q(Exists(Assessment.objects.filter(group=group, created_by=teacher)))
        | Q(Exists(Grade.objects.filter(assessment__group=group, written_by=teacher)))
        | Q(Exists(PastGrade.objects.filter(grade__assessment__group=group, written_by=teacher)))
        | Q(Exists(Comment.objects.filter(group=group, written_by=teacher)))
    )
    return Q(starts_on__lte=clock.today()) & wrote


kept_when(TeachingAssignment, _wrote_in_the_group)


def _was_graded_in_the_group() -> Q:
    """Return the condition that a pupil whose membership has begun has something in the gradebook."""
    group, pupil = OuterRef("group"), OuterRef("pupil")
    was_graded = Q(Exists(Grade.objects.filter(assessment__group=group, pupil=pupil))) | Q(
        Exists(Comment.objects.filter(group=group, pupil=pupil))
    )
    return Q(starts_on__lte=clock.today()) & was_graded


kept_when(GroupMembership, _was_graded_in_the_group)


@hinders
def sealed_grades(gone: Person, kept: Person) -> Iterator[str]:
    """Keep the record under which grades are sealed: a seal names the pupil, and who wrote."""
    if is_named_in_a_seal(gone):
        words = _("Grades are sealed under the record of %(name)s: keep that one, merge the other into it.")
        yield words % {"name": gone.full_name}


called(Assessment, ngettext_lazy("%(count)d assessment", "%(count)d assessments", "count"))
called(Grade, ngettext_lazy("%(count)d grade", "%(count)d grades", "count"))
called(Comment, ngettext_lazy("%(count)d comment", "%(count)d comments", "count"))
called(Publication, ngettext_lazy("%(count)d publication", "%(count)d publications", "count"))
called(Seal, ngettext_lazy("%(count)d seal of a gradebook", "%(count)d seals of gradebooks", "count"))
called(Closing, ngettext_lazy("%(count)d closed gradebook", "%(count)d closed gradebooks", "count"))
called(CourseResult, ngettext_lazy("%(count)d result of a course", "%(count)d results of courses", "count"))


TWO_YEARS = 2 * 365
AFTER_THE_YEAR = gettext_lazy("since the end of the school year")


def _closed(period: str, group: str) -> Q:
    """Return the condition that the gradebook of a period and a group is closed: its results are frozen."""
    closings = Closing.objects.filter(period=OuterRef(period), group=OuterRef(group), reopened_at=None)
    return Q(Exists(closings))


@lets_go(
    "gradebook.tests",
    gettext_lazy("Grades at each test, of closed gradebooks; results and decisions stay"),
    days=TWO_YEARS,
    least=365,
    since=AFTER_THE_YEAR,
    whose=("pupil",),
    erases=erase_tests,
    awaits_decision=True,
)
def tests_of_old_years(before: datetime) -> QuerySet[Grade]:
    years = years_long_over(before.date())
    grades = Grade.objects.filter(assessment__period__school_year__in=years)
    return grades.filter(_closed("assessment__period", "assessment__group"))


@lets_go(
    "gradebook.comments",
    gettext_lazy("Comments of teachers on a period; those on report cards stay with the cards"),
    days=TWO_YEARS,
    least=365,
    since=AFTER_THE_YEAR,
    whose=("pupil",),
    erases=erase_comments,
    awaits_decision=True,
)
def comments_of_old_years(before: datetime) -> QuerySet[Comment]:
    comments = Comment.objects.filter(period__school_year__in=years_long_over(before.date()))
    return comments.filter(_closed("period", "group"))


@lets_go(
    "gradebook.copies",
    gettext_lazy("Copies and works given back to pupils as files"),
    days=TWO_YEARS,
    least=365,
    since=AFTER_THE_YEAR,
    whose=("pupil",),
    erases=erase_copies,
    awaits_decision=True,
)
def copies_of_old_years(before: datetime) -> QuerySet[Feedback]:
    return Feedback.objects.filter(assessment__period__school_year__in=years_long_over(before.date()))
