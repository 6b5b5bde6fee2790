"""The components of our pages. See them all, in every state, at /design/."""

from django import template

register = template.Library()
