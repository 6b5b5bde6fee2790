"""Planning assessments, and letting pupils and parents read their grades."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.design.pieces import cote
from preau.grading.models import Category
from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.people.releases import moments_from
from preau.structure.models import CourseGroup, ReportPeriod
from preau.trail.actions import note

from ..events import GradesPublished
from ..facts import check_facts
from ..models import Assessment, FillingChoice, Grade, Publication, SubGrade
from .attachments import remove_files
from .grades import hold_open
from .levels import follow_scale
from .parts import copy_parts
from .seals import seal_removal


class HasGrades(Refusal):
    words = ngettext_lazy(
        "“%(title)s” has %(count)s grade. Leave it out of the result instead: nothing is lost then.",
        "“%(title)s” has %(count)s grades. Leave it out of the result instead: nothing is lost then.",
        "count",
    )


class LessThanGiven(Refusal):
    field = "max_points"
    words = _("A pupil has %(points)s points: the assessment cannot be out of less.")


@transaction.atomic
def plan_assessment(
    *,
    group: CourseGroup,
    period: ReportPeriod,
    category: Category,
    by: Person | None,
    at: datetime,
    like: Assessment | None = None,
    **facts: Any,
) -> Assessment:
    """
    Add an assessment to the gradebook of a group, at the end of its columns.

    :param like: an earlier one, whose competences and rubric it takes
    :param facts: title, held_on, max_points, weight, purpose, counts_from, remark, external_id
    :raises FactRefused: when something is said that cannot be said of an assessment
    :raises GradebookClosed: once the period is closed for the group
    """
    check_facts(period, facts)
    hold_open(group.pk, period.pk)
    last = Assessment.objects.filter(group=group, period=period).aggregate(last=Max("rank"))["last"]
    planned = Assessment.objects.create(
        group=group,
        period=period,
        category=category,
        rank=0 if last is None else last + 1,
        created_by=by,
        created_at=at,
        **facts,
    )
    if like is not None:
        copy_parts(source=like, target=planned)
    return planned


CHANGE_ASSESSMENT = TracedAct("gradebook.change_assessment", _("changed the assessment %(subject)s"))


@transaction.atomic
def change_assessment(*, assessment: Assessment, by: Person, at: datetime, **facts: Any) -> Assessment:
    """
    Change what an assessment is called, when it was held, what it is out of or weighs.

    :raises GradebookClosed: once the period is closed for the group
    :raises LessThanGiven: when a pupil has more points than the new maximum
    :raises OtherGradesThere: when grades are typed and what it is graded in would change
    :raises PartsDecide: when its maximum is the sum of its parts and would change
    :raises FactRefused: when something is said that cannot be said of an assessment
    """
    check_facts(assessment.period, facts)
    hold_open(assessment.group_id, assessment.period_id)
    follow_scale(assessment, facts)
    most = assessment.grades.aggregate(most=Max("points"))["most"]
    if most is not None and most > facts.get("max_points", assessment.max_points):
        raise LessThanGiven(points=cote(most))
    before = {name: str(getattr(assessment, name)) for name in facts}
    for name, value in facts.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=list(facts))
    changed = {name: was for name, was in before.items() if was != str(getattr(assessment, name))}
    note(CHANGE_ASSESSMENT, by=by, subject=assessment.title, before=changed)
    return assessment


REMOVE_ASSESSMENT = TracedAct("gradebook.remove_assessment", _("removed the assessment %(subject)s"))


@transaction.atomic
def remove_assessment(*, assessment: Assessment, by: Person, at: datetime) -> None:
    """
    Remove an assessment in which nobody has a grade.

    :raises HasGrades: when somebody has
    :raises GradebookClosed: once the period is closed for the group
    """
    hold_open(assessment.group_id, assessment.period_id)
    count = Grade.objects.filter(assessment=assessment).written().count()
    count = count or SubGrade.objects.filter(assessment=assessment).exclude(points=None, level=None).count()
    if count or FillingChoice.objects.filter(filling__assessment=assessment).exists():
        raise HasGrades(title=assessment.title, count=max(count, 1))
    remove_files(assessment=assessment)
    seal_removal(assessment=assessment, by=by, at=at)
    note(REMOVE_ASSESSMENT, by=by, subject=assessment.title)
    assessment.delete()


NEUTRALISE = TracedAct("gradebook.neutralise", _("left the assessment %(subject)s out of the results"))


@transaction.atomic
def neutralise(*, assessment: Assessment, by: Person, at: datetime) -> None:
    """Keep an assessment but leave it out of every result."""
    hold_open(assessment.group_id, assessment.period_id)
    assessment.neutralised_by, assessment.neutralised_at = by, at
    assessment.save(update_fields=["neutralised_by", "neutralised_at"])
    note(NEUTRALISE, by=by, subject=assessment.title)


REINSTATE = TracedAct("gradebook.reinstate", _("let the assessment %(subject)s count again"))


@transaction.atomic
def reinstate(*, assessment: Assessment, by: Person, at: datetime) -> None:
    """Let a neutralised assessment count again."""
    hold_open(assessment.group_id, assessment.period_id)
    assessment.neutralised_by = assessment.neutralised_at = None
    assessment.save(update_fields=["neutralised_by", "neutralised_at"])
    note(REINSTATE, by=by, subject=assessment.title)


PUBLISH_GRADES = TracedAct("gradebook.publish_grades", _("published the grades of %(subject)s"))


@transaction.atomic
def publish_grades(
    *, assessment: Assessment, by: Person, at: datetime, moment: datetime | None = None
) -> Publication:
    """Let pupils read the grades of an assessment from a moment on, now unless told; parents later."""
    publication, is_new = Publication.objects.update_or_create(
        assessment=assessment, defaults={"published_by": by, **moments_from(moment or at)}
    )
    note(PUBLISH_GRADES, by=by, subject=assessment.title)
    if is_new:
        announce(GradesPublished(assessment_id=assessment.pk))
    return publication


@transaction.atomic
def publish_all(*, group: CourseGroup, period: ReportPeriod, by: Person, at: datetime) -> list[Assessment]:
    """Publish the assessments of a period in which grades stand and that are not published yet."""
    waiting = list(
        Assessment.objects.filter(group=group, period=period, publication=None).filter(
            Exists(Grade.objects.filter(assessment=OuterRef("pk")).written())
        )
    )
    for assessment in waiting:
        publish_grades(assessment=assessment, by=by, at=at)
    return waiting


@transaction.atomic
def place_assessment(*, assessment: Assessment, steps: int, by: Person, at: datetime) -> int:
    """Move the column of an assessment by so many places (left below nought); return where it stands."""
    hold_open(assessment.group_id, assessment.period_id)
    columns = list(
        Assessment.objects.filter(group=assessment.group_id, period=assessment.period_id).in_order()
    )
    place = columns.index(assessment)
    new_place = min(max(place + steps, 0), len(columns) - 1)
    columns.insert(new_place, columns.pop(place))
    for rank, column in enumerate(columns):
        column.rank = rank
    Assessment.objects.bulk_update(columns, ["rank"])
    return new_place + 1


@transaction.atomic
def copy_assessment(
    *, assessment: Assessment, groups: Iterable[CourseGroup], by: Person, at: datetime
) -> list[Assessment]:
    """
    Plan the same assessment in parallel groups, with its parts; their grades are their own.

    :raises GradebookClosed: when one of them is closed for the period; then none is made
    """
    facts = ("title", "held_on", "counts_from", "max_points", "weight", "purpose", "scale", "remark")
    return [
        plan_assessment(
            group=group,
            period=assessment.period,
            category=assessment.category,
            by=by,
            at=at,
            like=assessment,
            **{name: getattr(assessment, name) for name in facts},
        )
        for group in groups
    ]


WITHDRAW_PUBLICATION = TracedAct("gradebook.withdraw_publication", _("withdrew the grades of %(subject)s"))


@transaction.atomic
def withdraw_publication(*, assessment: Assessment, by: Person, at: datetime) -> None:
    """Hide the grades of an assessment from pupils and parents again."""
    deleted, _each = Publication.objects.filter(assessment=assessment).delete()
    if deleted:
        note(WITHDRAW_PUBLICATION, by=by, subject=assessment.title)
