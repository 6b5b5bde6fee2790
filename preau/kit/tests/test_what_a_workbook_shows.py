"""A workbook shows more than its values: percentages, formulas that failed, formulas nobody computed."""

import io
import zipfile

import pytest
import xlsxwriter

from preau.kit.tables import Percent, UnreadCell, as_text, read_table, workbook_process, write_ods


def workbook() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page, percent = book.add_worksheet("Cotes"), book.add_format({"num_format": "0.0%"})
    page.write_row(0, 0, ["nom", "cote", "test"])
    page.write_row(1, 0, ["Haddad", 0.75, 12], percent)
    page.write(1, 2, 12)
    page.write(2, 0, "Claes")
    page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 2, "=6*2", None, 12)
    page.write(3, 0, "Berg")
    page.write_formula(3, 1, "=B2*2", None, "")
    page.write(3, 2, 9)
    book.close()
    return uncomputed(target.getvalue())


def uncomputed(content: bytes) -> bytes:
    """Return a workbook as programs write it that compute nothing: the last formula without its value."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            page = before.read(name).replace(b't="str"><f>B2*2</f><v></v>', b"><f>B2*2</f><v></v>")
            after.writestr(name, page)
    return target.getvalue()


def ods() -> bytes:
    target, marked = io.BytesIO(), io.BytesIO()
    write_ods(target, ["nom", "cote"], [["Claes", 0.75], ["Berg", "#DIV/0!"]])
    with zipfile.ZipFile(target) as before, zipfile.ZipFile(marked, "w") as after:
        for name in before.namelist():
            page = before.read(name).replace(
                b'"float" office:value="0.75"', b'"percentage" office:value="0.75"'
            )
            calc = b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
            failed = b'"string" ' + calc + b' calcext:value-type="error"><text:p>#DIV/0!'
            after.writestr(name, page.replace(b'"string"><text:p>#DIV/0!', failed))
    return marked.getvalue()


def test_a_workbook_tells_percentages_failures_and_what_was_never_computed():
    rows = read_table(workbook(), name="cotes.xlsx").rows

    assert rows[0] == ("Haddad", Percent(0.75), 12)
    assert as_text(rows[0][1]) == "75 %"
    assert isinstance(rows[0][1], Percent)
    assert rows[1] == ("Claes", UnreadCell("#DIV/0!"), 12)
    assert rows[2] == ("Berg", UnreadCell("=B2*2", is_uncomputed=True), 9)


def test_an_ods_tells_them_too():
    rows = read_table(ods(), name="cotes.ods").rows

    assert isinstance(rows[0][1], Percent)
    assert rows[1][1] == UnreadCell("#DIV/0!")


@pytest.mark.parametrize(("share", "text"), [(0.075, "7.5 %"), (1.0, "100 %"), (0.333333333, "33.3333333 %")])
def test_a_percentage_is_typed_as_it_is_shown(share, text):
    assert as_text(Percent(share)) == text


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ('0"/10"', "7/10"),
        ('0.0" / 20"', "7/20"),
        (r"0\/10", "7/10"),
        ("0.00", 7),
        ("# ?/?", 7),
        ('0" points"', 7),
    ],
)
def test_what_points_are_out_of_may_stand_in_the_format(shown, value):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["nom", "cote"])
        page.write_row(1, 0, ["Haddad", 7], book.add_format({"num_format": shown}))

    assert read_table(target.getvalue(), name="cotes.xlsx").rows[0][1] == value


@pytest.mark.parametrize("failed", ["#DIV/0!", "#N/A", "#NOM?", " #WAARDE! ", "Err:502"])
def test_a_csv_keeps_what_failed_as_words(failed):
    rows = read_table(f"nom;cote\nHaddad;{failed}\nClaes;#1\n".encode()).rows

    assert rows[0][1] == UnreadCell(failed.strip())
    assert rows[1][1] == "#1"


def test_of_a_workbook_whose_formats_cannot_be_read_a_number_below_one_is_marked(tmp_path):
    old = tmp_path / "cotes.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    binary = tmp_path / "cotes.xlsb"
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", "")

    for path in (old, binary):
        cells = [["Haddad", 0.75, 12, 1.0, 0.0, ""]]
        workbook_process._mark(cells, str(path), "Cotes")
        assert cells == [["Haddad", ("percent?", 0.75), 12, 1.0, 0.0, ""]]
