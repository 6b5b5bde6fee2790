"""Days, ties and duties in words: our ends are excluded, those of people are counted in."""

from datetime import date, timedelta

from django import template

from .. import wording

register = template.Library()

register.filter("span", wording.span_of)
register.filter("scope", wording.soft_scope)


@register.filter
def day_before(day: date | None) -> date | None:
    """Return the last day of a span, from its excluded end."""
    return day - timedelta(days=1) if day else None
