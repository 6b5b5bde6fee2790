"""Lines over time, drawn in SVG. Each series has its own marker and stroke, so that colour is never alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 16, 14, 30
MOST_LABELS = 12
SMALL = 380
"""The width of a picture that a phone shows whole."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values from 0 to 1 over time (None where there is none), and how they are drawn."""

    name: str
    values: Sequence[float | None]
    kind: str = "main"
    """`main`: a full line with round marks; `other`: a dashed line with squares."""
    texts: Sequence[str] = ()
    """What is written above each mark."""


def curve(
    series: Sequence[Series],
    labels: Sequence[str],
    title: str,
    pass_mark: float | None = None,
    *,
    width: int = WIDTH,
) -> SafeString:
    """Draw series over the same moments, from 0 to 100 %; the pass mark is a dashed line across."""
    frame = _Frame(width, len(labels))
    return format_html(
        '<svg class="curve{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        " curve-small" if width < WIDTH else "",
        width,
        HEIGHT,
        title,
        frame.grid(),
        frame.across(pass_mark),
        frame.moments(labels),
        format_html_join("", "{}", ((_line(line, frame),) for line in series)),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where moments and values stand in the picture."""

    width: int
    count: int

    def x(self, place: int) -> float:
        inside = self.width - LEFT - RIGHT
        return round(LEFT + inside * (place + 0.5) / max(self.count, 1), 1)

    def y(self, value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(max(value, 0.0), 1.0)), 1)

    def grid(self) -> SafeString:
        return format_html_join(
            "",
            '<path class="curve-grid" d="M{} {}H{}"/><text class="curve-scale" x="{}" y="{}">{} %</text>',
            (
                (LEFT, self.y(part / 4), self.width - RIGHT, LEFT - 6, self.y(part / 4) + 4, part * 25)
                for part in range(0, 5, 2)
            ),
        )

    def across(self, pass_mark: float | None) -> SafeString:
        if pass_mark is None:
            return SafeString()
        at = self.y(pass_mark)
        return format_html('<path class="curve-pass" d="M{} {}H{}"/>', LEFT, at, self.width - RIGHT)

    def moments(self, labels: Sequence[str]) -> SafeString:
        step = -(-len(labels) // MOST_LABELS) or 1
        room = int((self.width - LEFT - RIGHT) / max(len(labels), 1) * step / 7)
        return format_html_join(
            "",
            '<text class="curve-moment" x="{}" y="{}">{}</text>',
            (
                (self.x(place), HEIGHT - 8, _short(label, room))
                for place, label in enumerate(labels)
                if place % step == 0
            ),
        )


def _short(label: str, room: int) -> str:
    return label if len(label) <= room else f"{label[: max(room - 1, 1)]}…"


def _line(series: Series, frame: _Frame) -> SafeString:
    places = [
        None if value is None else (frame.x(place), frame.y(value))
        for place, value in enumerate(series.values)
    ]
    strokes = format_html_join("", '<path d="{}"/>', ((stroke,) for stroke in _strokes(places)))
    marks = format_html_join("", "{}", ((_mark(place, series.kind),) for place in places if place))
    texts = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        (
            (place[0], place[1] - 9 if place[1] > TOP + 14 else place[1] + 19, text)
            for place, text in zip(places, series.texts, strict=False)
            if place and text
        ),
    )
    return format_html('<g class="curve-{}">{}{}{}</g>', series.kind, strokes, marks, texts)


def _strokes(places: Sequence[tuple[float, float] | None]) -> list[str]:
    """Return the strokes between gaps."""
    strokes: list[list[str]] = [[]]
    for place in places:
        if place is None:
            strokes.append([])
        else:
            strokes[-1].append(f"{place[0]} {place[1]}")
    return [f"M{'L'.join(stroke)}" for stroke in strokes if len(stroke) > 1]


def _mark(place: tuple[float, float], kind: str) -> SafeString:
    if kind == "main":
        return format_html('<circle cx="{}" cy="{}" r="4"/>', *place)
    return format_html('<rect x="{}" y="{}" width="7" height="7"/>', place[0] - 3.5, place[1] - 3.5)


def key(series: Sequence[Series]) -> SafeString:
    """Draw what each line is, in words beside its stroke and mark."""
    return format_html_join(
        "",
        '<span class="curve-key"><svg viewBox="0 0 32 12" aria-hidden="true"><g class="curve-{}">'
        '<path d="M0 6H32"/>{}</g></svg>{}</span>',
        ((line.kind, _mark((16, 6), line.kind), line.name) for line in series),
    )
