"""
A school that was already at work goes on with every row when tables move from one app to another.

A database is filled as the gradebook was before it became several apps, then brought to the present.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps as present
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from preau.trail import words

BEFORE = [("gradebook", "0006_files_of_assessments"), ("trail", "0001_first_tables")]
ROOMS = ("grading", "gradebook", "sheets")
ACTS = (
    "keep_scheme",
    "end_scheme",
    "keep_scale",
    "remove_scale",
    "publish_grades",
    "put_file_in",
    "take_books",
)
MOMENT = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)
FACTS: dict[str, dict[str, Any]] = {
    "assessedcompetence": {"max_points": Decimal(10)},
    "descriptor": {"points": Decimal(3)},
    "grade": {"points": Decimal("14.5")},
    "publication": {"published_at": MOMENT, "parents_at": MOMENT},
}
"""What a row needs beyond the first value of each kind, for the constraints of its table."""


@pytest.fixture
def at_work(django_db_blocker, tmp_path) -> Iterator[BaseDatabaseWrapper]:
    """A database without tables, in the place of that of the tests until the test is over."""
    usual = connections["default"]
    name = str(tmp_path / "school.sqlite3") if usual.vendor == "sqlite" else "test_school_at_work"
    connection = usual.copy()
    connection.settings_dict["TEST"] |= {"NAME": name, "TEMPLATE": None}
    with django_db_blocker.unblock():
        connection.settings_dict["NAME"] = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        connections["default"] = connection
        yield connection
        connections["default"] = usual
        connection.close()
        connection.creation._destroy_test_db(name, verbosity=0)


def migrate(to: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connections["default"])
    return executor.migrate(to).apps


def newest(rooms: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        leaf
        for leaf in MigrationExecutor(connections["default"]).loader.graph.leaf_nodes()
        if leaf[0] in rooms
    ]


def value(field: models.Field, apps: Any) -> Any:
    """Return something that a column takes: the first row of the table it points at, made if need be."""
    if field.is_relation:
        return first_row(field.related_model, apps)
    if field.name == "ends_on":
        return date(2027, 7, 2)
    if field.choices:
        return field.flatchoices[0][0]
    kinds = {
        models.DateTimeField: MOMENT,
        models.DateField: date(2026, 9, 1),
        models.DecimalField: Decimal(1),
        models.IntegerField: 1,
        models.BooleanField: True,
        models.JSONField: ["C1"],
    }
    return next((known for kind, known in kinds.items() if isinstance(field, kind)), "x")


def first_row(model: Any, apps: Any) -> Any:
    rows = model._base_manager
    return rows.first() or rows.create(**facts_of(model, apps))


def facts_of(model: Any, apps: Any) -> dict[str, Any]:
    facts = dict(FACTS.get(model._meta.model_name, {}))
    for field in model._meta.concrete_fields:
        needed = not (field.primary_key or field.null or field.has_default() or field.blank)
        if needed and field.name not in facts:
            facts[field.name] = value(field, apps)
    return facts


def rows_of(model: Any) -> list[dict[str, Any]]:
    return list(model._base_manager.order_by("pk").values())


def columns_of(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what stands now in the columns that these rows had: later ones may have come beside them."""
    return [{column: row[column] for column in rows[0]} for row in rows_of(model_now(name))]


def model_now(name: str) -> Any:
    found = [model for model in present.get_models() if model._meta.model_name == name]
    return next(model for model in found if model._meta.app_label in ROOMS)


def test_a_school_at_work_keeps_every_row(at_work):
    old = migrate(BEFORE)
    kept = {model._meta.model_name: model for model in old.get_app_config("gradebook").get_models()}
    del kept["parcel"]  # Became work, row by row: tests/test_older_schools_come_along.py.
    for model in kept.values():
        first_row(model, old)
    traces = old.get_model("trail", "Trace")._base_manager
    for act in ACTS:
        traces.create(act=f"gradebook.{act}", at=MOMENT)
    before = {name: rows_of(model) for name, model in kept.items()}
    assert all(before.values()), "a table was left empty, and would prove nothing"

    migrate(newest(("trail", *ROOMS)))

    assert {name: columns_of(name, rows) for name, rows in before.items()} == before
    connections["default"].check_constraints()
    acts = present.get_model("trail", "Trace")._base_manager.values_list("act", flat=True)
    assert len(acts) == len(ACTS)
    assert [act for act in acts if not words.is_named(act)] == []
    assert_new_rows_come_after_the_old()


def assert_new_rows_come_after_the_old() -> None:
    for name in ("Category", "Token", "Scale"):
        model = present.get_model("grading", name)
        old, new = model._base_manager.get(), model(**facts_of(model, present))
        new.code = new.name = "other"
        new.save()
        assert new.pk > old.pk
        assert model._meta.db_table == f"grading_{name.lower()}"
