"""What a family reads of a grade or a result (`gradebook.told`)."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from ..told import drawn, told_figure

register = template.Library()
register.filter("told", drawn)


@register.filter
def told_out_of(value: Any, scale: Any) -> SafeString:
    """Draw a figure with what it is out of."""
    return drawn(told_figure(value, scale))
