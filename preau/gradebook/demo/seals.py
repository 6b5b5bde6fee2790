"""The seals of closed gradebooks: set in the end, when all that was written in them stands there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from preau.grading.models import Closing
from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.people.demo import Folk
from preau.structure.demo import Years
from preau.structure.models import ReportPeriod

from ..actions.seals import seal_gradebooks
from .assessments import at


def closing_of(period: ReportPeriod) -> datetime:
    """Return the moment at which the head closes a period."""
    return at(period.ends_on, -2, 18)


@chapter(rank=44, weight=6)
def seals(book: Book) -> None:
    """Seal the closed gradebooks of every year."""
    by = book.find(Folk).cast["pirard"]
    for year in book.find(Years).all:
        for period in year.periods:
            if period.ends_on <= clock.today():
                closed = list(Closing.objects.filter(period=period).values_list("group", flat=True))
                with transaction.atomic():
                    seal_gradebooks(period=period, groups=closed, by=by, at=closing_of(period))
