"""Long imports, compared and written aside; long exports, made aside."""

from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.jobs import job
from preau.people.models import Person
from preau.work.declared import long_work
from preau.work.models import Work

from . import actions
from .models import ImportRun
from .rules import may_export, may_import


@job
def check_import(run_id: int, language: str) -> None:
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    actions.check_run(run=run, language=language, by=run.by, at=clock.now())


@job
def apply_import(run_id: int, language: str, by_id: int) -> None:
    run, by = ImportRun.objects.get(pk=run_id), Person.objects.get(pk=by_id)
    if may_import.admits(by):
        actions.apply_run(run=run, language=language, by=by, at=clock.now())
    else:  # Who pressed the button lost the duty while the file waited.
        actions.give_up(run=run, by=by, at=clock.now())


@job
def undo_import(run_id: int, language: str, by_id: int) -> None:
    run, by = ImportRun.objects.get(pk=run_id), Person.objects.get(pk=by_id)
    actions.undo_aside(run=run, language=language, by=by, at=clock.now())


@long_work(
    actions.BUNDLE, ready=_("The bundle is here. It stays until you order another."), open_to=may_export
)
def make_bundle(work: Work) -> None:
    actions.make_bundle(work=work)
