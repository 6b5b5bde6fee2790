"""
Erasing what was kept long enough: the tests of a year, the comments. Results and decisions stay.

Each gradebook is erased whole or not at all, in one transaction that seals what is gone, so that its ledger
goes on saying the truth. One whose seals do not hold stays: erasing would cover what was done behind it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from preau.files.actions import let_go
from preau.grading.models import CourseResult
from preau.structure.models import CourseGroup, ReportPeriod

from .. import ledger
from ..models import Assessment, Comment, Feedback, Grade, RubricFilling, SubGrade
from ..queries.sealed import held_by_group
from ..queries.seals import chain_holds, gradebook_holds
from .attachments import remove_files
from .seals import seal_erasure

log = logging.getLogger(__name__)
Goes = Callable[[int, int, list[int]], None]
"""Erases, in the gradebook of a period and a group, what is about some pupils."""


def erase_tests(grades: QuerySet[Grade], at: datetime) -> int:
    """Erase what pupils got at tests, and all that goes with it; return how many grades went."""
    return _in_each_gradebook(grades, "assessment__period", "assessment__group", at, goes=_tests)


def erase_comments(comments: QuerySet[Comment], at: datetime) -> int:
    """Erase what teachers wrote about a period; return how many comments went."""
    return _in_each_gradebook(comments, "period", "group", at, goes=_comments)


def erase_copies(copies: QuerySet[Feedback], at: datetime) -> int:
    """Erase the files given back to pupils, with their bytes; return how many went."""
    count = 0
    for copy in copies.select_related("file"):
        with transaction.atomic():
            copy.delete()
            let_go(file=copy.file)
            count += 1
    return count


def _in_each_gradebook(records: QuerySet, period: str, group: str, at: datetime, *, goes: Goes) -> int:
    books: dict[tuple[int, int], list[int]] = {}
    for in_period, in_group, pupil in records.order_by().values_list(period, group, "pupil"):
        books.setdefault((in_period, in_group), []).append(pupil)
    found = ReportPeriod.objects.in_bulk({key for key, _group in books})
    sound = {key for key, each in found.items() if chain_holds(each)}
    for key in found.keys() - sound:
        log.warning("Nothing of period %s is erased: the chain of its seals does not hold.", key)
    return sum(
        _erase(found[key], of_group, pupils, at, goes)
        for (key, of_group), pupils in sorted(books.items())
        if key in sound
    )


@transaction.atomic
def _erase(period: ReportPeriod, group: int, pupils: list[int], at: datetime, goes: Goes) -> int:
    CourseGroup.objects.select_for_update().get(pk=group)
    if not gradebook_holds(period, group):
        log.warning("The gradebook %s of period %s is not erased: its seals do not hold.", group, period.pk)
        return 0
    before = held_by_group(period.pk, [group]).get(group, ledger.Held())
    goes(period.pk, group, sorted(set(pupils)))
    after = held_by_group(period.pk, [group]).get(group, ledger.Held())
    seal_erasure(group=group, period=period, before=before, after=after, at=at)
    return len(pupils)


def _tests(period: int, group: int, pupils: list[int]) -> None:
    tests = Assessment.objects.filter(period=period, group=group)
    for kind in (SubGrade, RubricFilling, Grade):
        kind._default_manager.filter(assessment__in=tests, pupil__in=pupils).delete()
    for copy in Feedback.objects.filter(assessment__in=tests, pupil__in=pupils).select_related("file"):
        copy.delete()
        let_go(file=copy.file)
    CourseResult.objects.filter(period=period, group=group, pupil__in=pupils).update(scores=None)
    for test in tests.filter(grades=None, sub_grades=None):
        remove_files(assessment=test)
        test.delete()


def _comments(period: int, group: int, pupils: list[int]) -> None:
    Comment.objects.filter(period=period, group=group, pupil__in=pupils).delete()
