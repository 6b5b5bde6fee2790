"""
The rules of the school stand in words in rules.toml, as the page "Who may see what" prints them.

Who changes a rule, changes them there, and is read by whoever answers for the school.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from preau.kit.access import Rule

WRITTEN: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "rules.toml").read_text())


def rules() -> Iterator[tuple[str, str]]:
    """Return every rule that an app makes: the app and its name."""
    for app in apps.get_app_configs():
        if app.name.startswith("preau.") and (Path(app.path) / "rules.py").exists():
            module = import_module(f"{app.name}.rules")
            source = (Path(app.path) / "rules.py").read_text()
            for name, value in vars(module).items():
                if (
                    isinstance(value, Rule)
                    and not name.startswith("_")
                    and re.search(rf"^{name}\b.* = ", source, re.MULTILINE)
                ):
                    yield app.label, name


@pytest.mark.parametrize(("app", "name"), list(rules()), ids=" ".join)
def test_a_rule_says_who_may(app, name):
    the_rule = getattr(import_module(f"preau.{app}.rules"), name)

    assert WRITTEN.get(app, {}).get(name) == the_rule.words


def test_no_rule_is_written_that_is_gone():
    written = {(app, name) for app, words in WRITTEN.items() for name in words}

    assert sorted(written - set(rules())) == []
