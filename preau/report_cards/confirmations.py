"""What great acts on report cards do, said before they are done."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.people.models import Person
from preau.structure.models import ReportPeriod

from . import queries
from .models import Hold, ReportCard
from .queries import ClassState, PeriodState
from .rules import publishes

SHOWN = 8
"""So many classes are named; the page of the period names them all."""


def closing_gradebooks(period: ReportPeriod) -> Question:
    missing = queries.missing_before(period)
    closed = ngettext(
        "%(count)d gradebook that is still open is closed: its results stand.",
        "%(count)d gradebooks that are still open are closed: their results stand.",
        missing.open_gradebooks,
    )
    lost = ngettext(
        "%(count)d grade is not typed: it counts nowhere then.",
        "%(count)d grades are not typed: they count nowhere then.",
        missing.missing_grades,
    )
    return Question(
        title=_("Close the gradebooks of %(period)s") % {"period": period.name},
        button=_("Close them all"),
        back=_page_of(period),
        does=[
            closed % {"count": missing.open_gradebooks},
            _("A gradebook can be opened again, one by one and with a reason."),
        ],
        loses=[lost % {"count": missing.missing_grades}] if missing.missing_grades else [],
        tone="primary",
        icon="lock",
    )


def making_cards(period: ReportPeriod, by: Person) -> Question:
    state = queries.period_state(period)
    count = sum(each.pupils for each in state.missing.closed)
    if state.release:
        does = [
            _("Pupils who have no report card yet get one."),
            _("Those that are published stay as they are: each is corrected on its own page."),
            *_opening_at_once(state, by),
        ]
    elif state.cards:
        does = [
            _("Where results, decisions or words have changed, a new draft replaces the old one."),
            _("The others stay as they are, with their numbers."),
        ]
    else:
        made = ngettext(
            "%(count)d report card is made from the closed gradebooks.",
            "%(count)d report cards are made from the closed gradebooks.",
            count,
        )
        does = [
            made % {"count": count},
            _("Neither pupils nor families see them before they are published."),
        ]
    return Question(
        title=_("Make the report cards of %(period)s") % {"period": period.name},
        button=_("Make them again") if state.cards else _("Make the report cards"),
        back=_page_of(period),
        does=does,
        loses=[*_classes_waiting(state), *_pupils_unsettled(state)],
        tone="primary",
        icon="certificate",
    )


def _opening_at_once(state: PeriodState, by: Person) -> list[str]:
    """Say what becomes of classes that were not closed when the others were published."""
    count = len(state.missing.to_come)
    if not count:
        return []
    if not publishes.admits(by):
        words = ngettext(
            "%(count)d class that was late is closed now: the head or a deputy opens its cards.",
            "%(count)d classes that were late are closed now: the head or a deputy opens their cards.",
            count,
        )
        return [words % {"count": count}]
    words = ngettext(
        "%(count)d class that was late gets its cards, and they open like the others: %(classes)s.",
        "%(count)d classes that were late get their cards, and they open like the others: %(classes)s.",
        count,
    )
    return [words % {"count": count, "classes": _names(state.missing.to_come)}]


def _classes_waiting(state: PeriodState) -> list[str]:
    waiting = state.missing.waiting
    words = ngettext(
        "%(count)d class waits for an open gradebook, and gets its cards another time: %(classes)s.",
        "%(count)d classes wait for open gradebooks, and get their cards another time: %(classes)s.",
        len(waiting),
    )
    return [words % {"count": len(waiting), "classes": _names(waiting)}] if waiting else []


def _pupils_unsettled(state: PeriodState) -> list[str]:
    count = state.missing.unsettled
    words = ngettext(
        "%(count)d pupil does not follow the courses of the class: the card will lack them.",
        "%(count)d pupils do not follow the courses of their class: their cards will lack them.",
        count,
    )
    return [words % {"count": count}] if count else []


def _names(classes: Sequence[ClassState]) -> str:
    shown = [state.class_group.name for state in classes[:SHOWN]]
    return ", ".join(shown) + (" …" if len(classes) > SHOWN else "")


def publishing(period: ReportPeriod) -> Question:
    state = queries.period_state(period)
    opened = ngettext(
        "%(count)d report card opens to its pupil.",
        "%(count)d report cards open to their pupils.",
        state.cards,
    )
    waiting = ngettext(
        "%(count)d of them is held: it waits until you let it go.",
        "%(count)d of them are held: they wait until you let them go.",
        len(state.held),
    )
    does = [opened % {"count": state.cards}, _when_parents_read()]
    if state.held:
        does.append(waiting % {"count": len(state.held)})
    return Question(
        title=_("Publish the report cards of %(period)s") % {"period": period.name},
        button=_("Change the moment") if state.release else _("Publish"),
        back=_page_of(period),
        does=does,
        loses=[
            _("Once somebody of a family has read one, they are not taken back: the wrong one is corrected."),
            *_classes_waiting(state),
        ],
        tone="primary",
        icon="send",
    )


def _when_parents_read() -> str:
    hours = int(settings.PARENTS_READ_AFTER.total_seconds() // 3600)
    if not hours:
        return _("Parents read it at the same moment.")
    later = ngettext("Parents read it %(count)d hour later.", "Parents read it %(count)d hours later.", hours)
    return later % {"count": hours}


def withdrawing(period: ReportPeriod) -> Question:
    return Question(
        title=_("Hide the report cards of %(period)s again") % {"period": period.name},
        button=_("Hide them again"),
        back=_page_of(period),
        does=[
            _("Neither pupils nor families find them any more, until they are published again."),
            _("It is refused once somebody of a family has read one."),
        ],
        icon="eye-off",
    )


def letting_go(hold: Hold) -> Question:
    names = {"name": hold.pupil.full_name}
    release = queries.release_of(hold.period)
    if release and release.has_come:
        does = _("%(name)s and the family find this report card from now on.") % names
    else:
        does = _("It opens with all the others, once they are published.")
    return Question(
        title=_("Let the report card of %(name)s go") % names,
        button=_("Let it go"),
        back=_page_of(hold.period),
        does=[_("It was held for this reason: %(reason)s") % {"reason": hold.reason}, does],
        tone="primary",
        icon="lock-open",
    )


def correcting(card: ReportCard) -> Question:
    return Question(
        title=_("Correct the report card of %(name)s") % {"name": card.pupil.full_name},
        button=_("Make the new version"),
        back=reverse("report_cards:card", args=[card.pk]),
        does=[
            _("What was wrong is first put right in the gradebook."),
            _(
                "Then version %(next)s is made from it and replaces this one at once; the family keeps both "
                "and reads why."
            )
            % {"next": card.version + 1},
        ],
        tone="primary",
        icon="versions",
    )


def _page_of(period: ReportPeriod) -> str:
    return reverse("report_cards:period", args=[period.pk])
