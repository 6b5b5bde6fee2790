"""Days as people say them: our ends are excluded, theirs are counted in."""

from datetime import date, timedelta

from django import template

register = template.Library()


@register.filter
def day_before(day: date | None) -> date | None:
    """Return the last day of a span, from its excluded end."""
    return day - timedelta(days=1) if day else None
