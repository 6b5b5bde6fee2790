"""Views of one thing, side by side."""

from dataclasses import dataclass

from preau.kit.modules import Words


@dataclass(frozen=True)
class Tab:
    """A link of `{% tabs %}`."""

    label: Words
    url: str
    is_current: bool = False
    badge: Words = ""
