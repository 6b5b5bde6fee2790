"""What is written for LibreOffice is read back as it was, and runs nothing."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from preau.kit.tables import read_table, write_ods


def read_back(columns, rows, **how):
    file = io.BytesIO()
    write_ods(file, columns, rows, **how)
    return file, read_table(file.getvalue(), name="sheet.ods", header_line=1)


def test_words_and_figures_come_back():
    row = ("Haddad Noor", Decimal("13.5"), 20, date(2026, 11, 24), "deux  espaces", "a\nb")

    _file, table = read_back(["Élève", "Interro /20", "Max", "Date", "Mot", "Lignes"], [row, ("", None, 3)])

    assert table.columns[:2] == ("Élève", "Interro /20")
    first = table.rows[0]
    assert (first[0], first[1], first[2], first[4]) == ("Haddad Noor", 13.5, 20, "deux  espaces")
    assert table.rows[1][2] == 3


@pytest.mark.parametrize("typed", ["=1+1", "+cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\x00b & <c>"])
def test_what_looks_like_a_program_stays_text(typed):
    file, table = read_back(["Name"], [(typed,)])

    assert table.rows[0][0] == typed.replace("\x00", "")
    content = zipfile.ZipFile(file).read("content.xml").decode()
    assert "table:formula" not in content
    assert "<script>" not in content


def test_the_last_columns_may_be_for_programs_only():
    file, table = read_back(["Name", "Key"], [("Noor", "7")], hidden=1)

    assert table.rows == [("Noor", "7")]
    assert 'table:visibility="collapse"' in zipfile.ZipFile(file).read("content.xml").decode()
