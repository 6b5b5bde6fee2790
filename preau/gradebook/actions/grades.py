"""Writing in a cell: one home for the keyboard, the phone, the import and the interface."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.design.pieces import cote
from preau.grading.queries import Schemes
from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership

from ..models import Assessment, Grade, PastGrade
from ..queries.cells import closings_of, grades_standing, group_held
from ..typed import TooManyPoints, Typed

WRITTEN = ["points", "token", "level", "remark", "reason", "written_by", "written_at", "version"]


class GradebookClosed(Refusal):
    words = _("This gradebook is closed for the period. The head can reopen it.")


class NotInGroup(Refusal):
    words = _(
        "%(pupil)s was not in the group during this period: check the group's pupils with the secretary."
    )


class GradeChangedMeanwhile(Refusal):
    """Somebody else wrote in the cell since it was shown. Both values are known; the person decides."""

    words = _("%(by)s wrote %(theirs)s here meanwhile: keep theirs, or write yours over it.")

    def __init__(self, grade: Grade) -> None:
        self.grade = grade
        who = grade.written_by.full_name if grade.written_by else _("An import")
        theirs = (
            grade.token.code
            if grade.token
            else grade.level.code
            if grade.level
            else _("nothing")
            if grade.points is None
            else cote(grade.points)
        )
        super().__init__(by=who, theirs=theirs)


def hold_open(group_id: int, period_id: int) -> CourseGroup:
    """
    Return the group, held until the transaction ends so that nobody closes its gradebook meanwhile.

    :raises GradebookClosed: when it is closed for the period
    """
    (group,) = group_held(group_id)
    if closings_of(group_id, period_id):
        raise GradebookClosed
    return group


@transaction.atomic
def write_grade(
    *,
    assessment: Assessment,
    pupil: Person,
    typed: Typed,
    version: int,
    by: Person | None,
    at: datetime,
    remark: str | None = None,
    reason: str = "",
) -> Grade:
    """
    Write points, a token, a level or nothing in a cell. Writing the same twice is writing once.

    :param version: the version that was on the screen, 0 for a cell nobody had written in
    :raises GradeChangedMeanwhile: when another version stands there now, with another value
    :raises GradebookClosed: once the period is closed for the group
    :raises NotInGroup: when the pupil was not in the group during the period
    :raises TooManyPoints: when the points exceed the maximum and the scheme allows no bonus
    :raises NotALevel: when the assessment is graded on a scale and these are points
    :raises SumOfItsParts: when its grades are the sum of its parts and this was typed
    """
    typed = typed.on(assessment)
    group = hold_open(assessment.group_id, assessment.period_id)
    _check_points(assessment, group, typed)
    grade = next(iter(grades_standing(assessment.pk, pupil.pk)), None)
    if grade is None:
        return _first_grade(assessment, pupil, typed, by=by, at=at, remark=remark or "")
    new_remark = grade.remark if remark is None else remark
    if _says(grade, typed) and grade.remark == new_remark:
        return grade
    if grade.version != version:
        raise GradeChangedMeanwhile(grade)
    _keep_past(grade)
    grade.points, grade.token, grade.level, grade.remark = typed.points, typed.token, typed.level, new_remark
    grade.reason, grade.written_by, grade.written_at = reason, by, at
    grade.version += 1
    grade.save(update_fields=WRITTEN)
    return grade


@transaction.atomic
def write_remark(*, assessment: Assessment, pupil: Person, remark: str, by: Person, at: datetime) -> Grade:
    """Write a remark beside a grade; the grade itself stays, and its past keeps the remark there was."""
    grade = Grade.objects.select_related("token", "level").filter(assessment=assessment, pupil=pupil).first()
    typed = Typed(grade.points, grade.token, grade.level, is_sum=True) if grade else Typed()
    version = grade.version if grade else 0
    return write_grade(
        assessment=assessment, pupil=pupil, typed=typed, version=version, by=by, at=at, remark=remark.strip()
    )


@transaction.atomic
def restore_grade(*, grade: Grade, version: int, by: Person, at: datetime) -> Grade:
    """
    Write again what stood in a cell before; what stands now becomes part of its past.

    :raises PastGrade.DoesNotExist: when there is no such version
    """
    past = grade.past.select_related("token", "level").get(version=version)
    return write_grade(
        assessment=grade.assessment,
        pupil=grade.pupil,
        typed=Typed(past.points, past.token, past.level),
        version=grade.version,
        by=by,
        at=at,
        remark=past.remark,
        reason=gettext("restored"),
    )


def _check_points(assessment: Assessment, group: CourseGroup, typed: Typed) -> None:
    if typed.points is None or typed.points <= assessment.max_points:
        return
    if not Schemes(assessment.period.starts_on).for_course(group.course).allows_bonus:
        raise TooManyPoints(points=cote(typed.points), out_of=cote(assessment.max_points))


def _first_grade(
    assessment: Assessment, pupil: Person, typed: Typed, *, by: Person | None, at: datetime, remark: str
) -> Grade:
    period = assessment.period
    belongs = GroupMembership.objects.filter(group=assessment.group_id, pupil=pupil)
    if not belongs.during(period.starts_on, period.ends_on).exists():
        raise NotInGroup(pupil=pupil.full_name)
    return Grade.objects.create(
        assessment=assessment,
        pupil=pupil,
        points=typed.points,
        token=typed.token,
        level=typed.level,
        remark=remark,
        written_by=by,
        written_at=at,
    )


def _says(grade: Grade, typed: Typed) -> bool:
    token, level = typed.token and typed.token.pk, typed.level and typed.level.pk
    return (grade.points, grade.token_id, grade.level_id) == (typed.points, token, level)


def _keep_past(grade: Grade) -> None:
    PastGrade.objects.create(
        grade=grade,
        version=grade.version,
        points=grade.points,
        token=grade.token,
        level=grade.level,
        remark=grade.remark,
        reason=grade.reason,
        written_by=grade.written_by,
        written_at=grade.written_at,
    )
