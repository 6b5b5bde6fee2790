"""
Sparklines: where somebody comes from, in the space of a word.

Drawn by Python alone, out of numbers: a sheet has one for each pupil. The label is escaped.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .pieces import NOTHING

WIDTH, HEIGHT = 68, 24
MARGIN = 3
LEAST_SPAN = 0.3
"""Two results that differ by a hair are drawn nearly flat, not as a mountain."""


def spark(points: Sequence[Any], pass_mark: Any = None, label: str = "") -> str:
    """Draw fractions from 0 to 1 as a line; a missing one (None) breaks it. The last one is a dot."""
    drawn = [None if point is None else min(max(float(point), 0.0), 1.0) for point in points]
    known = [point for point in drawn if point is not None]
    if not known:
        return NOTHING
    heights = _Heights([*known, *([] if pass_mark is None else [float(pass_mark)])])
    places = _places(drawn, heights)
    x, y = next(place for place in reversed(places) if place)
    fails = pass_mark is not None and known[-1] < float(pass_mark)
    strokes = "".join(f'<path d="{stroke}"/>' for stroke in _strokes(places))
    words = escape(label or _words(known))
    return SafeString(
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{words}">'
        f"{_dashes(pass_mark, heights)}{strokes}"
        f'<circle class="{"dot dot-bad" if fails else "dot"}" cx="{x}" cy="{y}" r="3"/></svg>'
    )


class _Heights:
    """Where fractions stand in the picture: it fits what is drawn, so that a change can be seen."""

    def __init__(self, fractions: list[float]) -> None:
        self.span = max(max(fractions) - min(fractions), LEAST_SPAN)
        self.top = (max(fractions) + min(fractions) + self.span) / 2

    def __call__(self, fraction: float) -> float:
        return round(MARGIN + (self.top - fraction) / self.span * (HEIGHT - 2 * MARGIN), 1)


def _places(points: list[float | None], heights: _Heights) -> list[tuple[float, float] | None]:
    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)
    return [None if p is None else (round(MARGIN + i * step, 1), heights(p)) for i, p in enumerate(points)]


def _strokes(places: list[tuple[float, float] | None]) -> list[str]:
    """Return the strokes between gaps; a point alone between two gaps is drawn as a dot of a line."""
    strokes: list[list[str]] = [[]]
    for place in places:
        if place is None:
            strokes.append([])
        else:
            strokes[-1].append(f"{place[0]} {place[1]}")
    return [f"M{'L'.join(stroke)}{'h0' if len(stroke) == 1 else ''}" for stroke in strokes if stroke]


def _dashes(pass_mark: Any, heights: _Heights) -> str:
    if pass_mark is None:
        return ""
    return f'<path class="pass" d="M0 {heights(float(pass_mark))}h{WIDTH}"/>'


def _words(known: list[float]) -> str:
    percentages = [f"{int(point * 100 + 0.5)} %" for point in known]  # Halves up, as figures are.
    if len(percentages) == 1:
        return gettext("One result: %(result)s") % {"result": percentages[0]}
    told = {"count": len(percentages), "results": ", ".join(percentages)}
    return gettext("%(count)s results, from the oldest: %(results)s") % told
