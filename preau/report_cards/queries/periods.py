"""How far the cards of a period are: missing, made, changed since, published, read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.utils.translation import ngettext

from preau.grading.models import Closing, CourseResult
from preau.structure.models import GroupMembership, ReportPeriod, SchoolYear

from ..models import Build, Hold, Reading, Release, ReportCard, TutorWord
from .missing import Missing, missing_before
from .printing import NotDrawn, names_not_drawn
from .records import day_of


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the cards were made, of what stands on them."""

    reopened: int
    decided: int
    words: int

    def __bool__(self) -> bool:
        return bool(self.reopened or self.decided or self.words)

    @property
    def said(self) -> str:
        """Return the changes as people say them."""
        parts = [
            (
                self.reopened,
                ngettext("%(n)s gradebook was reopened", "%(n)s gradebooks were reopened", self.reopened),
            ),
            (self.decided, ngettext("%(n)s result was decided", "%(n)s results were decided", self.decided)),
            (
                self.words,
                ngettext("%(n)s tutor's word was written", "%(n)s tutor's words were written", self.words),
            ),
        ]
        return ", ".join(words % {"n": number} for number, words in parts if number)


@dataclass(frozen=True)
class PeriodState:
    """All that the page of a period shows."""

    period: ReportPeriod
    missing: Missing
    latest_build: Build | None
    """The last one begun, finished or not."""
    build: Build | None
    """The last one finished: the cards as they are."""
    changes: Changes | None
    release: Release | None
    cards: int
    held: list[Hold]
    pupils_read: int
    not_drawn: list[NotDrawn]
    """Whose name would not be printed as it is written."""

    @cached_property
    def has_come(self) -> bool:
        return bool(self.release and self.release.has_come)

    @property
    def may_publish(self) -> bool:
        return bool(self.build and self.cards and not self.changes and not self.has_come)


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period in the list."""

    period: ReportPeriod
    cards: int
    release: Release | None


def periods_of_year(year: SchoolYear | None) -> QuerySet[ReportPeriod]:
    """Return the periods of a year; none where there is no year."""
    return ReportPeriod.objects.filter(school_year=year)


def period_lines(periods: Iterable[ReportPeriod]) -> list[PeriodLine]:
    """Return periods with how many cards each has, and from when they are read. Two queries."""
    chosen = list(periods)
    cards = ReportCard.objects.filter(period__in=chosen, version=1).values_list("period")
    counted = dict(cards.annotate(count=Count("pk")).order_by())
    releases = {release.period_id: release for release in Release.objects.filter(period__in=chosen)}
    return [PeriodLine(each, counted.get(each.pk, 0), releases.get(each.pk)) for each in chosen]


def release_of(period: ReportPeriod) -> Release | None:
    """Return from when the cards of a period are read, once that is decided."""
    return Release.objects.filter(period=period).select_related("by").first()


def last_build(period: ReportPeriod) -> Build | None:
    """Return the last finished making of the cards of a period."""
    whole = Build.objects.filter(period=period, is_whole=True)
    return whole.exclude(work__finished_at=None).select_related("work", "period").first()


def changes_since(build: Build) -> Changes:
    """Return what has changed since of what stands on the cards that were made. Three queries."""
    since = build.work.asked_at
    carded = ReportCard.objects.filter(period=build.period_id).order_by().values("pupil")
    followed = GroupMembership.objects.in_force(day_of(build.period)).filter(pupil__in=carded)
    closings = Closing.objects.filter(period=build.period_id, group__in=followed.order_by().values("group"))
    touched = closings.filter(Q(closed_at__gt=since) | Q(reopened_at__gte=since))
    decided = CourseResult.objects.filter(period=build.period_id, pupil__in=carded, deliberated_at__gt=since)
    words = TutorWord.objects.filter(period=build.period_id, pupil__in=carded, written_at__gt=since)
    return Changes(touched.values("group").distinct().count(), decided.count(), words.count())


def period_state(period: ReportPeriod) -> PeriodState:
    """Return how far the cards of a period are."""
    build = last_build(period)
    cards = ReportCard.objects.filter(period=period)
    held = Hold.objects.filter(period=period, lifted_at=None).select_related("pupil", "by")
    readings = Reading.objects.filter(card__period=period)
    return PeriodState(
        period=period,
        missing=missing_before(period),
        latest_build=period.builds.filter(is_whole=True).select_related("work").first(),
        build=build,
        changes=changes_since(build) if build else None,
        release=release_of(period),
        cards=cards.filter(version=1).count(),
        held=list(held.order_by("pupil__sort_name")),
        pupils_read=readings.values("card__pupil").distinct().count(),
        not_drawn=names_not_drawn(period),
    )
