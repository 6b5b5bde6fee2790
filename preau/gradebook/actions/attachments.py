"""Files that go with an assessment: its statement, and what goes back to one pupil."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from preau.people.models import Person
from preau.structure.queries import members_of
from preau.trail.actions import note

from ..contents import content_type_of, name_of
from ..models import Assessment, Feedback, Statement
from .grades import NotInGroup


@transaction.atomic
def attach_statement(*, assessment: Assessment, file: Any, by: Person, at: datetime) -> Statement:
    """
    Keep the statement of an assessment, in the place of the one there was.

    :raises FileTooLarge: above 10 MB
    :raises NotADocument: when its content is neither a PDF, an office document nor a picture
    :raises HasMacros: when it holds programs
    """
    facts = _facts(file, by, at)
    remove_statement(assessment=assessment, by=by, at=at)
    note("gradebook.attach_statement", by=by, subject=assessment.title)
    return Statement.objects.create(assessment=assessment, **facts)


@transaction.atomic
def remove_statement(*, assessment: Assessment, by: Person, at: datetime) -> None:
    """Take the statement of an assessment away, with its file."""
    for statement in Statement.objects.filter(assessment=assessment):
        _forget(statement)


@transaction.atomic
def give_feedback(*, assessment: Assessment, pupil: Person, file: Any, by: Person, at: datetime) -> Feedback:
    """
    Give a file back to one pupil, in the place of the one there was.

    :raises NotInGroup: when the pupil was not in the group during the period
    :raises FileTooLarge: above 10 MB
    :raises NotADocument: when its content is neither a PDF, an office document nor a picture
    :raises HasMacros: when it holds programs
    """
    if not members_of(assessment.group, during=assessment.period).filter(pk=pupil.pk).exists():
        raise NotInGroup(pupil=pupil.full_name)
    facts = _facts(file, by, at)
    for feedback in Feedback.objects.filter(assessment=assessment, pupil=pupil):
        _forget(feedback)
    note("gradebook.give_feedback", by=by, about=pupil, subject=assessment.title)
    return Feedback.objects.create(assessment=assessment, pupil=pupil, **facts)


@transaction.atomic
def take_feedback_back(*, feedback: Feedback, by: Person, at: datetime) -> None:
    """Take a file given to a pupil back."""
    note("gradebook.take_feedback_back", by=by, about=feedback.pupil, subject=feedback.assessment.title)
    _forget(feedback)


def remove_files(*, assessment: Assessment) -> None:
    """Take away all the files of an assessment that is being removed."""
    for statement in Statement.objects.filter(assessment=assessment):
        _forget(statement)
    for feedback in Feedback.objects.filter(assessment=assessment):
        _forget(feedback)


def _facts(file: Any, by: Person, at: datetime) -> dict[str, Any]:
    kind = content_type_of(file, file.name)
    name = name_of(file.name, kind)
    file.name = name
    return {
        "file": file,
        "name": name,
        "content_type": kind,
        "size": file.size,
        "added_by": by,
        "added_at": at,
    }


def _forget(attachment: Statement | Feedback) -> None:
    """Delete a row, and its file once that is certain."""
    storage, stored = attachment.file.storage, attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(stored))
