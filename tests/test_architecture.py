"""The house is built as it was drawn: layers, rooms, names."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

HOUSE = Path(settings.BASE_DIR) / "preau"
APPS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())
DRAWING = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS, ROOMS = DRAWING[:2]
HEIGHT = {app.strip(): -depth for depth, layer in enumerate(LAYERS["layers"]) for app in layer.split("|")}
WITHOUT_ROOMS = {"kit", "design", "console"}
SCREENS = re.compile(r"preau\.(\w+)\.(views|forms)\b")
BORROWED_KNOWINGLY = {
    (
        "preau/portal/views/house.py",
        "preau.accounts.forms",
    ): "a language is chosen at home as at the entrance"
}
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
WRITES = {
    "create", "update", "save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create",
    "end_all",
}  # fmt: skip
WRITES_ELSEWHERE = {
    ("preau/accounts/adapter.py", "save"): "a drawing, into memory",
    ("preau/accounts/letters/__init__.py", "save"): "a drawing, into memory",
    ("preau/accounts/sessions.py", "save"): "a session, that the end of the request would write",
    ("preau/files/adopting.py", "create"): "for migrations, which have no actions",
    ("preau/files/pictures.py", "save"): "a picture, into memory",
    ("preau/kit/rows.py", "insert_rows"): "the means itself: who calls it is looked at",
    (
        "preau/kit/sendings.py",
        "get_or_create",
    ): "what was sent already, noted for the form and not for the school",
    ("preau/kit/sendings.py", "delete"): "the same",
    ("preau/kit/sendings.py", "save"): "the same",
    ("preau/people/ties.py", "delete"): "the means itself: who calls it is looked at",
    ("preau/people/ties.py", "save"): "the same",
    ("preau/people/ties.py", "update"): "the same",
    ("preau/people/untangling.py", "delete"): "for migrations, which have no actions",
    ("preau/people/untangling.py", "save"): "the same",
    ("preau/report_cards/documents/__init__.py", "save"): "a file, given to the record that an action keeps",
}
"""Calls that are named like writes, or that write where no action can: each with its reason."""
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
            if here in HEIGHT and there in HEIGHT and here != there:
                assert HEIGHT[here] > HEIGHT[there], f"{here}.{field} points at {there}"


@pytest.mark.parametrize("app", APPS)
def test_every_app_introduces_itself_and_has_a_place_in_the_drawing(app: str):
    assert ast.get_docstring(tree(HOUSE / app / "__init__.py")), f"preau.{app} says nothing"
    assert app in HEIGHT


@pytest.mark.parametrize("app", sorted({*APPS} - WITHOUT_ROOMS))
def test_the_inside_of_every_app_is_looked_at(app: str):
    assert f"preau.{app}" in ROOMS["containers"]


def of_another_app(path: Path) -> list[str]:
    """Return the screens of other apps that a file imports."""
    modules = [node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    screens = [found for module in modules if (found := SCREENS.match(module))]
    others = [found[0] for found in screens if found[1] != path.relative_to(HOUSE).parts[0]]
    return [screen for screen in others if (name(path), screen) not in BORROWED_KNOWINGLY]


def test_no_app_borrows_the_screens_of_another():
    borrowed = {path: found for path in SOURCES if (found := of_another_app(path))}
    assert not borrowed, places(borrowed)


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


def writes(path: Path) -> list[str]:
    """Return the calls of a module that write in the database: methods of records and of querysets."""
    return [
        f"line {node.lineno} writes: make it an action"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and is_a_write(node)
        and (name(path), called(node)) not in WRITES_ELSEWHERE
    ]


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_a_write(node: ast.Call) -> bool:
    if isinstance(node.func, ast.Name):
        return node.func.id in {"insert_rows", "insert_records", "keep_tie", "end_tie"}
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
        return False
    of_the_parent = isinstance(node.func.value, ast.Call) and called(node.func.value) == "super"
    # `update` of a dictionary takes what it is updated with, that of a queryset only names.
    return not of_the_parent and not (node.func.attr == "update" and node.args)


def test_only_actions_write():
    """A write has its hold, its rule and its trace in an action: a screen, a query or an import has not."""
    found = {
        path: writes(path)
        for path in SOURCES
        if not {"actions", "demo"} & {*path.relative_to(HOUSE).parts, path.stem} and writes(path)
    }
    assert not found, places(found)


def test_every_exception_is_still_one():
    calls = {
        (name(path), called(node))
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    }
    assert set(WRITES_ELSEWHERE) <= calls


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Grade.objects.create(points=1)", True),
        ("Grade.objects.filter(pk=1).update(points=1)", True),
        ("grade.save()", True),
        ("end_tie(duty, on)", True),
        ("pupil.enrolments.end_all(on)", True),
        ("Person.objects.bulk_create(persons)", True),
        ("insert_rows(Grade, columns, rows)", True),
        ("grades.all().delete()", True),
        ("seen.update(columns)", False),
        ("super().save(*args)", False),
        ("grade.points", False),
    ],
)
def test_what_a_write_looks_like(line: str, is_one: bool):
    assert any(is_a_write(node) for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call)) is is_one


TAKES_BY_HAND = {"require_POST", "require_http_methods"}
OF_WHAT_IS_SENT = {"POST", "body", "method"}
READS_IT_ELSEWHERE = {
    ("preau/accounts/guards.py", "method"): "a page that is read may be left for another, an act may not",
    ("preau/design/confirmations.py", "method"): "the question opens over the page that is read",
    ("preau/design/middleware.py", "method"): "a refused act goes back to the page it came from",
    ("preau/portal/middleware.py", "method"): "with the eyes of another one reads, and sends nothing",
    ("preau/gradebook/forms/cells.py", "body"): "cells are sent as data, and understood there as in a form",
}
"""Who looks at what is sent without a form: each with its reason."""


def taken_by_hand(path: Path) -> list[str]:
    """Return where a module takes or reads what is sent by itself."""
    found = [
        (node.lineno, node.name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.alias) and node.name in TAKES_BY_HAND
    ]
    found += [
        (node.lineno, node.attr)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in OF_WHAT_IS_SENT
        if isinstance(node.value, ast.Name) and node.value.id == "request"
    ]
    return [
        f"line {line} has {what}: form_door or act_door takes what is sent, a form reads it (kit.acts)"
        for line, what in found
        if (name(path), what) not in READS_IT_ELSEWHERE
    ]


def test_who_reads_what_is_sent_without_a_form_still_does():
    read = {
        (name(path), node.attr)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
    }
    assert set(READS_IT_ELSEWHERE) <= read


def test_what_is_sent_is_read_by_forms_alone():
    """Read by hand, what is not understood falls back to something, and that is done."""
    above = [path for path in SOURCES if HOUSE / "kit" not in path.parents]
    found = {path: lines for path in above if (lines := taken_by_hand(path))}
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


TESTS = sorted(
    path for top in (HOUSE, HOUSE.parent / "tests") for path in top.rglob("*.py") if "tests" in path.parts
)


def test_no_test_is_content_with_one_thing_or_another():
    """`assert a or b` passes when the half that matters is broken: say when which is meant."""
    either = [
        f"{name(path)}:{node.lineno}"
        for path in TESTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert)
        and isinstance(node.test, ast.BoolOp)
        and isinstance(node.test.op, ast.Or)
    ]
    assert either == []
