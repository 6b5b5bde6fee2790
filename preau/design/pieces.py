"""
The small pieces of a page, drawn by Python alone: a list of fifty persons costs less than a millisecond.

Whatever people typed goes through `format_html` and is escaped there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from preau.kit import clock

NOTHING = format_html_join("", "", ())
TONES_OF_NOTES = {
    "warning": "alert-triangle",
    "bad": "alert-triangle",
    "info": "info-circle",
    "good": "check",
}


@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """Return the address of a file of ours. Looked up once: files do not change while a server runs."""
    return static(path)


@lru_cache(maxsize=1024)
def icon(name: str, extra: str = "") -> str:
    """Draw an icon of the sprite. It says nothing to a reader: words stand beside it."""
    if not name:
        return NOTHING
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        asset("vendor/icons.svg"),
        name,
    )


def attributes(values: dict[str, Any]) -> str:
    """Write attributes: `hx_post` becomes `hx-post`, True stands alone, None and False are left out."""
    written = [
        (key.strip("_").replace("_", "-"), "" if value is True else format_html('="{}"', value))
        for key, value in values.items()
        if value is not None and value is not False and value != ""
    ]
    return format_html_join("", " {}{}", written) if written else NOTHING


def classes(*names: str) -> str:
    return " ".join(name for name in names if name)


def button(
    label: Any, href: str = "", tone: str = "", small: Any = False, mark: str = "", **more: Any
) -> str:
    """Draw a link that looks like a button, or a button that sends its form."""
    kind = classes("button", tone and f"button-{tone}", "button-small" if small else "")
    content = format_html("{}<span>{}</span>", icon(mark, "icon-small"), label)
    if href:
        return format_html('<a class="{}" href="{}"{}>{}</a>', kind, href, attributes(more), content)
    more.setdefault("type", "submit")
    return format_html('<button class="{}"{}>{}</button>', kind, attributes(more), content)


def badge(words: Any, tone: str = "", mark: str = "") -> str:
    kind = f"badge badge-{tone}" if tone else "badge"
    return format_html('<span class="{}">{}{}</span>', kind, icon(mark), words)


def avatar(person: Any, size: str = "") -> str:
    """Draw the initials of a person, in the colour that is theirs. Decoration: the name stands beside it."""
    if person is None:
        return NOTHING
    return format_html(
        '<span class="avatar tint-{}{}" aria-hidden="true">{}</span>',
        person.tint // 30,
        f" avatar-{size}" if size else "",
        person.initials,
    )


def person_line(person: Any, detail: Any = "", href: str = "", size: str = "medium") -> str:
    name = format_html("<b>{}</b>", person.full_name)
    if href:
        name = format_html('<a href="{}">{}</a>', href, name)
    second = format_html('<span class="soft small">{}</span>', detail) if detail else NOTHING
    return format_html(
        '<span class="person-line">{}<span class="person-line-words">{}{}</span></span>',
        avatar(person, size),
        name,
        second,
    )


def note(content: Any, tone: str = "", mark: str = "") -> str:
    kind = f"note note-{tone}" if tone else "note"
    drawn = icon(mark or TONES_OF_NOTES.get(tone, ""))
    return format_html('<div class="{}">{}<div class="note-words">{}</div></div>', kind, drawn, content)


def cotes() -> Callable[[Decimal | None], str]:
    """Return what writes numbers as `cote` does, in the language of the moment, for pages with hundreds."""
    separator = formats.get_format("DECIMAL_SEPARATOR")

    @lru_cache
    def write(value: Decimal | None) -> str:
        if value is None:
            return ""
        plain = f"{value:f}"
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", separator)

    return write


def cote(value: Any, places: int | None = None) -> str:
    """Write a number as people do: 13,5 and not 13.50; `places` keeps so many figures, halves up."""
    if value is None or value == "":
        return ""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        return formats.number_format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def progress_bar(value: Any, total: Any, label: Any = "") -> str:
    """Draw how far something is, with its words; a total of 0 is an empty bar."""
    words = label or gettext("%(value)s of %(total)s") % {"value": value, "total": total}
    return format_html(
        '<span class="progress-line"><progress value="{}" max="{}" aria-label="{}"></progress>'
        '<span class="small soft number" aria-hidden="true">{}</span></span>',
        value or 0,
        total or 1,
        words,
        words,
    )


def moment(value: datetime | None) -> str:
    """Write a moment as one says it: today at 16:12, yesterday at 8:05, 24/08/2026 at 10:24."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    told = {"hour": formats.time_format(local, "TIME_FORMAT")}
    days = (local.date() - clock.today()) // timedelta(days=1)
    if days == 0:
        return gettext("today at %(hour)s") % told
    if days == -1:
        return gettext("yesterday at %(hour)s") % told
    if days == 1:
        return gettext("tomorrow at %(hour)s") % told
    day = formats.date_format(local, "SHORT_DATE_FORMAT")
    return gettext("%(day)s at %(hour)s") % {"day": day, **told}
