"""What a new school starts with."""

from django.db import transaction

from preau.structure.memory import forget_what_changed

from .. import fwb
from ..models import Category, Scheme, Token


@transaction.atomic
def adopt_defaults() -> None:
    """Give the school the categories, tokens and scheme of `fwb.py`, of each kind of which it has none."""
    if not Category.objects.exists():
        Category.objects.bulk_create(
            Category(code=code, name=name, component=component, rank=rank)
            for rank, (code, name, component) in enumerate(fwb.CATEGORIES)
        )
    if not Token.objects.exists():
        Token.objects.bulk_create(
            Token(code=code, name=name, key=key, effect=effect, rank=rank)
            for rank, (code, name, key, effect) in enumerate(fwb.TOKENS)
        )
    forget_what_changed()
    if not Scheme.objects.exists():
        Scheme.objects.create(**fwb.SCHEME)
