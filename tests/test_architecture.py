"""The house is built as it was drawn: layers, rooms, names."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

HOUSE = Path(settings.BASE_DIR) / "preau"
APPS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())
CONTRACT = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][
    0
]
HEIGHT = {app.strip(): -depth for depth, layer in enumerate(CONTRACT["layers"]) for app in layer.split("|")}
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "misc",
    "managers",
    "lib",
}
SOURCES = sorted(
    path
    for path in HOUSE.rglob("*.py")
    if not {"migrations", "tests", "locale"} & set(path.relative_to(HOUSE).parts)
)
ITS_NAME_SAYS_IT = {"apps", "urls", "views", "forms", "__init__"}
WRITES = {"save", "bulk_create", "bulk_update", "delete", "update_or_create", "get_or_create"}
CLOCK = HOUSE / "kit/clock.py"
OF_THE_MACHINE = {("timezone", "now"), ("date", "today"), ("datetime", "now"), ("datetime", "utcnow")}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    return str(path.relative_to(HOUSE.parent))


def test_no_foreign_key_points_upwards_or_sideways():
    """A key written as a string hides from the import linter."""
    for model in apps.get_models():
        here = model._meta.app_label
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            there = field.related_model._meta.app_label if field.related_model else here
            if here in HEIGHT and there in HEIGHT:
                assert here == there or HEIGHT[here] > HEIGHT[there], f"{here}.{field} points at {there}"


@pytest.mark.parametrize("app", APPS)
def test_every_app_introduces_itself_and_has_a_place_in_the_drawing(app: str):
    assert ast.get_docstring(tree(HOUSE / app / "__init__.py")), f"preau.{app} says nothing"
    assert app in HEIGHT


def places(found: dict[Path, list[str]]) -> str:
    return "\n".join(f"{name(path)}: {what}" for path, whats in found.items() for what in whats)


def test_no_file_is_a_drawer_for_anything():
    drawers = {
        path: ["name the file after what it is about"] for path in SOURCES if path.stem in FORBIDDEN_NAMES
    }
    assert not drawers, places(drawers)


def is_a_screen(path: Path) -> bool:
    return path.stem == "views" or "views" in path.parts


def test_every_room_says_what_it_is_for():
    silent = {
        path: ["begin with a sentence about what is in here"]
        for path in SOURCES
        if not (path.stem in ITS_NAME_SAYS_IT or is_a_screen(path)) and path.stat().st_size
        if not ast.get_docstring(tree(path))
    }
    assert not silent, places(silent)


def test_a_view_writes_nothing_itself():
    """Writes are actions: `.save()`, `.create()`, `.delete()` have no place on a screen."""
    found = {
        path: [f"line {node.lineno} writes: make it an action"]
        for path in SOURCES
        if is_a_screen(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    }
    assert not found, places(found)


def test_the_day_is_asked_of_the_one_clock():
    found = {
        path: [f"line {node.lineno} asks the machine, not kit.clock"]
        for path in SOURCES
        if path != CLOCK
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if (node.value.id, node.attr) in OF_THE_MACHINE
    }
    assert not found, places(found)
