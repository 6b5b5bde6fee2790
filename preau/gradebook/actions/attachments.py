"""Files that go with an assessment: its statement, and what goes back to one pupil."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.files.actions import keep, let_go
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.queries import members_of
from preau.trail.actions import note

from ..models import Assessment, Feedback, Statement
from ..uses import FEEDBACK, STATEMENT
from .grades import NotInGroup

ATTACH_STATEMENT = TracedAct("gradebook.attach_statement", _("attached the statement of %(subject)s"))


@transaction.atomic
def attach_statement(*, assessment: Assessment, file: Any, by: Person, at: datetime) -> Statement:
    """
    Keep the statement of an assessment, in the place of the one there was.

    :raises Refusal: when the file is not accepted (`files.actions.keep`)
    """
    kept = keep(use=STATEMENT, file=file, by=by, at=at)
    remove_statement(assessment=assessment, by=by, at=at)
    note(ATTACH_STATEMENT, by=by, subject=assessment.title)
    return Statement.objects.create(assessment=assessment, file=kept)


@transaction.atomic
def remove_statement(*, assessment: Assessment, by: Person, at: datetime) -> None:
    """Take the statement of an assessment away, with its file."""
    for statement in Statement.objects.filter(assessment=assessment).select_related("file"):
        _remove(statement)


GIVE_FEEDBACK = TracedAct("gradebook.give_feedback", _("gave a file back for %(subject)s"))


@transaction.atomic
def give_feedback(*, assessment: Assessment, pupil: Person, file: Any, by: Person, at: datetime) -> Feedback:
    """
    Give a file back to one pupil, in the place of the one there was.

    :raises NotInGroup: when the pupil was not in the group during the period
    :raises Refusal: when the file is not accepted (`files.actions.keep`)
    """
    if not members_of(assessment.group, during=assessment.period).filter(pk=pupil.pk).exists():
        raise NotInGroup(pupil=pupil.full_name)
    kept = keep(use=FEEDBACK, file=file, by=by, at=at)
    for feedback in Feedback.objects.filter(assessment=assessment, pupil=pupil).select_related("file"):
        _remove(feedback)
    note(GIVE_FEEDBACK, by=by, about=pupil, subject=assessment.title)
    return Feedback.objects.create(assessment=assessment, pupil=pupil, file=kept)


TAKE_FEEDBACK_BACK = TracedAct("gradebook.take_feedback_back", _("took back a file given for %(subject)s"))


@transaction.atomic
def take_feedback_back(*, feedback: Feedback, by: Person, at: datetime) -> None:
    """Take a file given to a pupil back."""
    note(TAKE_FEEDBACK_BACK, by=by, about=feedback.pupil, subject=feedback.assessment.title)
    _remove(feedback)


def remove_files(*, assessment: Assessment) -> None:
    """Take away all the files of an assessment that is being removed."""
    for statement in Statement.objects.filter(assessment=assessment).select_related("file"):
        _remove(statement)
    for feedback in Feedback.objects.filter(assessment=assessment).select_related("file"):
        _remove(feedback)


def _remove(attachment: Statement | Feedback) -> None:
    attachment.delete()
    let_go(file=attachment.file)
