"""A file that a teacher brings to a sheet: kept, decided about, put in whole or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.gradebook.actions import ImportedGrade, import_grades, plan_assessment, write_comment
from preau.gradebook.actions.grades import hold_open
from preau.gradebook.queries import sheet
from preau.kit.refusals import Refusal
from preau.kit.tables import Limits, Lines, read_lines
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.trail.actions import note

from ..models import SheetFile
from ..sheetfiles import Choices, Comparison, compare

KEPT_FOR = timedelta(days=30)
"""How long a file waits that its teacher does nothing with."""
SHEET_LIMITS = Limits(file_bytes=8 * 1024 * 1024, rows=5_000, columns=300)


class LookAgain(Refusal):
    words = _("What the file would change is not what you saw. Look at it again, then put it in.")


class StillWrong(Refusal):
    words = _("Something is still wrong in the file: nothing was put in. The page says where and what to do.")


@dataclass(frozen=True, slots=True)
class PutIn:
    """What a file brought."""

    assessments: int
    grades: int
    comments: int


def lines_of_file(file: SheetFile, choices: Choices) -> Lines:
    """
    Return the lines of a file, of the sheet that was chosen.

    :raises FileRefused: when the file cannot be read
    """
    with file.file.open("rb") as opened:
        return read_lines(opened, name=file.name, sheet=choices.sheet or None, limits=SHEET_LIMITS)


def bring_file(
    *, group: CourseGroup, period: ReportPeriod, file: File[Any], by: Person, at: datetime
) -> SheetFile:
    """
    Keep a file until it is decided what its columns and lines are. One brought before is given up, and so
    is what the teacher left lying for a month.

    :raises FileRefused: when it is no table that can be read
    :raises GradebookClosed: once the period is closed for the group
    """
    name = file.name or ""
    read_lines(cast("BinaryIO", file), name=name, limits=SHEET_LIMITS)
    file.seek(0)
    brought = SheetFile(group=group, period=period, by=by, at=at, name=name[:200])
    with transaction.atomic():
        hold_open(group.pk, period.pk)
        forgotten = Q(at__lt=at - KEPT_FOR)
        for before in SheetFile.objects.filter(Q(group=group, period=period) | forgotten, by=by):
            give_file_up(file=before, by=by, at=at)
        brought.file.save(name, file, save=False)
        brought.save()
    return brought


def decide(*, file: SheetFile, choices: Choices, by: Person, at: datetime) -> None:
    """Keep what was decided about a file."""
    file.choices = choices.as_dict()
    file.save(update_fields=["choices"])


PUT_FILE_IN = TracedAct("sheets.put_file_in", _("put the grades of a file in the gradebook %(subject)s"))


def put_in(*, file: SheetFile, seen: str, by: Person, at: datetime) -> PutIn:
    """
    Write all that a file brings: assessments, grades with their past kept, comments. Then forget the file.

    :param seen: the fingerprint of what was on the screen
    :raises GradebookClosed: once the period is closed for the group
    :raises StillWrong: while something is wrong in it
    :raises LookAgain: when it would write something else than what was seen
    """
    choices = Choices.from_dict(file.choices)
    lines = lines_of_file(file, choices)
    with transaction.atomic():
        hold_open(file.group_id, file.period_id)
        found = compare(sheet(file.group, file.period), lines, choices)
        if found.fingerprint != seen:
            raise LookAgain
        if not found.can_be_applied:
            raise StillWrong
        written = _write(found, file, by, at)
        subject = f"{file.group}, {file.period}"
        note(PUT_FILE_IN, by=by, subject=subject, grades=written.grades)
        give_file_up(file=file, by=by, at=at)
    return written


def _write(found: Comparison, file: SheetFile, by: Person, at: datetime) -> PutIn:
    keys = {
        chosen.column.place: key
        for chosen in found.columns
        if (key := chosen.choice.assessment_id) is not None
    }
    for place, new in found.fresh.items():
        keys[place] = plan_assessment(
            group=file.group,
            period=file.period,
            category=new.category,
            title=new.title,
            max_points=new.max_points,
            held_on=new.held_on,
            by=by,
            at=at,
        ).pk
    grades = [ImportedGrade(keys[change.column], change.pupil.pk, change.typed) for change in found.changes]
    counts = import_grades(grades=grades, by=by, at=at)
    for comment in found.comments:
        write_comment(
            group=file.group, period=file.period, pupil=comment.pupil, text=comment.new, by=by, at=at
        )
    return PutIn(len(found.fresh), counts["new"] + counts["changed"], len(found.comments))


def give_file_up(*, file: SheetFile, by: Person, at: datetime) -> None:
    """Forget a file and what was decided about it. Nothing of it was written, or all is."""
    kept = file.file
    file.delete()
    transaction.on_commit(lambda: kept.delete(save=False))
