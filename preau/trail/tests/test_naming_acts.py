"""Every act of the house that leaves a trace is declared with its words, beside the action that does it."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from preau.kit.traces import TracedAct, traced_acts
from preau.trail import words
from preau.trail.actions import note

PREAU = Path(__file__).resolve().parents[2]
WHERE_ONE_ACTS = {"actions", "reactions"}


def declarations():
    """Where each act is declared: its code, and the file under `preau`."""
    for source in sorted(PREAU.rglob("*.py")):
        if "tests" in source.parts or "TracedAct(" not in (text := source.read_text()):
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "TracedAct":
                yield ast.literal_eval(call.args[0]), source.relative_to(PREAU)


def test_an_act_is_declared_where_its_app_acts():
    declared = dict(declarations())

    elsewhere = {
        code: str(file)
        for code, file in declared.items()
        if file.parts[0] != code.split(".")[0] or file.parts[1].removesuffix(".py") not in WHERE_ONE_ACTS
    }

    assert not elsewhere
    assert set(declared) == {act.code for act in traced_acts() if not act.code.startswith("test.")}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("structure.move_pupil", "moved the pupil once more"),
        ("trail.say_nothing", ""),
        ("no app", "did something"),
    ],
)
def test_an_act_without_words_or_declared_twice_is_refused(code, said):
    with pytest.raises(ValueError, match=code):
        TracedAct(code, said)


def test_what_is_not_declared_cannot_be_noted(school):
    with pytest.raises(AttributeError):
        note("structure.move_pupil", by=school.maes)


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_every_name_can_be_filled_whatever_a_trace_holds(language):
    with translation.override(language):
        assert all(name for _code, name in words.named_acts())
