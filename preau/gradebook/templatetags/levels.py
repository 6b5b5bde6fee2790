"""Levels, fields in tables, and lines over time."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from preau.design.fields import kept
from preau.design.pieces import cote
from preau.grading.results import nearest
from preau.structure.models import ReportPeriod

from ..curves import SMALL, Series, curve, key
from ..level_pieces import level_badge
from ..queries.figures import PastCourse, TrendPoint

WHOLE = Decimal(1)
register = template.Library()
register.simple_tag(level_badge)


@register.simple_tag
def cell_field(bound: BoundField, label: Any = "", kind: str = "") -> SafeString:
    """Draw a field in the cell of a table: its label is for readers only, its errors stand under it."""
    told: dict[str, str | bool] = {"aria-label": f"{label} {bound.label or ''}".strip()}
    told |= {"aria-invalid": "true"} if bound.errors else {}
    told |= {"class": kind} if kind else {}
    errors = format_html_join("", '<p class="small is-bad">{}</p>', ((error,) for error in bound.errors))
    return format_html("{}{}", kept(bound, told), errors)


@register.simple_tag
def trend_curve(points: list[TrendPoint], pass_mark: Any) -> SafeString:
    """Draw what a class made of each assessment: mean and median."""
    series = [
        Series(_("mean"), [float(point.mean) for point in points]),
        Series(_("median"), [float(point.median) for point in points], "other"),
    ]
    labels = [point.assessment.title for point in points]
    title = _("Mean and median of the group, assessment by assessment. The same figures are in the table.")
    return format_html("{}<p>{}</p>", curve(series, labels, title, float(pass_mark) / 100), key(series))


@register.simple_tag
def past_curve(course: PastCourse, periods: list[ReportPeriod]) -> SafeString:
    """Draw a course of a pupil, period by period; the median of the group where the school shows it."""
    shares, medians = _drawn(course.shares), _drawn(course.medians)
    series = [Series(_("result"), shares, "main", [cote(figure) for figure in course.shown])]
    if course.has_medians:
        series.append(Series(_("median of the group"), medians, "other"))
    title = _("%(course)s, period by period. The same figures are in the table.")
    drawn = curve(
        series,
        [period.code for period in periods],
        title % {"course": course.group.course.name},
        float(course.plan.pass_mark) / 100,
        width=SMALL,
    )
    return format_html("{}<p>{}</p>", drawn, key(series)) if course.has_medians else drawn


@register.filter
def of(known: dict[int, Any], key: int) -> Any:
    """Return what is known of a key."""
    return known.get(key)


def _drawn(shares: Iterable[Fraction | None]) -> list[float | None]:
    return [None if share is None else float(share) for share in shares]


@register.filter
def in_percent(share: Fraction | None) -> str:
    """Write an exact share in percent, halves up."""
    return "" if share is None else cote(nearest(share * 100, WHOLE))


@register.simple_tag
def on_scale_of(course: PastCourse, place: int) -> str:
    """Return the result of a period as it is shown, or a dash."""
    shown = course.shown[place]
    return "–" if shown is None else cote(shown)


@register.simple_tag
def median_of(course: PastCourse, place: int) -> str:
    """Return the median of the group in a period, in percent, or a dash."""
    return in_percent(course.medians[place]) or "–"
