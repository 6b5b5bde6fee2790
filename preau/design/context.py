"""What every page of the house knows."""

from typing import Any

from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    return {"person": getattr(request, "person", None)}
