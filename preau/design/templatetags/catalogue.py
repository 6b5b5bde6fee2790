"""What only the catalogue needs."""

from typing import Any

from django import template
from django.template import Context, Engine

from preau.design.catalogue import things

register = template.Library()


@register.simple_tag(takes_context=True)
def sample(context: Context, name: str, where: str) -> Any:
    """Draw a sample as it would look in one theme."""
    drawn = Engine.get_default().get_template(name)
    with context.push(**things(where)):
        return drawn.render(context)
