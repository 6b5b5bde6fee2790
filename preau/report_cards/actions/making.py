"""
Making all the cards of a period.

First the cards, in one transaction: all of them or none. Then their documents, a few at a time. A build that
dies in between leaves cards that are whole and drafts still; run again, it keeps them and draws what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.gradebook.actions import close_period
from preau.gradebook.queries import was_erased
from preau.kit.portions import portions
from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import ReportPeriod
from preau.trail.actions import note
from preau.work.actions import carry_out, order

from .. import notices
from ..documents import CANEVAS
from ..models import Build, Release, ReportCard
from ..queries.facts import Snapshot, facts_of
from ..queries.missing import missing_before, pupils_to_make
from ..rules import publishes
from .corrections import KeptNoMore
from .drawings import draw_what_is_missing

BUILD = "report_cards.build"


class GradebooksOpen(Refusal):
    words = gettext_lazy(
        "Gradebooks still open: %(count)s, in every class. The cards of a class are made once its own "
        "are closed."
    )


class BuildUnderWay(Refusal):
    words = gettext_lazy(
        "These report cards are being made already. You can follow it on the page of the period."
    )


@dataclass
class Sorted:
    """What a build finds: cards to add, drafts they replace, cards that stay."""

    new: list[ReportCard] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    kept: int = 0
    to_correct: int = 0


def close_gradebooks(*, period: ReportPeriod, by: Person, at: datetime) -> int:
    """Close every gradebook still open for a period; return how many there were."""
    return close_period(period=period, by=by, at=at)


@transaction.atomic
def order_build(*, period: ReportPeriod, by: Person, at: datetime) -> Build:
    """
    Prepare the making of the cards of all classes that are closed, for the worker to carry out.

    Those of the others are made another time: one gradebook keeps back its own classes only.

    :raises GradebooksOpen: while no class is closed
    :raises BuildUnderWay: while another one runs
    :raises KeptNoMore: when what cards are made of was erased since, as it was kept long enough
    """
    ReportPeriod.objects.select_for_update().get(pk=period.pk)
    if was_erased(period):
        raise KeptNoMore
    missing = missing_before(period)
    if missing.waiting and not missing.closed:
        raise GradebooksOpen(count=missing.open_gradebooks)
    latest = Build.objects.filter(period=period).select_related("work").first()
    if latest and latest.work.is_under_way:
        raise BuildUnderWay
    return _ordered(period, by, at)


def _ordered(period: ReportPeriod, by: Person | None, at: datetime, *, is_whole: bool = True) -> Build:
    title = _("Report cards of %(period)s") % {"period": period.name}
    leads_to = reverse("report_cards:period", kwargs={"period_id": period.pk})
    work = order(what=BUILD, title=title, leads_to=leads_to, by=by, at=at)
    return Build.objects.create(period=period, work=work, is_whole=is_whole)


def build_report_cards(
    *,
    period: ReportPeriod,
    by: Person | None,
    at: datetime,
    progress: Progress = nobody_watches,
    pupils: Iterable[int] | None = None,
    draw: bool = True,
) -> Build:
    """
    Make the cards of a period, here and now; what is still open is closed first (`closed` says how many).

    A pupil whose facts have not changed keeps the same card. Once the period is published only pupils who had
    no card get one; the others that would change are counted in `to_correct`.

    :param pupils: the keys of some pupils only; then no gradebook is closed, and the build is not whole
    :param draw: False leaves each document to its first reader (`Drawing` says why it is the same then)
    """
    with transaction.atomic():
        build = _ordered(period, by, at, is_whole=pupils is None)

    def act(tell: Progress) -> None:
        if pupils is None:
            build.closed = close_period(period=period, by=by, at=at)
        _make(build, tell, pupils, draw)

    carry_out(work=build.work, act=act, progress=progress)
    return build


def make_ordered(*, build: Build, progress: Progress = nobody_watches) -> None:
    """
    Make the cards that were ordered, of the classes that are closed by then; keep how far the work is.

    Once the period is published the first cards of a class open at once: only whoever publishes makes them.
    """

    def act(tell: Progress) -> None:
        by = build.work.asked_by
        is_released = Release.objects.filter(period=build.period).exists()
        may_open = not is_released or by is None or publishes.admits(by)
        _make(build, tell, pupils_to_make(build.period, may_open=may_open), draw=True)

    carry_out(work=build.work, act=act, progress=progress)


MAKE_CARDS = TracedAct(
    "report_cards.build",
    gettext_lazy("made the report cards of %(subject)s (%(cards)s, %(made)s of them new)"),
)


def _make(build: Build, progress: Progress, pupils: Iterable[int] | None, draw: bool) -> None:
    period, by, at = build.period, build.work.asked_by, build.work.asked_at
    snapshots = facts_of(period, pupils)
    progress(0, len(snapshots))
    found = _keep_cards(period, snapshots, by, at)
    build.made, build.kept, build.to_correct = len(found.new), found.kept, found.to_correct
    if draw:
        draw_what_is_missing(period, progress, total=len(snapshots))
    progress(len(snapshots), len(snapshots))
    build.save()
    note(MAKE_CARDS, by=by, subject=str(period), cards=len(snapshots), made=build.made)


@transaction.atomic
def _keep_cards(
    period: ReportPeriod, snapshots: dict[int, Snapshot], by: Person | None, at: datetime
) -> Sorted:
    """Put the cards in place, all or none: whoever builds at the same moment waits here."""
    ReportPeriod.objects.select_for_update().get(pk=period.pk)
    found = _sort_out(period, snapshots, by, at)
    for some in portions(found.outdated):
        ReportCard.objects.filter(pk__in=some).delete()
    ReportCard.objects.bulk_create(found.new, batch_size=200)
    notices.tell_latecomers(period, found.new, at=at)
    return found


def _sort_out(
    period: ReportPeriod, snapshots: dict[int, Snapshot], by: Person | None, at: datetime
) -> Sorted:
    found = Sorted()
    is_released = Release.objects.filter(period=period).exists()
    latest = {card.pupil_id: card for card in ReportCard.objects.latest_versions().filter(period=period)}
    number = ReportCard.objects.filter(period=period).aggregate(last=Max("number"))["last"]
    last = int(number.rpartition("-")[2]) if number else 0
    for snapshot in sorted(snapshots.values(), key=_place_in_the_pile):
        card = latest.get(snapshot.pupil.pk)
        if card and card.facts == snapshot.facts and (is_released or card.canevas == CANEVAS):
            found.kept += 1
        elif card and is_released:
            found.to_correct += 1
        else:
            last += card is None
            found.new.append(_card(snapshot, period, card.number if card else _number(period, last), by, at))
            found.outdated += [card.pk] if card else []
    return found


def _place_in_the_pile(snapshot: Snapshot) -> tuple[int, str, str, int]:
    level, pupil = snapshot.class_group.year_level, snapshot.pupil
    return (level.rank, snapshot.class_group.name, pupil.sort_name, pupil.pk)


def _number(period: ReportPeriod, place: int) -> str:
    return f"{period.school_year.starts_on.year}-{period.code}-{place:04d}"


def _card(
    snapshot: Snapshot, period: ReportPeriod, number: str, by: Person | None, at: datetime
) -> ReportCard:
    card = ReportCard(
        pupil=snapshot.pupil,
        period=period,
        class_group=snapshot.class_group,
        number=number,
        facts=snapshot.facts,
        canevas=CANEVAS,
        created_by=by,
        created_at=at,
    )
    card.seal()
    return card
