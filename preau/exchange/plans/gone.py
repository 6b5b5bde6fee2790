"""What a source brought before and no longer names: told, never deleted, ended only when people say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake, Origins
from preau.exchange.models import ImportRun
from preau.kit.imports.report import Change, Line, Status

MOST_AT_ONCE = 0.2
"""An import that would end a larger share than this wants to be confirmed."""


@dataclass(frozen=True)
class Going:
    """Somebody or something the source no longer names, and the ties that would end."""

    subject: str
    ties: Sequence[Any] = ()
    changes: list[Change] = field(default_factory=list)


def tell_gone(
    intake: Intake, origins: Origins, what: str, still_there: Callable[[list[int]], list[Going]]
) -> None:
    """
    Tell what is gone; end it when the person who imports chose so, unless that is suspiciously much.

    A file with errors does not tell: who stands on a wrong line is not gone.
    """
    if intake.only_names_changes or intake.report.has_errors:
        return
    going = still_there([origin.record_id for origin in origins.unseen()])
    for one in going:
        intake.report.add(Line(Status.GONE, subject=one.subject, changes=one.changes))
    if intake.gone != ImportRun.Gone.END or not going:
        return
    if len(going) > MOST_AT_ONCE * max(len(origins), 1) and not intake.ends_many:
        intake.report.needs_consent = True
        intake.report.refused = _(
            "This file would end %(count)d of %(total)d %(what)s. Check that the file is complete; "
            "if it is, confirm that they end."
        ) % {"count": len(going), "total": len(origins), "what": what}
        return
    for one in going:
        for tie in one.ties:
            intake.draft.end(tie, intake.today)
