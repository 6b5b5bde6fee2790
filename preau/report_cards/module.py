"""Report cards, as the house sees them."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare
from preau.people.models import Person
from preau.structure.place import place_of
from preau.structure.queries import current_period
from preau.structure.relations import is_a_tutor

from . import queries
from .models import ReportCard
from .rules import may_open_own_cards, may_read_card, prepares


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to do, as Today says it."""

    count: int
    words: str
    detail: str
    url: str


def of_a_pupil(request: Any, pupil: Person) -> str | None:
    """Hang the report cards that the reader may open in the pupil's file."""
    cards = queries.panel_cards(
        pupil, may_read_card.among(ReportCard.objects.latest_versions(), request.person)
    )
    return render_to_string("report_cards/_panel.html", {"cards": cards}, request) if cards else None


def of_the_tutor(request: Any) -> str | None:
    """Tell the titulaire how many words remain to be written."""
    period = current_period()
    if period is None or not place_of(request.person).is_a_tutor:
        return None
    lines = [
        ToDo(
            waiting.missing,
            gettext("tutor's words to write, %(class)s") % {"class": waiting.class_group.name},
            period.name,
            reverse("report_cards:class_group", args=[period.pk, waiting.class_group.pk]),
        )
        for waiting in queries.words_to_write(request.person, period)
        if waiting.missing
    ]
    return _card(request, gettext("Words for the report cards"), lines)


def of_the_head(request: Any) -> str | None:
    """Tell those who prepare the cards where the period is."""
    if not prepares.admits(request.person):
        return None
    lines = [
        ToDo(step.count, step.words, step.period.name, reverse("report_cards:period", args=[step.period.pk]))
        for step in queries.waiting_steps()
    ]
    return _card(request, gettext("Report cards"), lines)


def _card(request: Any, title: str, lines: list[ToDo]) -> str | None:
    if not lines:
        return None
    return render_to_string("report_cards/_to_do.html", {"title": title, "lines": lines}, request)


declare(
    Module(
        key="report_cards",
        name=_("Report cards"),
        icon="certificate",
        rank=120,
        menu=(
            MenuEntry(
                _("Report cards"),
                "certificate",
                "report_cards:mine",
                may_open_own_cards,
                count=queries.unread_by,
                on_phone=True,
            ),
            MenuEntry(_("Report cards of my class"), "certificate", "report_cards:classes", is_a_tutor),
            MenuEntry(_("Report cards of the school"), "certificate", "report_cards:periods", prepares),
        ),
        cards=(of_the_tutor, of_the_head),
        panels=(of_a_pupil,),
    )
)
