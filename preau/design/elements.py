"""Custom elements: modules loaded by name through an import map, whatever names their files were given."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from preau.design.pieces import asset


def script(name: str, context: Any) -> str:
    """Return the tag that loads an element."""
    nonce = context.get("csp_nonce", "")
    return format_html('<script type="module" src="{}" nonce="{}"></script>', asset(name), nonce)


def import_map(context: Any) -> str:
    """Return the map from the names of our modules to the addresses of their files."""
    modules = _modules() if settings.DEBUG else _modules_known()
    tag = '<script type="importmap" nonce="{}">{}</script>'
    return format_html(tag, context.get("csp_nonce", ""), mark_safe(modules))  # noqa: S308 – our own file names


def _modules() -> str:
    names = [
        path
        for finder in finders.get_finders()
        for path, _storage in finder.list([])
        if "/elements/" in path and path.endswith(".js")
    ]
    return json.dumps({"imports": {name: static(name) for name in sorted(names)}})


@lru_cache
def _modules_known() -> str:
    """Return the map as it was at the first page: files do not change while a server runs."""
    return _modules()
