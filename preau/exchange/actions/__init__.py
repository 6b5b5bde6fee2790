"""What is done with files that come in, written whole or not at all, and with those that leave."""

from .exporting import BUNDLE, NothingToHandOver, make_bundle, order_bundle, take_group
from .importing import run_import
from .runs import (
    AlreadyUnderWay,
    NothingToApply,
    apply_run,
    check_run,
    choose_file,
    give_up,
    match_columns,
    start_applying,
    start_checking,
)
from .undoing import BuiltOnImport, CannotUndoImport, start_undoing, undo_aside, undo_run

__all__ = [
    "BUNDLE",
    "AlreadyUnderWay",
    "BuiltOnImport",
    "CannotUndoImport",
    "NothingToApply",
    "NothingToHandOver",
    "apply_run",
    "check_run",
    "choose_file",
    "give_up",
    "make_bundle",
    "match_columns",
    "order_bundle",
    "run_import",
    "start_applying",
    "start_checking",
    "start_undoing",
    "undo_aside",
    "undo_run",
]
