"""The lists of report cards: periods of the year, classes, and how far each class is."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.design.lists import linked
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone, Place
from preau.structure.models import ReportPeriod
from preau.structure.rules import may_read_staff

from . import queries
from .queries import ClassAtEnd, ClassState, Difference, LateTeacher, PeriodLine

CLASSES_COUNTED = ngettext_lazy("%(n)s class", "%(n)s classes", "n")


# ---- The periods of the year ----


def _how_far(line: PeriodLine) -> tuple[str, str, str]:
    """Return how far the cards of a period are: words, tone, picture."""
    if line.release:
        come = (gettext("published"), "good", "check")
        return come if line.release.has_come else (gettext("will be published"), "info", "clock")
    return (gettext("made"), "accent", "") if line.cards else (gettext("not made yet"), "", "")


periods: Listing[ReportPeriod, PeriodLine] = Listing(
    "report_cards.periods",
    _("Report cards"),
    (
        Column(
            "period",
            _("Period"),
            lambda line: line.period.name,
            links=(Link("report_cards:period", lambda line: [line.period]),),
        ),
        Column("from", _("From"), lambda line: line.period.starts_on, Content.DAY, sort=("starts_on",)),
        Column(
            "last_day",
            _("Last day"),
            lambda line: line.period.ends_on - timedelta(days=1),
            Content.DAY,
            sort=("ends_on",),
        ),
        Column("cards", _("Report cards"), lambda line: line.cards, Content.NUMBER),
        Column(
            "state",
            _("How far"),
            lambda line: _how_far(line)[0],
            drawn=lambda line, _href: pieces.badge(*_how_far(line)),
            phone=Phone.BESIDE,
        ),
    ),
    ngettext_lazy("%(n)s period", "%(n)s periods", "n"),
    Empty(
        _("The school year has no periods yet."),
        "calendar",
        _("Give the year its periods first: each ends with a report card."),
    ),
    queries.period_lines,
    sorted_by="from",
    page_size=None,
    holds_persons=False,
)


# ---- The classes at the end of a period ----


def _class_of(line: ClassAtEnd | ClassState, _href: AddressOf) -> SafeString:
    keys = [line.period.pk, line.class_group.pk]
    name = linked(line.class_group.name, reverse("report_cards:class_group", args=keys))
    if not (isinstance(line, ClassState) and line.is_complete):
        return name
    complete = pieces.icon("check", "icon-small")
    return format_html('{} {}<span class="visually-hidden">{}</span>', name, complete, gettext("complete"))


classes: Listing[ClassAtEnd, ClassAtEnd] = Listing(
    "report_cards.classes",
    _("Report cards of my class"),
    (
        Column("class", _("Class"), lambda line: line.class_group.name, drawn=_class_of),
        Column(
            "level",
            _("Year"),
            lambda line: line.class_group.year_level.name,
            phone=Phone.BESIDE,
            look="soft small",
        ),
    ),
    CLASSES_COUNTED,
    Empty(_("You tutor no class this year."), "heart", _("The secretariat says who tutors which class.")),
    page_size=None,
    holds_persons=False,
)

# ---- Who is late ----


def _books_of(line: LateTeacher) -> str:
    return ", ".join(str(book.group) for book in line.lines)


late: Listing[LateTeacher, LateTeacher] = Listing(
    "report_cards.late",
    _("Gradebooks still open, by teacher"),
    (
        Column("teacher", _("Teacher"), lambda line: line.teacher.list_name),
        Column("open", _("Open"), lambda line: len(line.lines), Content.NUMBER, phone=Phone.BESIDE),
        Column("grades", _("Grades to type"), lambda line: line.missing or None, Content.NUMBER),
        Column("books", _("Gradebooks"), _books_of, look="soft small"),
        Column(
            "email", _("E-mail"), lambda line: line.teacher.email, places=Place.FILES, seen_by=may_read_staff
        ),
    ),
    ngettext_lazy("%(n)s teacher", "%(n)s teachers", "n"),
    Empty(_("Nobody is late: every gradebook is closed."), "circle-check"),
    page_size=None,
)

missing: Listing[ClassState, ClassState] = Listing(
    "report_cards.missing",
    _("What is missing, class by class"),
    (
        Column("class", _("Class"), lambda state: state.class_group.name, drawn=_class_of),
        Column("open", _("Open"), lambda state: state.open_gradebooks or None, Content.NUMBER),
        Column("grades", _("Grades"), lambda state: state.missing_grades or None, Content.NUMBER),
        Column("comments", _("Comments"), lambda state: state.missing_comments or None, Content.NUMBER),
        Column("words", _("Words"), lambda state: state.missing_words or None, Content.NUMBER),
        Column("courses", _("Courses to settle"), lambda state: state.unsettled or None, Content.NUMBER),
    ),
    CLASSES_COUNTED,
    Empty(_("The year has no classes yet."), "users-group"),
    page_size=None,
    holds_persons=False,
)


# ---- Published cards that would say something else today ----


def _number(line: Difference) -> str:
    told = {"number": line.card.number, "version": line.card.version}
    return gettext("%(number)s, version %(version)s") % told


differences: Listing[Difference, Difference] = Listing(
    "report_cards.differences",
    _("Report cards to correct"),
    (
        Column(
            "pupil",
            _("Pupil"),
            lambda line: line.card.pupil.list_name,
            links=(Link("report_cards:card", lambda line: [line.card]),),
        ),
        Column("class", _("Class"), lambda line: line.card.class_group.name, phone=Phone.BESIDE),
        Column("number", _("Number"), _number),
        Column("changes", _("What would change"), lambda line: line.said),
    ),
    ngettext_lazy("%(n)s report card", "%(n)s report cards", "n"),
    Empty(
        _("Every published report card says what stands today."),
        "check",
        _("A report card that is not published yet is simply made again."),
    ),
    page_size=None,
)
