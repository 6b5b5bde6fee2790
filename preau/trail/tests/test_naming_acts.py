"""Every act of the house that leaves a trace has a name people can read."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from preau.trail import words

PREAU = Path(__file__).resolve().parents[2]
LEAVES_A_TRACE = {"note", "note_look"}


def acts_noted():
    for source in sorted(PREAU.rglob("*.py")):
        if "tests" in source.parts or not any(word in source.read_text() for word in LEAVES_A_TRACE):
            continue
        for call in ast.walk(ast.parse(source.read_text())):
            if isinstance(call, ast.Call) and _name(call.func) in LEAVES_A_TRACE and call.args:
                code = call.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield pytest.param(code.value, id=f"{source.relative_to(PREAU)}: {code.value}")


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))


@pytest.mark.parametrize("code", acts_noted())
def test_the_act_has_a_name(code):
    assert words.is_named(code), f"{code} has no words: trail.words.register it in the app's module.py"


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_every_name_can_be_filled_whatever_a_trace_holds(language):
    with translation.override(language):
        assert all(name for _code, name in words.named_acts())
