"""
How a figure, a sign or a level is told to a family: in words, with what it is out of and what it does.

The one home of it, for pages, letters and print: a parent need not know what NR, EVA or “Standing” stand for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from preau.design.pieces import NOTHING, cote, icon

ZERO = "ZERO"


@dataclass(frozen=True, slots=True)
class Told:
    """What a family reads: a figure or words, and what belongs to them."""

    main: str
    after: str = ""
    """What a figure is out of, or what a sign does to the result."""
    is_figure: bool = False
    is_bad: bool = False
    icon: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.main, self.after])) if not self.is_figure else self.in_a_line

    @property
    def in_a_line(self) -> str:
        return " ".join(filter(None, [self.main, self.after]))


def out_of(scale: Any) -> str:
    """Say what a figure is out of."""
    return _("out of %(scale)s") % {"scale": cote(scale)}


def told_figure(value: Any, scale: Any, *, is_bad: bool = False) -> Told:
    """Tell points, or a result, always with what they are out of."""
    return Told(cote(value), out_of(scale), is_figure=True, is_bad=is_bad)


def told_sign(code: str, name: str, effect: str | None) -> Told:
    """Tell a sign by its name, with what it does to the result. One without a name is told by its code."""
    does = _("counts as 0") if effect == ZERO else ""
    return Told(name or code, does, is_bad=effect == ZERO)


def told_level(code: str, label: str, picture: str = "") -> Told:
    """Tell a level of a scale by what it means."""
    return Told(label or code, icon=picture)


def drawn(told: Told) -> SafeString:
    """Draw what is told: figures large, words as words; what is bad is marked by more than its colour."""
    kind = "told-figure" if told.is_figure else "told-words"
    main = format_html('<b class="{}">{}</b>', f"{kind} fail" if told.is_bad else kind, told.main)
    after = format_html(" <small>{}</small>", told.after) if told.after else NOTHING
    return format_html('<span class="told">{}{}{}</span>', icon(told.icon), main, after)
