"""Writing what a pupil reached in a competence, from the page of an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.design.pieces import cote
from preau.grading.queries import levels_by_code
from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.queries import members_of

from ..models import AssessedCompetence, Assessment, PastSubGrade, SubGrade
from ..queries.parts import text_of
from ..typed import TooManyPoints, Typed, read_cell
from .cells import AskedCell, SheetReport
from .grades import NotInGroup, hold_open
from .sums import add_up


class SubGradeChangedMeanwhile(Refusal):
    """Somebody else wrote in the cell since it was shown."""

    words = _("%(by)s wrote %(theirs)s here meanwhile: keep theirs, or write yours over it.")

    def __init__(self, sub_grade: SubGrade) -> None:
        self.sub_grade = sub_grade
        who = sub_grade.written_by.full_name if sub_grade.written_by else _("An import")
        super().__init__(by=who, theirs=text_of(sub_grade) or _("nothing"))


@transaction.atomic
def write_sub_grade(
    *, part: AssessedCompetence, pupil: Person, typed: Typed, version: int, by: Person, at: datetime
) -> SubGrade:
    """
    Write points, a level or nothing in the cell of a competence; the grade follows when it is their sum.

    :param version: the version that was on the screen, 0 for a cell nobody had written in
    :raises SubGradeChangedMeanwhile: when another version stands there now, with another value
    :raises GradebookClosed: once the period is closed for the group
    :raises NotInGroup: when the pupil was not in the group during the period
    :raises TooManyPoints: when the points exceed the maximum of the competence
    """
    assessment = part.assessment
    hold_open(assessment.group_id, assessment.period_id)
    if typed.points is not None and part.max_points is not None and typed.points > part.max_points:
        raise TooManyPoints(points=cote(typed.points), out_of=cote(part.max_points))
    there = SubGrade.objects.filter(part=part, pupil=pupil).select_related("level", "written_by").first()
    if there is None:
        there = _first(part, pupil, typed, by, at)
    elif (there.points, there.level) != (typed.points, typed.level):
        _rewrite(there, typed, version, by, at)
    add_up(assessment=assessment, pupil=pupil, by=by, at=at)
    return there


def _first(part: AssessedCompetence, pupil: Person, typed: Typed, by: Person, at: datetime) -> SubGrade:
    assessment = part.assessment
    if not members_of(assessment.group, during=assessment.period).filter(pk=pupil.pk).exists():
        raise NotInGroup(pupil=pupil.full_name)
    return SubGrade.objects.create(
        assessment=assessment,
        part=part,
        pupil=pupil,
        points=typed.points,
        level=typed.level,
        written_by=by,
        written_at=at,
    )


def _rewrite(there: SubGrade, typed: Typed, version: int, by: Person, at: datetime) -> None:
    if there.version != version:
        raise SubGradeChangedMeanwhile(there)
    PastSubGrade.objects.create(
        sub_grade=there,
        version=there.version,
        points=there.points,
        level=there.level,
        written_by=there.written_by,
        written_at=there.written_at,
    )
    there.points, there.level, there.version = typed.points, typed.level, version + 1
    there.written_by, there.written_at = by, at
    there.save(update_fields=["points", "level", "version", "written_by", "written_at"])


def write_parts(
    *, assessment: Assessment, asked: Sequence[AskedCell], by: Person, at: datetime
) -> list[dict[str, Any]]:
    """
    Write cells of competences one by one; a refused one stops none of the others.

    Returns for each, in order: `state` (saved, conflict, refused, gone), how the cell stands now, and why in
    words. The key of an assessed competence stands where that of an assessment does in a sheet.
    """
    parts = {part.pk: part for part in assessment.parts.select_related("assessment__period", "scale")}
    pupils = {person.pk: person for person in Person.objects.filter(pk__in={cell.pupil_id for cell in asked})}
    answers = []
    for cell in asked:
        part, pupil = parts.get(cell.assessment_id), pupils.get(cell.pupil_id)
        if part is None or pupil is None:
            answers.append(
                {"state": "gone", "words": gettext("This cell is no longer there. Reload the page.")}
            )
        else:
            part.assessment = assessment
            answers.append(_answer(part, pupil, cell, by, at))
    return answers


def _answer(
    part: AssessedCompetence, pupil: Person, cell: AskedCell, by: Person, at: datetime
) -> dict[str, Any]:
    try:
        typed = read_cell(cell.typed, {}, levels_by_code(part.scale_id))
        sub_grade = write_sub_grade(part=part, pupil=pupil, typed=typed, version=cell.version, by=by, at=at)
    except SubGradeChangedMeanwhile as changed:
        there = changed.sub_grade
        return {
            "state": "conflict",
            "words": str(changed),
            "version": there.version,
            "text": text_of(there),
            "kind": "",
        }
    except Refusal as refusal:
        return {"state": "refused", "words": str(refusal)}
    return {"state": "saved", "version": sub_grade.version, "text": text_of(sub_grade), "kind": ""}


def write_whole_parts(
    *, assessment: Assessment, asked: Sequence[AskedCell], by: Person, at: datetime
) -> SheetReport:
    """Write the cells of the page of competences: those that differ from what stands."""
    there = SubGrade.objects.filter(assessment=assessment).select_related("level")
    before = {(sub_grade.part_id, sub_grade.pupil_id): text_of(sub_grade) for sub_grade in there}
    changed = [cell for cell in asked if before.get(cell.place, "") != cell.typed.strip()]
    return SheetReport.of(changed, write_parts(assessment=assessment, asked=changed, by=by, at=at))
