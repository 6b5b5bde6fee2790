"""
Doors that are sensitive: what they do to others, or give away of them, asks more than a password.

    @form_door
    @sensitive
    @reaches(may_publish, period=ReportPeriod)
    def publication(request, period): ...

    @require_safe
    @sensitive_to_take
    @opens(may_manage_structure)
    def pupils(request): ...

The mark says so; an upper app asks the second factor before the door opens (`accounts.middleware`), of those
whose duty is in `settings.SECOND_FACTOR_FOR`. Each door says whether it is sensitive in
`tests/sensitive.toml`, and a new one fails there until somebody has thought about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest

from .access import View

Condition = Callable[[HttpRequest, Mapping[str, Any]], bool]
"""Takes the request and what its address names; says whether this is a sensitive thing to ask."""


def always(request: HttpRequest, named: Mapping[str, Any]) -> bool:
    return True


def to_take(request: HttpRequest, named: Mapping[str, Any]) -> bool:
    """Say whether a list is taken away in a file; to look at it on a screen is not sensitive."""
    return "file" in request.GET


def sensitive(view: View) -> View:
    """Mark a door as sensitive."""
    return sensitive_when(always)(view)


def sensitive_to_take(view: View) -> View:
    """Mark the door of a list of persons: sensitive once it leaves in a file."""
    return sensitive_when(to_take)(view)


def sensitive_when(condition: Condition) -> Callable[[View], View]:
    """Mark a door as sensitive when something holds of what is asked there."""

    def mark(view: View) -> View:
        view.sensitive_when = condition  # type: ignore[attr-defined]
        return view

    return mark


def condition_of(view: object) -> Condition | None:
    """Return when a door is sensitive; nothing when it never is."""
    return getattr(view, "sensitive_when", None)
