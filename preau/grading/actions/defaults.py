"""What a new school starts with."""

from django.db import transaction

from preau.kit.memory import forget_what_changed

from .. import fwb
from ..models import Category, Level, Scale, Scheme, Token


@transaction.atomic
def adopt_defaults() -> None:
    """Give the school the categories, tokens, scales and scheme of `fwb.py`, each where it has none."""
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
    if not Scale.objects.exists():
        _adopt_scales()
    forget_what_changed()
    if not Scheme.objects.exists():
        Scheme.objects.create(**fwb.SCHEME)


def _adopt_scales() -> None:
    names = ("code", "label", "share", "from_percent", "is_rated", "icon")
    for place, (name, levels) in enumerate(fwb.SCALES):
        scale = Scale.objects.create(name=name, rank=place)
        Level.objects.bulk_create(
            Level(scale=scale, rank=len(levels) - at, **dict(zip(names, level, strict=True)))
            for at, level in enumerate(levels)
        )
