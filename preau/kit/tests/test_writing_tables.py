"""What goes out comes back the same, and no spreadsheet program runs what somebody typed."""

import csv
import io
import json
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.kit.tables import download, read_table, write_csv, write_xlsx
from tests.odd_files import odd

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "'=1", "''=1", "=cmd|'/C calc'!A0"]
written = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), max_size=40)
cells = written | st.sampled_from(FORMULAS)
tables = st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6)


def csv_of(columns, rows, **options) -> bytes:
    target = io.BytesIO()
    write_csv(target, columns, rows, **options)
    return target.getvalue()


def xlsx_of(columns, rows, **options) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, columns, rows, **options)
    return target.getvalue()


def filled(rows):
    """Give each row a key, so that none is blank and the header is the first line of words."""
    return [(f"row {number}", *row) for number, row in enumerate(rows)]


@given(tables, st.sampled_from(";,\t|"))
@settings(max_examples=150, deadline=None)
def test_a_csv_comes_back_as_it_went(rows, separator):
    content = csv_of(["key", "un", "deux", "trois"], filled(rows), separator=separator)

    assert read_table(b"sep=" + separator.encode() + b"\n" + content[3:]).rows == filled(rows)


@given(tables)
@settings(max_examples=150, deadline=None)
def test_no_cell_of_a_csv_begins_like_a_formula(rows):
    lines = csv.reader(
        io.StringIO(csv_of(["key", "un", "deux", "trois"], filled(rows)).decode("utf-8-sig")), delimiter=";"
    )

    assert not [cell for line in lines for cell in line if cell[:1] and cell[:1] in "=+-@\t\r"]


@given(tables, st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_workbook_comes_back_as_it_went_and_holds_no_formula(rows, constant_memory):
    content = xlsx_of(["key", "un", "deux", "trois"], filled(rows), constant_memory=constant_memory)

    back = read_table(content).rows
    assert [[_ends_of_lines(cell) for cell in row] for row in back] == [
        [_ends_of_lines(cell) for cell in row] for row in filled(rows)
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        assert b"<f>" not in workbook.read("xl/worksheets/sheet1.xml")


def _ends_of_lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def test_numbers_stay_numbers_also_below_nought():
    rows = [("row", -5, Decimal("-13.5"), 0.25, True, None)]
    columns = ["key", "a", "b", "c", "d", "e"]

    assert csv_of(columns, rows).decode("utf-8-sig").splitlines()[1] == "row;-5;-13,5;0,25;1;"
    assert csv_of(columns, rows, separator=",").decode("utf-8-sig").splitlines()[1] == "row,-5,-13.5,0.25,1,"
    assert read_table(xlsx_of(columns, rows)).rows == [("row", -5, -13.5, 0.25, True, "")]


def test_days_and_hours_come_back_as_days_and_hours():
    row = ("row", date(2026, 8, 24), datetime(2026, 8, 24, 10, 24), time(8, 15), timedelta(hours=30))  # noqa: DTZ001
    back = read_table(xlsx_of(["key", "a", "b", "c", "d"], [row])).rows[0]

    assert back[1:3] == row[1:3]
    assert back[4] == row[4]
    assert read_table(xlsx_of(["key", "a"], [("row", date(1850, 1, 1))])).rows[0][1] == "1850-01-01"


def test_a_very_long_number_loses_no_digit_and_a_very_long_text_is_cut():
    back = read_table(xlsx_of(["key", "a", "b"], [("row", 12345678901234567890, "x" * 40_000)])).rows[0]

    assert back == ("row", "12345678901234567890", "x" * 32_767)


def test_a_table_is_handed_to_the_browser_as_a_file():
    answer = download("classes", ["nom"], [["4TTA"]], suffix="csv")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="classes.csv"'
    assert b"".join(answer.streaming_content).decode("utf-8-sig") == "nom\r\n4TTA\r\n"


@pytest.mark.parametrize("file", odd("hostile/blns.json", "hostile/csv-injection-payloads.txt"))
def test_payloads_and_naughty_words_are_written_harmlessly(file):
    """No cell is a formula for the program that opens the file, and every word comes back as it was."""
    naughty = json.loads(file.content) if file.name.endswith("json") else file.content.decode().splitlines()
    rows = [(f"row {number}", text) for number, text in enumerate(naughty)]

    out = csv_of(["key", "text"], rows)
    back = read_table(out).rows
    workbook = read_table(xlsx_of(["key", "text"], rows)).rows

    assert [row[1] for row in back] == [text.replace("\0", "") for text in naughty]
    assert len(workbook) == len(rows)
    lines = csv.reader(io.StringIO(out.decode("utf-8-sig"), newline=""), delimiter=";")
    assert not [cell for line in lines for cell in line if cell[:1] and cell[:1] in "=+-@\t\r"]


def test_the_name_of_a_file_and_of_a_sheet_takes_whatever_people_called_the_thing():
    hostile = "\r=1+1/4TTA: 𐐜𐐔𐐇𐐝𐐀𐐡𐐇𐐓𐐙𐐊𐐡𐐝𐐓𐐝𐐇𐐗𐐊𐐤𐐔\n"

    answer = download(hostile, ["Nom"], [["Berg"]])

    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''1-1-4TTA-")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        assert "4TTA" in book.read("xl/workbook.xml").decode()
