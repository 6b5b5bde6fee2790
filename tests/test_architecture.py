"""The house is built as it was drawn: layers, rooms, names."""

import ast
import tomllib
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
    assert ast.get_docstring(ast.parse((HOUSE / app / "__init__.py").read_text())), (
        f"preau.{app} says nothing"
    )
    assert app in HEIGHT


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_file_is_a_drawer_for_anything(path: Path):
    assert path.stem not in FORBIDDEN_NAMES, "name the file after what it is about"


@pytest.mark.parametrize("path", [path for path in SOURCES if path.stat().st_size], ids=name)
def test_every_room_says_what_it_is_for(path: Path):
    if path.stem in {"apps", "urls", "views", "forms", "__init__"}:
        pytest.skip("its name says it")
    assert ast.get_docstring(ast.parse(path.read_text())), "begin with a sentence about what is in here"


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.stem == "views" or "views" in path.parts], ids=name
)
def test_a_view_writes_nothing_itself(path: Path):
    """Writes are actions: `.save()`, `.create()`, `.delete()` have no place on a screen."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            written = node.func.attr in {"save", "bulk_create", "bulk_update", "delete", "update_or_create"}
            assert not written, f"line {node.lineno} writes with .{node.func.attr}(): make it an action"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_day_is_asked_of_the_one_clock(path: Path):
    if path.is_relative_to(HOUSE / "kit") and path.stem == "clock":
        pytest.skip("this is the clock")
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            machine = (node.value.id, node.attr)
            assert machine not in {
                ("timezone", "now"),
                ("date", "today"),
                ("datetime", "now"),
                ("datetime", "utcnow"),
            }, f"line {node.lineno} asks the machine: kit.clock tells the time"
