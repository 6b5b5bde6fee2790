"""Levels as people see them: their picture, their code, their meaning."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from preau.design.pieces import NOTHING, icon
from preau.grading.models import Level


def level_badge(level: Level | None, *, with_words: bool = True) -> SafeString | str:
    """Draw a level: its icon, its code, its meaning for those who read or listen."""
    if level is None:
        return NOTHING
    words = format_html(" <span>{}</span>", level.label) if with_words else _hidden(level.label)
    return format_html('<span class="level">{}<b>{}</b>{}</span>', icon(level.icon), level.code, words)


def _hidden(words: str) -> SafeString:
    return format_html('<span class="visually-hidden"> {}</span>', words)
