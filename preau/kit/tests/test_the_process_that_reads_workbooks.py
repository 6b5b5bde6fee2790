"""The process that reads workbooks knows no secret of the house, and answers in nothing that could run."""

import io
import subprocess
from datetime import date, datetime, time, timedelta

import pytest
from xlsxwriter import Workbook

from preau.kit.tables import read_table, workbooks

MOMENTS = [date(2011, 2, 14), datetime.fromisoformat("2026-11-24T10:24"), time(8, 30), timedelta(hours=26)]


@pytest.fixture
def asked(monkeypatch):
    """Watch how the process is run."""
    seen = {}
    run = subprocess.run

    def watched(command, **how):
        seen["env"] = how["env"]
        seen["answer"] = run(command, **how)
        return seen["answer"]

    monkeypatch.setattr(workbooks.subprocess, "run", watched)
    return seen


def test_it_inherits_no_secret_and_answers_in_json(asked, monkeypatch):
    monkeypatch.setenv("PREAU_SECRET_KEY", "keep me")
    monkeypatch.setenv("DATABASE_URL", "postgres://preau:secret@localhost/preau")
    target = io.BytesIO()
    book = Workbook(target, {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nom", "Né", "Heure"])
    page.write(1, 0, "Noor 😀")
    page.write_datetime(1, 1, date(2011, 2, 14))
    page.write_datetime(1, 2, time(8, 30), book.add_format({"num_format": "hh:mm"}))
    book.close()

    table = read_table(target.getvalue())

    assert "keep me" not in str(asked["env"])
    assert not [name for name in asked["env"] if name.startswith(("PREAU", "DATABASE", "AWS", "DJANGO"))]
    assert asked["answer"].stdout.startswith(b'{"sheet"')
    assert "2011" in str(table.rows)


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_moment_comes_back_as_it_was(moment):
    assert workbooks._unmarked(workbooks.workbook_process.in_words(moment)) == moment
