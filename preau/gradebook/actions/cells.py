"""Writing many cells as they are typed: each stands or falls alone, and each is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from preau.grading.models import Scheme, Token
from preau.grading.queries import Schemes, levels_by_code, tokens_by_sign
from preau.kit.refusals import ChangedMeanwhile, Refusal
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import members_of

from ..models import Assessment, Comment, Grade
from ..queries.cells import assessments_named, pupils_named
from ..queries.sheet_values import Cell
from ..typed import RefusedCell, read_cell
from .grades import AskedGrade, GradeChangedMeanwhile, write_grades
from .words import write_comment

NAME = re.compile(r"\d{1,18}\.\d{1,18}\.\d{1,18}", re.ASCII)
NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no text holds: databases turn it away."""
LONGEST_COMMENT = Comment._meta.get_field("text").max_length or 0


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A cell somebody typed in: of an assessment, or (assessment 0) the comment on a pupil."""

    assessment_id: int
    pupil_id: int
    version: int
    typed: str

    @classmethod
    def several(cls, sent: Any, *, at_most: int) -> list[AskedCell]:
        """
        Read what a browser sent: `{"cells": [[assessment, pupil, version, typed], …]}`.

        :raises ValueError: when it is anything else
        """
        cells = sent.get("cells") if isinstance(sent, dict) else None
        if not isinstance(cells, list) or len(cells) > at_most:
            raise ValueError("no cells")
        return [cls._one(cell) for cell in cells]

    @classmethod
    def _one(cls, cell: Any) -> AskedCell:
        if not isinstance(cell, list) or [type(part) for part in cell] != [int, int, int, str]:
            raise ValueError("no cell")
        if not all(0 <= part < 2**63 for part in cell[:3]):
            raise ValueError("no such cell")
        return cls(*cell)

    @classmethod
    def named(cls, name: str, typed: str) -> AskedCell:
        """
        Read a field of a form that is named `assessment.pupil.version`.

        :raises ValueError: when it is named otherwise
        """
        if not NAME.fullmatch(name):
            raise ValueError("no cell")
        assessment, pupil, version = map(int, name.split("."))
        return cls(assessment, pupil, version, typed)

    @property
    def place(self) -> tuple[int, int]:
        return self.assessment_id, self.pupil_id


@dataclass(slots=True)
class SheetReport:
    """What became of a whole sheet: how many cells are kept, and which are not, by assessment and pupil."""

    written: int = 0
    refused: dict[tuple[int, int], RefusedCell] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Sequence[AskedCell], answers: Sequence[Mapping[str, Any]]) -> SheetReport:
        """Sum up what became of some cells, answered in their order."""
        report = cls()
        for cell, answer in zip(asked, answers, strict=True):
            if answer["state"] == "saved":
                report.written += 1
            else:
                report.refused[cell.place] = RefusedCell(cell.typed, answer["words"])
        return report


def write_cells(
    *, group: CourseGroup, period: ReportPeriod, asked: Sequence[AskedCell], by: Person, at: datetime
) -> list[dict[str, Any]]:
    """
    Write cells together; a refused one stops none of the others.

    Returns for each, in order: `state` (saved, conflict, refused, gone), `cell` (how a grade stands now) and
    its `assessment`, or `text` (of a comment), and why in `words`. The assessments are those of the group and
    period: anything else is `gone`.
    """
    wanted = list({cell.assessment_id for cell in asked})
    assessments = {assessment.pk: assessment for assessment in assessments_named(group.pk, period.pk, wanted)}
    pupils = {pupil.pk: pupil for pupil in pupils_named(list({cell.pupil_id for cell in asked}))}
    comments = {cell.pupil_id for cell in asked if cell.assessment_id == 0}
    members = set(members_of(group, during=period).filter(pk__in=comments).values_list("pk", flat=True))
    answers = [_gone() for _cell in asked]
    tokens = tokens_by_sign()
    grades: dict[int, AskedGrade | Refusal] = {}
    for place, cell in enumerate(asked):
        pupil, assessment = pupils.get(cell.pupil_id), assessments.get(cell.assessment_id)
        if pupil is not None and assessment is not None:
            grades[place] = _read(assessment, pupil, cell, tokens)
        elif pupil is not None and cell.assessment_id == 0 and pupil.pk in members:
            answers[place] = _comment(group, period, pupil, cell, by, at)
    scheme = Schemes(period.starts_on).for_course(group.course)
    for place, stands in _written(grades, by, at).items():
        answers[place] = _told(stands, assessments[asked[place].assessment_id], scheme)
    return answers


def _gone() -> dict[str, Any]:
    return {"state": "gone", "words": _("This cell is no longer there. Reload the page.")}


def _read(
    assessment: Assessment, pupil: Person, cell: AskedCell, tokens: Mapping[str, Token]
) -> AskedGrade | Refusal:
    try:
        typed = read_cell(cell.typed, tokens, levels_by_code(assessment.scale_id))
    except Refusal as refusal:
        return refusal
    return AskedGrade(assessment, pupil, typed, cell.version)


def _written(
    grades: Mapping[int, AskedGrade | Refusal], by: Person, at: datetime
) -> dict[int, Grade | Refusal]:
    """Write what could be read; return by place what stands there now, or why it was refused."""
    asked = {place: each for place, each in grades.items() if isinstance(each, AskedGrade)}
    try:
        written = write_grades(asked=list(asked.values()), by=by, at=at)
    except Refusal as refusal:  # The gradebook is closed: so are all its cells.
        written = [refusal] * len(asked)
    refused = {place: each for place, each in grades.items() if isinstance(each, Refusal)}
    return refused | dict(zip(asked, written, strict=True))


def _told(stands: Grade | Refusal, assessment: Assessment, scheme: Scheme) -> dict[str, Any]:
    if isinstance(stands, GradeChangedMeanwhile):
        return {"state": "conflict", "words": str(stands), **_stands(stands.grade, assessment, scheme)}
    if isinstance(stands, Refusal):
        return {"state": "refused", "words": str(stands)}
    return {"state": "saved", **_stands(stands, assessment, scheme)}


def _stands(grade: Grade, assessment: Assessment, scheme: Scheme) -> dict[str, Any]:
    token, level = grade.token, grade.level
    cell = Cell(
        grade.points,
        token.code if token else "",
        scheme.effect(token.code, token.effect) if token else None,
        grade.version,
        level=level.code if level else "",
    )
    return {"cell": cell, "assessment": assessment}


def _comment(
    group: CourseGroup, period: ReportPeriod, pupil: Person, cell: AskedCell, by: Person, at: datetime
) -> dict[str, Any]:
    if NO_TEXT.search(cell.typed):
        return {"state": "refused", "words": _("This comment holds signs that are no text: type it anew.")}
    if len(cell.typed.strip()) > LONGEST_COMMENT:
        words = _("A comment has %(most)s characters at most; this one has %(count)s.")
        return {
            "state": "refused",
            "words": words % {"most": LONGEST_COMMENT, "count": len(cell.typed.strip())},
        }
    try:
        comment = write_comment(
            group=group, period=period, pupil=pupil, text=cell.typed, by=by, at=at, version=cell.version
        )
    except ChangedMeanwhile as changed:
        return {"state": "conflict", "words": str(changed), **changed.stands}
    except Refusal as refusal:
        return {"state": "refused", "words": str(refusal)}
    stands = {"version": comment.version, "text": comment.text} if comment else {"version": 0, "text": ""}
    return {"state": "saved", **stands}


def _text(grade: Grade) -> str:
    sign = grade.token or grade.level
    return Cell(grade.points, sign.code if sign else "").text


def write_sheet(
    *, group: CourseGroup, period: ReportPeriod, asked: Sequence[AskedCell], by: Person, at: datetime
) -> SheetReport:
    """
    Write the cells of a whole sheet: those that differ from what stands.

    A field that was not touched but that somebody else changed meanwhile is left as it is now.
    """
    before = {
        (grade.assessment_id, grade.pupil_id): grade
        for grade in Grade.objects.filter(assessment__group=group, assessment__period=period).select_related(
            "token", "level"
        )
    }
    texts = {place: _text(grade) for place, grade in before.items()}
    comments = Comment.objects.filter(group=group, period=period)
    texts |= {(0, pupil): text for pupil, text in comments.values_list("pupil_id", "text")}
    changed = [cell for cell in asked if texts.get(cell.place, "") != cell.typed.strip()]
    return SheetReport.of(changed, write_cells(group=group, period=period, asked=changed, by=by, at=at))
