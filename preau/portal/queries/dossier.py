"""All that is held about a person, in one file to take away: csv for people, JSON for machines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from preau.kit.dossier import Row, dossier_of
from preau.kit.tables import Cell, write_csv
from preau.people.models import Person


def dossier_file(person: Person) -> io.BytesIO:
    """Return the zip with `everything.json` and one csv per table."""
    held = dossier_of(person)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(
            "everything.json", json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )
        for app, tables in held.items():
            for name, rows in tables.items():
                if rows:
                    bundle.writestr(f"{app}/{name}.csv", _as_csv(rows))
    target.seek(0)
    return target


def _as_csv(rows: Sequence[Row]) -> bytes:
    target = io.BytesIO()
    columns = list(rows[0])
    write_csv(target, columns, [[_cell(row.get(column)) for column in columns] for row in rows])
    return target.getvalue()


def _cell(value: Any) -> Cell:
    return (
        json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
        if isinstance(value, (dict, list))
        else value
    )
