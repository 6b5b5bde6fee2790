"""An import is undone: what it made goes, what it changed and removed is there again as it was."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from preau.exchange.footprints import OF_PERSONS, footprint_of, hindrances
from preau.exchange.models import ImportedRow, ImportRun
from preau.exchange.rules import may_read_run
from preau.kit.imports.undoing import Footprint, hold
from preau.kit.memory import forget_what_changed
from preau.kit.plain_rows import model_called
from preau.kit.portions import AT_A_TIME, portions
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.kit.written_rows import What
from preau.people.actions.rows import put_back, write_again
from preau.people.imports.undoing import persons_of
from preau.people.models import Person
from preau.people.own_ties import NobodyTiesOneself
from preau.people.ties import DatedTie
from preau.trail.actions import Noted, note, note_many
from preau.trail.models import Trace

from .importing import one_at_a_time

Stage = ImportRun.Stage
log = logging.getLogger(__name__)


class CannotUndoImport(Refusal):
    words = gettext_lazy(
        "This import can no longer be undone: it was undone already, or what stood there before it is no"
        " longer kept."
    )


class BuiltOnImport(Refusal):
    words = gettext_lazy("Nothing was undone, for something was built on this import since. %(what)s")


UNDO_IMPORT = TracedAct("exchange.undo_import", gettext_lazy("undid the import of the file %(subject)s"))
UNDO_IMPORT_ABOUT = TracedAct(
    "exchange.undo_import_about", gettext_lazy("undid what a file had brought here")
)


@transaction.atomic
def start_undoing(*, run: ImportRun, by: Person, at: datetime) -> None:
    """
    Note that an import is about to be undone. Whoever comes second finds it under way.

    :raises CannotUndoImport: when it was undone, is being undone, or was applied too long ago
    :raises BuiltOnImport: when something was built on it since
    :raises NobodyTiesOneself: when that would give whoever undoes it a tie of their own again
    """
    known = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not known.can_be_undone:
        raise CannotUndoImport
    footprint = footprint_of(known)
    _refuse_what_was_built_on(known, footprint)
    _refuse_own_ties(footprint, by)
    ImportRun.objects.filter(pk=run.pk).update(stage=Stage.UNDOING, moved_at=at)
    run.refresh_from_db()


@transaction.atomic
def undo_run(*, run: ImportRun, by: Person | None, at: datetime) -> ImportRun:
    """
    Have the school be as it was before a file came in: all of it, or nothing.

    Imports and their undoing take turns. What a form holds to write there is held.

    :raises CannotUndoImport: when it was undone already, or was applied too long ago
    :raises BuiltOnImport: when something was built on it since
    :raises NobodyTiesOneself: when that would give whoever undoes it a tie of their own again
    """
    one_at_a_time()
    known = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not (known.can_be_undone or known.is_being_undone):
        raise CannotUndoImport
    footprint = footprint_of(known)
    hold(footprint)
    _refuse_what_was_built_on(known, footprint)
    _refuse_own_ties(footprint, by)
    about = _persons_told(footprint)
    try:
        with transaction.atomic():
            _take_away(footprint)
            _put_back(known)
    except DeserializationError as problem:  # Kept by a version in which these rows had other fields.
        raise CannotUndoImport from problem
    except IntegrityError as problem:
        raise BuiltOnImport(what=_("What stood there before has been put in again meanwhile.")) from problem
    known.rows.all().delete()
    known.stage, known.applied = Stage.UNDONE, False
    known.save(update_fields=["stage", "applied"])
    note(UNDO_IMPORT, by=by, subject=known.source_name, kind=known.kind, counts=known.counts)
    _tell(about, by)
    forget_what_changed()
    return known


def undo_aside(*, run: ImportRun, language: str, by: Person, at: datetime) -> None:
    """
    Undo an import that somebody asked to be undone; what it cannot do it says on the page of the run.

    Whoever lost the right to it meanwhile undoes nothing.
    """
    refused = ""
    with override(language):
        try:
            if not may_read_run.allows(by, run):
                raise CannotUndoImport
            undo_run(run=run, by=by, at=at)
        except Refusal as refusal:
            refused = str(refusal)
        except Exception:
            log.exception("Undoing the import %s failed; nothing of it was undone.", run.pk)
            refused = _("Something went wrong on our side, and nothing was undone: try again.")
    if refused:
        report = run.report | {"not_undone": refused}
        ImportRun.objects.filter(pk=run.pk, stage=Stage.UNDOING).update(stage=Stage.APPLIED, report=report)


def _refuse_what_was_built_on(run: ImportRun, footprint: Footprint) -> None:
    if found := hindrances(run, footprint):
        raise BuiltOnImport(what=" ".join(hindrance.words for hindrance in found[:5]))


def _refuse_own_ties(footprint: Footprint, by: Person | None) -> None:
    """Refuse to give whoever undoes it back a tie of their own, as a teacher, a pupil or a guardian."""
    ties = [model for model in footprint.rows if issubclass(model, DatedTie)]
    if by and any(by.pk in persons_of(footprint, model, What.CHANGED, What.REMOVED) for model in ties):
        raise NobodyTiesOneself


def _persons_told(footprint: Footprint) -> set[int]:
    """Return those in whose file something is again as it was."""
    models = [model for model in footprint.rows if model._meta.app_label in OF_PERSONS]
    return {key for model in models for key in persons_of(footprint, model)}


def _tell(about: set[int], by: Person | None) -> None:
    """Note with each of those who remain that it was undone: their trail says what the file had done."""
    keys, who = sorted(about), by.pk if by else None
    for some in portions(keys):
        there = Person.objects.filter(pk__in=some).order_by("pk")
        note_many(Noted(UNDO_IMPORT_ABOUT, pk, by_id=who) for pk in there.values_list("pk", flat=True))


def _take_away(footprint: Footprint) -> None:
    """Remove what the file made. Whether anything else points there is known already."""
    for model in footprint.rows:
        for keys in portions(footprint.made(model)):
            if model is Person:
                Trace.objects.filter(about__in=keys).update(about=None)
                ImportedRow.objects.filter(about__in=keys).delete()
            rows = model._base_manager.filter(pk__in=keys)
            rows._raw_delete(rows.db)


def _put_back(run: ImportRun) -> None:
    """Write again what the file changed, then what it had removed."""
    changed = run.rows.filter(what=What.CHANGED).order_by("-pk")
    for row in changed.iterator(chunk_size=AT_A_TIME):
        put_back(model_called(row.model), row.key, row.was)
    removed = run.rows.filter(what=What.REMOVED).order_by("pk")
    write_again(
        {"model": row.model.lower(), "pk": row.key, "fields": row.was}
        for row in removed.iterator(chunk_size=AT_A_TIME)
    )
