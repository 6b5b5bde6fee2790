"""Writing in a cell: one home for the keyboard, the phone, the import and the interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.design.pieces import cote
from preau.grading.queries import Schemes
from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod

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


@dataclass(frozen=True, slots=True)
class AskedGrade:
    """What somebody wants to stand in a cell, over the version that was on the screen."""

    assessment: Assessment
    pupil: Person
    typed: Typed
    version: int
    remark: str | None = None
    """None leaves the remark that stands there."""
    reason: str = ""

    @property
    def cell(self) -> tuple[int, int]:
        return self.assessment.pk, self.pupil.pk


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
    asked = AskedGrade(assessment, pupil, typed, version, remark, reason)
    (answer,) = write_grades(asked=[asked], by=by, at=at)
    if isinstance(answer, Refusal):
        raise answer
    return answer


@transaction.atomic
def write_grades(*, asked: Sequence[AskedGrade], by: Person | None, at: datetime) -> list[Grade | Refusal]:
    """
    Write in cells of one gradebook, read once and written together; a refused one stops none of the others.

    Returns for each, in order, the grade that stands now or why it is refused (`write_grade` says for what).

    :raises GradebookClosed: once the period is closed for the group; then nothing is written
    """
    answers: dict[int, Grade | Refusal] = {}
    if asked:
        group = hold_open(asked[0].assessment.group_id, asked[0].assessment.period_id)
        for turn in _turns(asked):
            writing = _Writing(group, list(turn.values()), by, at)
            answers |= {place: writing.answer(each) for place, each in turn.items()}
            writing.write()
    return [answers[place] for place in range(len(asked))]


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


def _turns(asked: Sequence[AskedGrade]) -> list[dict[int, AskedGrade]]:
    """Return what is asked by its place, in turns: a cell that is asked for twice waits for the next."""
    turns: list[dict[int, AskedGrade]] = []
    times: Counter[tuple[int, int]] = Counter()
    for place, each in enumerate(asked):
        if times[each.cell] == len(turns):
            turns.append({})
        turns[times[each.cell]][place] = each
        times[each.cell] += 1
    return turns


class _Writing:
    """Different cells of a gradebook that is held: what stands there, and what is about to."""

    def __init__(
        self, group: CourseGroup, asked: Sequence[AskedGrade], by: Person | None, at: datetime
    ) -> None:
        self.group, self.asked, self.by, self.at = group, asked, by, at
        assessments, pupils = ({each.cell[part] for each in asked} for part in (0, 1))
        standing = grades_standing(sorted(assessments), sorted(pupils))
        self.standing = {(grade.assessment_id, grade.pupil_id): grade for grade in standing}
        self.new: list[Grade] = []
        self.changed: list[Grade] = []
        self.past: list[PastGrade] = []

    def answer(self, asked: AskedGrade) -> Grade | Refusal:
        """Return what is to stand in a cell, or why it stays as it is."""
        try:
            typed = asked.typed.on(asked.assessment)
            self._check_points(asked.assessment, typed)
            grade = self.standing.get(asked.cell)
            return self._first(asked, typed) if grade is None else self._next(grade, asked, typed)
        except Refusal as refusal:
            return refusal

    def write(self) -> None:
        """Write all that was not refused, with what stood there before."""
        PastGrade.objects.bulk_create(self.past, batch_size=500)
        Grade.objects.bulk_create(self.new, batch_size=500)
        for grade in self.changed:
            grade.save(update_fields=WRITTEN)

    def _check_points(self, assessment: Assessment, typed: Typed) -> None:
        if typed.points is None or typed.points <= assessment.max_points or self._allows_bonus:
            return
        raise TooManyPoints(points=cote(typed.points), out_of=cote(assessment.max_points))

    @cached_property
    def _allows_bonus(self) -> bool:
        return Schemes(self._period.starts_on).for_course(self.group.course).allows_bonus

    @cached_property
    def _members(self) -> set[int]:
        """Return those of the pupils who belonged to the group during the period."""
        members = GroupMembership.objects.filter(
            group=self.group, pupil__in={each.pupil.pk for each in self.asked}
        )
        belong = members.during(self._period.starts_on, self._period.ends_on)
        return set(belong.values_list("pupil_id", flat=True))

    @property
    def _period(self) -> ReportPeriod:
        return self.asked[0].assessment.period

    def _first(self, asked: AskedGrade, typed: Typed) -> Grade:
        if asked.pupil.pk not in self._members:
            raise NotInGroup(pupil=asked.pupil.full_name)
        grade = new_grade(asked.cell, typed, remark=asked.remark or "", by=self.by, at=self.at)
        self.new.append(grade)
        return grade

    def _next(self, grade: Grade, asked: AskedGrade, typed: Typed) -> Grade:
        remark = grade.remark if asked.remark is None else asked.remark
        if says(grade, typed) and grade.remark == remark:
            return grade
        if grade.version != asked.version:
            raise GradeChangedMeanwhile(grade)
        self.past.append(past_of(grade))
        stand(grade, typed, remark=remark, reason=asked.reason, by=self.by, at=self.at)
        self.changed.append(grade)
        return grade


def new_grade(
    cell: tuple[int, int], typed: Typed, *, remark: str = "", by: Person | None, at: datetime
) -> Grade:
    """Return the first grade of a cell (the keys of an assessment and a pupil); it is not saved yet."""
    assessment, pupil = cell
    return Grade(
        assessment_id=assessment,
        pupil_id=pupil,
        points=typed.points,
        token=typed.token,
        level=typed.level,
        remark=remark,
        written_by=by,
        written_at=at,
    )


def stand(
    grade: Grade, typed: Typed, *, remark: str, reason: str = "", by: Person | None, at: datetime
) -> None:
    """Have something else stand in a cell, as its next version; it is not saved yet."""
    grade.points, grade.token, grade.level, grade.remark = typed.points, typed.token, typed.level, remark
    grade.reason, grade.written_by, grade.written_at = reason, by, at
    grade.version += 1


def says(grade: Grade, typed: Typed) -> bool:
    """Say whether a cell holds this already."""
    token, level = typed.token and typed.token.pk, typed.level and typed.level.pk
    return (grade.points, grade.token_id, grade.level_id) == (typed.points, token, level)


def past_of(grade: Grade) -> PastGrade:
    """Return what stands in a cell, to be kept as its past; it is not saved yet."""
    return PastGrade(
        grade=grade,
        version=grade.version,
        points=grade.points,
        token_id=grade.token_id,
        level_id=grade.level_id,
        remark=grade.remark,
        reason=grade.reason,
        written_by=grade.written_by,
        written_at=grade.written_at,
    )
