"""The plans one keeps, those one applies, and the school's measures."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.design.lists import linked
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone, Place

from . import queries
from .models import Adjustment, AdjustmentPlan, Measure
from .queries import PlanLine, ToRead, states_of


def _named(line: PlanLine, href: AddressOf) -> SafeString:
    badges = format_html_join(" ", "{}", ((pieces.badge(*state),) for state in states_of(line.plan)))
    return format_html("{} {}", linked(line.plan.pupil.list_name, href(line.plan)), badges)


def _class_of(line: PlanLine, href: AddressOf) -> str:
    if line.class_group:
        return line.class_group.name
    return pieces.badge(gettext("no longer enrolled"), "warning")


def _measures(line: PlanLine, href: AddressOf) -> SafeString | str:
    named = ", ".join(adjustment.measure.label for adjustment in line.measures)
    return named or format_html('<span class="soft">{}</span>', gettext("none yet"))


plans: Listing[AdjustmentPlan, PlanLine] = Listing(
    "follow_up.plans",
    _("Reasonable adjustments"),
    (
        Column(
            "pupil",
            _("Pupil"),
            lambda line: line.plan.pupil.list_name,
            drawn=_named,
            links=(Link("follow_up:plan", lambda line: [line.plan]),),
            sort=("pupil__sort_name",),
        ),
        Column(
            "class",
            _("Class"),
            lambda line: line.class_group.name if line.class_group else "",
            drawn=_class_of,
            phone=Phone.BESIDE,
        ),
        Column(
            "measures",
            _("Measures"),
            lambda line: ", ".join(adjustment.measure.label for adjustment in line.measures),
            drawn=_measures,
        ),
        Column("from", _("From"), lambda line: line.plan.starts_on, Content.DAY, sort=("starts_on",)),
        Column(
            "until", _("Until (excluded)"), lambda line: line.plan.ends_on, Content.DAY, sort=("ends_on",)
        ),
        Column(
            "read",
            _("Teachers who have read"),
            lambda line: f"{line.read}/{len(line.readers)}" if line.plan.is_in_force else "",
            look="figure",
        ),
    ),
    ngettext_lazy("%(n)s plan", "%(n)s plans", "n"),
    Empty(_("No plan is found"), "adjustments", _("Change what you look for, or make the plan of a pupil.")),
    queries.plan_lines,
    sorted_by="pupil",
    is_of_pupils=True,
)


# ---- The plans one applies ----


def _said(adjustment: Adjustment) -> SafeString:
    subject = adjustment.subject
    soft = format_html(' <span class="soft small">{}</span>', subject.name) if subject else ""
    return format_html("{}{}", str(adjustment), soft)


def _all_said(line: ToRead, href: AddressOf) -> SafeString:
    return format_html_join(", ", "{}", ((_said(adjustment),) for adjustment in line.measures))


def _reading(line: ToRead, href: AddressOf) -> str:
    """Draw whether it is read, or the button that says so; the form around the list sends it."""
    if line.is_read:
        return pieces.badge(gettext("read"), "good", "check")
    words = format_html(
        '{}<span class="visually-hidden"> ({})</span>',
        gettext("I have read it"),
        line.plan.pupil.full_name,
    )
    to = reverse("follow_up:acknowledgement", args=[line.plan.pk])
    return pieces.button(words, small=True, mark="check", formaction=to)


mine: Listing[ToRead, ToRead] = Listing(
    "follow_up.mine",
    _("Adjustments of my pupils"),
    (
        Column(
            "pupil",
            _("Pupil"),
            lambda line: line.plan.pupil.list_name,
            links=(Link("follow_up:plan", lambda line: [line.plan]),),
        ),
        Column(
            "class",
            _("Class"),
            lambda line: line.class_group.name if line.class_group else "",
            phone=Phone.BESIDE,
        ),
        Column(
            "measures",
            _("Measures"),
            lambda line: ", ".join(str(adjustment) for adjustment in line.measures),
            drawn=_all_said,
        ),
        Column(
            "read",
            _("Have you read it?"),
            lambda line: gettext("read") if line.is_read else "",
            drawn=_reading,
            places=Place.SCREEN,
        ),
    ),
    ngettext_lazy("%(n)s plan", "%(n)s plans", "n"),
    Empty(
        _("None of your pupils has adjustments."),
        "adjustments",
        _("When a plan is made for one of them, you find it here and on Today."),
    ),
    page_size=None,
)


# ---- The measures of the school ----


def _label(measure: Measure, href: AddressOf) -> SafeString:
    former = "" if measure.is_offered else pieces.badge(gettext("no longer proposed"))
    return format_html("{} {}", linked(measure.label, href(measure)), former)


measures: Listing[Measure, Measure] = Listing(
    "follow_up.measures",
    _("Measures"),
    (
        Column(
            "label",
            _("Measure"),
            lambda measure: measure.label,
            drawn=_label,
            links=(Link("follow_up:measure", lambda measure: [measure]),),
        ),
        Column("tests", _("For tests"), lambda measure: gettext("yes") if measure.is_about_tests else ""),
        Column("plans", _("Plans in force"), lambda measure: vars(measure)["plans"], Content.NUMBER),
    ),
    ngettext_lazy("%(n)s measure", "%(n)s measures", "n"),
    Empty(_("Nothing yet"), "list", _("Write the first measure beside.")),
    page_size=None,
    holds_persons=False,
)
