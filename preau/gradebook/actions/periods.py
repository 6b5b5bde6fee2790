"""Closing a period: results are frozen, and can be reopened with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Closing, CourseResult
from preau.grading.results import keep_score
from preau.kit.events import announce
from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.kit.rows import insert_records
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.trail.actions import note

from ..events import PeriodClosed
from ..queries.results import period_results
from ..queries.scores import PupilResult
from ..queries.seals import erased_on
from .seals import seal_gradebooks, seal_reopening

NOTHING_FROZEN: dict[str, Any] = {
    "scheme": None,
    "share": None,
    "computed": None,
    "daily_work": None,
    "exam": None,
    "exam_token": "",
    "is_assessable": True,
    "scores": None,
    "computed_at": None,
}
"""What an open gradebook keeps of what it once came to."""


class AlreadyClosed(Refusal):
    words = _("This gradebook is closed already.")


class KeptNoMore(Refusal):
    words = _(
        "The tests of this period were erased, as they were kept long enough: computed afresh, the results "
        "would be lost. The council may still decide otherwise about a pupil."
    )


class NotClosed(Refusal):
    words = _("This gradebook is open: there is nothing to reopen.")


CLOSE = TracedAct("gradebook.close", _("closed the gradebook %(subject)s"))


@transaction.atomic
def close_gradebook(*, group: CourseGroup, period: ReportPeriod, by: Person, at: datetime) -> Closing:
    """
    Close the gradebook of a group for a period: its results are frozen as they are computed now, and sealed
    with all that they are made of.

    :raises AlreadyClosed: when it is closed
    """
    CourseGroup.objects.select_for_update().get(pk=group.pk)
    if Closing.objects.filter(group=group, period=period, reopened_at=None).exists():
        raise AlreadyClosed
    closing = Closing.objects.create(group=group, period=period, closed_by=by, closed_at=at)
    _freeze(period, [group.pk], at)
    seal_gradebooks(period=period, groups=[group.pk], by=by, at=at)
    note(CLOSE, by=by, subject=f"{group}, {period}")
    announce(PeriodClosed(group_id=group.pk, period_id=period.pk))
    return closing


CLOSE_PERIOD = TracedAct("gradebook.close_period", _("closed every gradebook of %(subject)s"))


@transaction.atomic
def close_period(
    *,
    period: ReportPeriod,
    groups: Iterable[CourseGroup] | None = None,
    by: Person | None,
    at: datetime,
    progress: Progress = nobody_watches,
) -> int:
    """Close every gradebook still open for a period, of some groups or of the whole year; return how many."""
    keys = shut(period=period, groups=groups, by=by, at=at, progress=progress)
    seal_gradebooks(period=period, groups=keys, by=by, at=at)
    progress(len(keys), len(keys))
    return len(keys)


def shut(
    *,
    period: ReportPeriod,
    groups: Iterable[CourseGroup] | None = None,
    by: Person | None,
    at: datetime,
    progress: Progress = nobody_watches,
) -> list[int]:
    """
    Close gradebooks without sealing them; return the keys of their groups.

    For the demonstration, which writes in them afterwards what was written before, and seals in the end.
    """
    chosen = CourseGroup.objects.filter(school_year=period.school_year_id)
    if groups is not None:
        chosen = chosen.filter(pk__in=[group.pk for group in groups])
    # Hold first, then look which are closed: a teacher may be closing one of them at this moment.
    held = list(chosen.select_for_update(of=("self",)).values_list("pk", flat=True))
    closed = set(Closing.objects.filter(period=period, reopened_at=None).values_list("group", flat=True))
    keys = [key for key in held if key not in closed]
    progress(0, len(keys))
    Closing.objects.bulk_create(
        (Closing(group_id=key, period=period, closed_by=by, closed_at=at) for key in keys), batch_size=500
    )
    _freeze(period, keys, at)
    note(CLOSE_PERIOD, by=by, subject=str(period), groups=len(keys))
    for key in keys:
        announce(PeriodClosed(group_id=key, period_id=period.pk))
    return keys


def _freeze(period: ReportPeriod, groups: list[int], at: datetime) -> None:
    """
    Keep what is computed now, and all that it is made of, beside what people decided.

    Every row is written anew: one of a pupil who has no result any more, or whom another group keeps, is
    emptied.
    """
    found = period_results(period, groups=groups)
    here = set(groups)
    results = {
        (result.pupil_id, result.group_id): result for result in found.values() if result.group_id in here
    }
    kept = {
        (row.pupil_id, row.group_id): row
        for row in CourseResult.objects.filter(period=period, group__in=groups)
    }
    for key, row in kept.items():
        if key not in results:
            _empty(row, at)
    new = [
        CourseResult(pupil_id=key[0], group_id=key[1], period=period) for key in results if key not in kept
    ]
    for row in new:
        _write_figures(row, results[row.pupil_id, row.group_id], at)
    for key in results.keys() & kept.keys():
        _write_figures(kept[key], results[key], at)
    insert_records(new)
    CourseResult.objects.bulk_update(kept.values(), list(NOTHING_FROZEN), batch_size=200)


def _empty(row: CourseResult, at: datetime) -> None:
    for name, nothing in NOTHING_FROZEN.items():
        setattr(row, name, nothing)
    row.is_assessable, row.computed_at = False, at


def _write_figures(row: CourseResult, result: PupilResult, at: datetime) -> None:
    row.scheme = result.scheme if result.scheme.pk else None
    row.daily_work, row.exam, row.exam_token = result.daily_work, result.exam, result.exam_token
    row.computed, row.share = result.computed, result.computed_share
    row.is_assessable, row.computed_at = result.is_assessable, at
    row.scores = [keep_score(score) for score in result.scores]


REOPEN = TracedAct("gradebook.reopen", _("reopened the gradebook %(subject)s: %(because)s"))


@transaction.atomic
def reopen_gradebook(
    *, group: CourseGroup, period: ReportPeriod, because: str, by: Person, at: datetime
) -> None:
    """
    Reopen a closed gradebook, with a reason that stays. Results are computed afresh until it is closed again.

    :raises NotClosed: when it is open
    :raises KeptNoMore: when nothing is left of which results could be computed
    """
    closing = Closing.objects.select_for_update().filter(group=group, period=period, reopened_at=None).first()
    if closing is None:
        raise NotClosed
    if erased_on(group, period):
        raise KeptNoMore
    closing.reopened_by, closing.reopened_at, closing.reopened_because = by, at, because
    closing.save(update_fields=["reopened_by", "reopened_at", "reopened_because"])
    CourseResult.objects.filter(group=group, period=period).update(**NOTHING_FROZEN)
    seal_reopening(group=group, period=period, because=because, by=by, at=at)
    note(REOPEN, by=by, subject=f"{group}, {period}", because=because)
