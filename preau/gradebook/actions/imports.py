"""Writing many grades at once, from a file: with the holds and refusals of writing one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from preau.grading.models import Closing
from preau.people.models import Person
from preau.structure.models import CourseGroup

from ..facts import check_facts
from ..models import Assessment, Grade, PastGrade
from ..typed import Typed
from .grades import GradebookClosed, new_grade, past_of, says, stand


@dataclass(frozen=True, slots=True)
class ImportedGrade:
    """What a file says of one cell."""

    assessment_id: int
    pupil_id: int
    typed: Typed


def hold_groups(keys: Iterable[int]) -> set[tuple[int, int]]:
    """
    Hold groups until the transaction ends, so that nobody closes their gradebooks meanwhile; return which are
    closed already, as group and period.
    """
    wanted = set(keys)
    list(CourseGroup.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    return closed_among(wanted)


def closed_among(keys: Iterable[int]) -> set[tuple[int, int]]:
    """Return which gradebooks of groups are closed, as group and period."""
    closings = Closing.objects.filter(reopened_at=None, group__in=set(keys))
    return set(closings.values_list("group", "period"))


@transaction.atomic
def plan_many(*, assessments: Sequence[Assessment], by: Person | None, at: datetime) -> None:
    """
    Add assessments to gradebooks, each at the end of its columns. They are given as they are to be.

    :raises FactRefused: when one says what cannot be said of an assessment
    :raises GradebookClosed: when one of the gradebooks is closed for its period; then none is made
    """
    _refuse_closed(assessments)
    groups = {assessment.group_id for assessment in assessments}
    ranks: defaultdict[tuple[int, int], int] = defaultdict(lambda: -1)
    known = Assessment.objects.filter(group__in=groups).values_list("group", "period")
    ranks |= {(group, period): last for group, period, last in known.annotate(last=Max("rank"))}
    for assessment in assessments:
        facts = {name: getattr(assessment, name) for name in ("max_points", "weight", "held_on")}
        check_facts(assessment.period, facts)
        place = assessment.group_id, assessment.period_id
        ranks[place] += 1
        assessment.rank = ranks[place]
        assessment.created_by, assessment.created_at = by, at
    Assessment.objects.bulk_create(assessments, batch_size=500)


@transaction.atomic
def import_grades(*, grades: Iterable[ImportedGrade], by: Person | None, at: datetime) -> dict[str, int]:
    """
    Write what a file says: new cells are added, others changed with their past kept, the same left alone.

    Whoever calls has checked that the pupils belong to the groups and the points to the assessments.
    Returns how many were `new`, `changed` and `unchanged`.

    :raises GradebookClosed: when one of the gradebooks is closed for its period; then nothing is written
    """
    wanted = {(each.assessment_id, each.pupil_id): each.typed for each in grades}
    assessments = {assessment for assessment, _pupil in wanted}
    _refuse_closed(Assessment.objects.filter(pk__in=assessments))
    known = {
        (grade.assessment_id, grade.pupil_id): grade
        for grade in Grade.objects.filter(assessment__in=assessments).select_for_update()
    }
    new = [new_grade(key, typed, by=by, at=at) for key, typed in wanted.items() if key not in known]
    changed = [
        (known[key], typed) for key, typed in wanted.items() if key in known and not says(known[key], typed)
    ]
    PastGrade.objects.bulk_create([past_of(grade) for grade, _typed in changed], batch_size=1000)
    for grade, typed in changed:
        stand(grade, typed, remark=grade.remark, by=by, at=at)
    Grade.objects.bulk_create(new, batch_size=1000)
    Grade.objects.bulk_update(
        [grade for grade, _typed in changed],
        ["points", "token", "level", "version", "reason", "written_by", "written_at"],
        batch_size=500,
    )
    return {"new": len(new), "changed": len(changed), "unchanged": len(wanted) - len(new) - len(changed)}


def _refuse_closed(assessments: Iterable[Assessment]) -> None:
    """Hold the groups of assessments; refuse when one of their gradebooks is closed."""
    places = {(assessment.group_id, assessment.period_id) for assessment in assessments}
    if places & hold_groups(group for group, _period in places):
        raise GradebookClosed
