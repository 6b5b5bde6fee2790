"""
The page "Who may see what" tells every rule that opens something about a person, in words that families read.

A rule that an address hands records of people by, and that no subject tells, fails here, or is named in
subjects.toml with the reason why.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from preau.accounts.models import Account
from preau.kit.access import Rule, anyone
from preau.kit.clauses import Clause
from preau.kit.subjects import by_subject, openings
from preau.people.models import Person

from .doors import SAFE, doors
from .test_rules_in_words import rules

NOT_TOLD = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text())["not_told"]
RULES = {f"{app}.{name}": getattr(import_module(f"preau.{app}.rules"), name) for app, name in rules()}

READS = re.compile(r"\.may_(read|see)_")


def name_of(the_rule: Rule[Any]) -> str:
    """Return the name of a rule: its own, or that of a rule in the same words about other records."""
    own = next((name for name, known in RULES.items() if known is the_rule), None)
    return own or next(
        (name for name, known in RULES.items() if known.words == the_rule.words), the_rule.words
    )


def tells_of_people(model: Any) -> bool:
    """Say whether records of a model are people, or tied to somebody."""
    if model in {Person, Account}:
        return True
    ties = {getattr(field, "related_model", None) for field in model._meta.get_fields() if field.concrete}
    return Person in ties


def opening_rules() -> Iterator[tuple[str, Rule[Any]]]:
    """Yield every rule by which an address that one reads hands a record about somebody to its page."""
    for door in doors():
        if door.methods is not None and not door.methods & SAFE:
            continue
        for model, the_rule in door.hands.values():
            if tells_of_people(model):
                yield str(door), the_rule


def test_whatever_opens_something_about_a_person_is_told_under_a_subject():
    told = {id(opening.rule) for opening in openings()}
    handing = {name_of(the_rule) for _door, the_rule in opening_rules() if id(the_rule) not in told}
    reading = {
        name
        for name, known in RULES.items()
        if READS.search(name) and id(known) not in told and known is not anyone
    }

    assert handing | reading == set(NOT_TOLD)
    assert all(NOT_TOLD.values())


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_who_reads_is_said_in_nouns_of_the_readers_language(language):
    for opening in openings():
        for part in opening.rule.parts:
            assert isinstance(part[0], Clause), f"{opening.what}: {part[0]} does not say who"
        with override("en"):
            english = {*opening.at_home, *opening.at_school, str(opening.what)}
        with override(language):
            assert not english & {*opening.at_home, *opening.at_school, str(opening.what)}


def test_every_opening_is_shown_once_under_its_subject(school, visit):
    shown = [str(what) for _subject, some in by_subject() for told in some for what in told.whats]
    page = visit("portal:rules", as_=school.samira)

    assert sorted(shown) == sorted(str(opening.what) for opening in openings())
    for opening in openings():
        assert str(opening.what).replace("'", "&#x27;") in page.text
