"""The scales of the school, kept in mind: no query on an ordinary page."""

from __future__ import annotations

from preau.kit.memory import remember

from ..models import Level, Scale


def scales() -> list[Scale]:
    """Return the scales of the school, in order, each with its levels, the best first."""
    return remember("scales", lambda: list(Scale.objects.prefetch_related("levels")))


def scale_by_key(scale_id: int | None) -> Scale | None:
    """Return a scale, if there is one with this key."""
    return next((scale for scale in scales() if scale.pk == scale_id), None)


def levels_of(scale_id: int | None) -> list[Level]:
    """Return the levels of a scale, the best first; none of no scale."""
    scale = scale_by_key(scale_id)
    return list(scale.levels.all()) if scale else []


def levels_by_code(scale_id: int | None) -> dict[str, Level]:
    """Return the levels of a scale by what one types."""
    return {level.code.upper(): level for level in levels_of(scale_id)}


def level_codes() -> dict[int, str]:
    """Return the code of each level of every scale, by its key."""
    return {level.pk: level.code for scale in scales() for level in scale.levels.all()}
