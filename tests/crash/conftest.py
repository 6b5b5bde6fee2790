"""What those who kill servers share: a school of its own, on a database of the same kind as the tests'."""

import os

import psycopg
import pytest
from django.conf import settings


@pytest.fixture
def place(tmp_path):
    """Give the environment of an empty school: a database of the same kind as the tests', and a folder."""
    given = {
        "PREAU_DATA": str(tmp_path),
        "PREAU_DEMO": "1",
        "PREAU_SCHOOL_DAY": "2026-11-24",
        "DATABASE_URL": "",
    }
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        yield {**os.environ, **given}
        return
    name = f"crash_{os.getpid()}"
    server = f"{database['USER']}@{database['HOST']}:{database['PORT']}"
    with psycopg.connect(f"postgresql://{server}/postgres", autocommit=True) as administration:
        administration.execute(f"CREATE DATABASE {name}")
        yield {**os.environ, **given, "DATABASE_URL": f"postgresql://{server}/{name}"}
        administration.execute(f"DROP DATABASE {name} WITH (FORCE)")
