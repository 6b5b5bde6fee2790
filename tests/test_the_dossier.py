"""
"All that is held about me" is compared with the models: a tie is told, or a reason says why not.

tests/dossier.toml is kept by hand: a new field that leads to a person or to an account fails here.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from preau.accounts.models import Account
from preau.kit.dossier import dossier_of
from preau.people.models import Person

TABLE = tomllib.loads(Path(__file__).with_name("dossier.toml").read_text())


def ties() -> Iterator[tuple[str, type]]:
    """Yield every field that leads to a person or to an account: `app.Model.field`, and what it leads to."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            leads_to = getattr(field, "related_model", None)
            if field.concrete and not field.many_to_many and leads_to in {Person, Account}:
                yield f"{model._meta.label}.{field.name}", leads_to


def test_whatever_leads_to_a_person_is_told_or_named_with_a_reason():
    known = {**TABLE["told"], **TABLE["not_told"]}
    found = {name for name, _leads_to in ties()}

    assert found == set(known)
    assert not set(TABLE["told"]) & set(TABLE["not_told"])
    assert all(TABLE["not_told"].values())


@pytest.mark.parametrize("tie", sorted(TABLE["told"]))
def test_what_is_told_is_in_the_file(stage, tie):
    """Of everybody tied so on the stage, somebody at least finds it in the table that is named."""
    label, _point, field = tie.rpartition(".")
    app, table = TABLE["told"][tie].split("/")
    records = apps.get_model(label).objects.exclude(**{field: None}).select_related(field)
    tied = {getattr(record, field) for record in records}
    persons = {one.person if isinstance(one, Account) else one for one in tied}

    told = [dossier_of(person)[app][table] for person in persons]

    assert all(isinstance(rows, list) for rows in told)
    if tie in TABLE["hidden_on_the_stage"]:
        assert not any(told)
        return
    assert bool(persons) <= any(told), f"{tie} is on the stage, and in nobody's {app}/{table}"
    assert table in dossier_of(stage.people["noor"])[app]
