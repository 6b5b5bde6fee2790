"""Figures as pictures; each has its words for those who listen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from preau.design.pieces import cote
from preau.grading.results import nearest

BINS = 10
BAR, GAP, HEIGHT = 18, 2, 40


def bins(values: Sequence[Decimal], scale: Decimal) -> list[int]:
    """Return how many results fall in each tenth of the scale; the highest mark belongs to the last."""
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS / scale), BINS - 1)] += 1
    return counts


def histogram(values: Sequence[Decimal], scale: Decimal, pass_mark: Decimal) -> SafeString:
    """Draw how results are spread; those under the pass mark (in percent) are hatched as well as red."""
    counts = bins(values, scale)
    most = max(counts, default=0) or 1
    width = BINS * (BAR + GAP)
    bars = format_html_join(
        "",
        "{}",
        ((_bar(place, count, most, place * BINS < pass_mark),) for place, count in enumerate(counts)),
    )
    return format_html(
        '<svg class="bars" viewBox="0 -12 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        '<defs><pattern id="under" width="4" height="4" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0v4"/></pattern></defs>'
        '{}<path class="axis" d="M0 {}h{}"/></svg>',
        width,
        HEIGHT + 13,
        width,
        HEIGHT + 13,
        _spread_in_words(counts, scale),
        bars,
        HEIGHT + 0.5,
        width,
    )


def _bar(place: int, count: int, most: int, is_under: bool) -> SafeString:
    if not count:
        return SafeString()
    height = round(count / most * HEIGHT, 1)
    x = place * (BAR + GAP)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
        '<text x="{}" y="{}" aria-hidden="true">{}</text>',
        "is-under" if is_under else "",
        x,
        HEIGHT - height,
        BAR,
        height,
        x + BAR / 2,
        HEIGHT - height - 3,
        count,
    )


def _spread_in_words(counts: Sequence[int], scale: Decimal) -> str:
    step = scale / BINS
    parts = [
        gettext("%(from)s to %(to)s: %(count)s")
        % {"from": cote(step * place), "to": cote(step * (place + 1)), "count": count}
        for place, count in enumerate(counts)
        if count
    ]
    return gettext("How results are spread. %(parts)s") % {"parts": "; ".join(parts)}


def middle(values: Sequence[Decimal], step: Decimal) -> Decimal | None:
    """Return the median of some results, to the nearest step of the scale, halves up."""
    return nearest(median(values), step) if values else None
