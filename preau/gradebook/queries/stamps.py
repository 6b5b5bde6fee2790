"""Marks that change whenever what a page shows does: whoever has the page open asks for no more than that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, Max, Sum

from preau.grading.models import CourseResult
from preau.structure.models import CourseGroup, ReportPeriod

from ..models import Assessment, Comment, Grade


def stamp_as_read(
    assessments: Sequence[Assessment],
    versions: Sequence[int],
    comments: Collection[Comment],
    kept: Collection[CourseResult],
) -> str:
    """Return a mark that changes whenever the sheet does: the same as `stamp_of` finds without reading it."""
    return stamp(
        len(assessments),
        sum(1 for assessment in assessments if assessment.is_neutralised),
        sum(1 for assessment in assessments if hasattr(assessment, "publication")),
        len(versions),
        sum(versions),
        len(comments),
        max((comment.written_at for comment in comments), default=None),
        max((row.chosen_at for row in kept if row.chosen_at), default=None),
        max((row.computed_at for row in kept if row.computed_at), default=None),
        max((row.deliberated_at for row in kept if row.deliberated_at), default=None),
    )


def stamp(*facts: int | datetime | None) -> str:
    """Write the facts of a stamp."""
    return ".".join(
        f"{fact.timestamp():.6f}" if isinstance(fact, datetime) else str(fact or 0) for fact in facts
    )


def stamp_of(group: CourseGroup, period: ReportPeriod) -> str:
    """Return the stamp of a sheet as it stands now. Four short queries, no rows."""
    columns = Assessment.objects.filter(group=group, period=period).aggregate(
        Count("pk"), Count("neutralised_at"), Count("publication")
    )
    grades = Grade.objects.filter(assessment__group=group, assessment__period=period).aggregate(
        Count("pk"), Sum("version")
    )
    comments = Comment.objects.filter(group=group, period=period).aggregate(Count("pk"), Max("written_at"))
    kept = CourseResult.objects.filter(group=group, period=period).aggregate(
        Max("chosen_at"), Max("computed_at"), Max("deliberated_at")
    )
    return stamp(*columns.values(), *grades.values(), *comments.values(), *kept.values())
