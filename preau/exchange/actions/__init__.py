"""What is done with files that come in: read, compared, and written whole or not at all."""

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

__all__ = [
    "AlreadyUnderWay",
    "NothingToApply",
    "apply_run",
    "check_run",
    "choose_file",
    "give_up",
    "match_columns",
    "run_import",
    "start_applying",
    "start_checking",
]
