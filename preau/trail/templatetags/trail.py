"""How a trace reads on a page."""

from django import template

from preau.trail import words

register = template.Library()
register.filter("sentence", words.sentence_of)
