"""People bring tables made by any program, in any alphabet; what cannot be read is refused in words."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from preau.kit.tables import (
    DamagedFile,
    EmptyFile,
    FileRefused,
    FileTooLarge,
    Limits,
    NoSuchSheet,
    NotATable,
    ProtectedFile,
    UnsafeArchive,
    open_archive,
    read_table,
)
from tests.odd_files import odd


def workbook(fill, **options) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options) as book:
        fill(book)
    return target.getvalue()


def archive(members: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850"],
)
def test_any_separator_and_any_encoding(separator, encoding):
    lines = [
        "Nom Elève|Prénom|Né le",
        "Lefèvre|Zoé|2011-02-14",
        "D'Haëne|Benoît|",
        "GÉRÔME|François|2010-01-01",
    ]
    content = "\r\n".join(lines).replace("|", separator).encode(encoding)

    table = read_table(content)

    assert table.columns == ("Nom Elève", "Prénom", "Né le")
    assert table.rows[0] == ("Lefèvre", "Zoé", "2011-02-14")
    assert table.rows[1] == ("D'Haëne", "Benoît", "")
    assert table.rows[2][0] == "GÉRÔME"


def test_quotes_hold_separators_and_line_ends_and_lines_keep_their_numbers():
    table = read_table(b'a;b\r\n"x;\r\ny";1\r\n\r\n;\r\nz;"say ""hello"""\r\n')

    assert table.rows == [("x;\r\ny", "1"), ("z", 'say "hello"')]
    assert table.lines == [2, 6]


def test_single_quotes_and_the_line_that_names_the_separator_are_understood():
    assert read_table(b"'nom','classe'\n'Berg, A.','4TTA'\n").rows == [("Berg, A.", "4TTA")]

    told = read_table(b"sep=,\r\na,b\r\n1;2,3\r\n")
    assert told.rows == [("1;2", "3")]
    assert told.lines == [3]


def test_headers_are_trimmed_named_and_told_apart():
    table = read_table(" Nom  Elève ;;Tél;Tél;Langue I  2e langue \nA;B;C;D;E\n".encode())

    assert table.columns == ("Nom Elève", "column 2", "Tél", "Tél (2)", "Langue I 2e langue")


def test_the_header_need_not_stand_on_the_first_line():
    table = read_table(b"Liste des eleves;;\n;;\nNom;Prenom;Classe\nBerg;Alma;5TTB\n")

    assert (table.columns, table.header_line, table.lines) == (("Nom", "Prenom", "Classe"), 3, [4])


def test_one_may_say_which_line_names_the_columns():
    content = b"Nom;Prenom\nfamily_name;given_name\nBerg;Alma\n"

    assert read_table(content, header_line=2).columns == ("family_name", "given_name")


def test_rows_longer_than_the_header_keep_all_their_cells():
    table = read_table(b"Nom;Classe\nBerg;5TTB;x\n")

    assert table.columns == ("Nom", "Classe", "column 3")
    assert table.rows == [("Berg", "5TTB", "x")]


def test_two_files_with_the_same_titles_have_the_same_signature():
    one, other = read_table("Né(e) le;NOM\n1;2\n".encode()), read_table(b"nom,Nee le\n3,4\n")

    assert one.signature == other.signature
    assert one.signature != read_table(b"nom;prenom\n1;2\n").signature


def test_a_workbook_gives_numbers_as_typed_days_and_yes_or_no():
    def fill(book):
        page = book.add_worksheet("Élèves")
        page.write_row(0, 0, ["Matricule", "Né le", "Cote", "Externe", "Vu"])
        page.write_row(2, 0, [12345, None, 13.5, True])
        page.write_datetime(2, 1, datetime(2011, 2, 14), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001

    table = read_table(workbook(fill))

    assert table.rows == [(12345, date(2011, 2, 14), 13.5, True, "")]
    assert table.lines == [3]
    assert table.sheets == ("Élèves",)


def test_days_counted_from_1904_are_the_same_days():
    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nom", "Né le"])
        page.write_string(1, 0, "Berg")
        page.write_datetime(1, 1, datetime(2008, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001

    assert read_table(workbook(fill, date_1904=True)).rows == [("Berg", date(2008, 3, 1))]


def test_a_class_written_once_beside_its_pupils_counts_for_each():
    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["Classe", "Nom"])
        page.merge_range(1, 0, 3, 0, "4TTA")
        page.write_column(1, 1, ["Haddad", "Claes", "Berg"])

    assert [row[0] for row in read_table(workbook(fill)).rows] == ["4TTA"] * 3


def test_one_chooses_a_sheet_else_the_first_with_something_on_it():
    def fill(book):
        book.add_worksheet("Vide")
        book.add_worksheet("Un").write_column(0, 0, ["Nom", "Berg"])
        book.add_worksheet("Deux").write_column(0, 0, ["Nom", "Claes"])

    content = workbook(fill)

    assert read_table(content).sheet == "Un"
    assert read_table(content, sheet="Deux").rows == [("Claes",)]
    with pytest.raises(NoSuchSheet, match="It has: Vide, Un, Deux"):
        read_table(content, sheet="Trois")


def nothing(book):
    book.add_worksheet()


def far_away(book):
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nom", "Classe"])
    page.write_string(1_048_575, 16_383, "far away")


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.csv", EmptyFile),
        (b"\r\n \r\n", "a.csv", EmptyFile),
        (b"nom;prenom\n", "a.csv", EmptyFile),
        (workbook(nothing), "a.xlsx", EmptyFile),
        (b"Not a workbook at all", "a.xls", DamagedFile),
        (workbook(far_away)[:3000], "a.xlsx", DamagedFile),
        (workbook(far_away), "a.xlsx", FileTooLarge),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 300, "a.xls", DamagedFile),
        (b"%PDF-1.7 ...", "a.pdf", NotATable),
        (b"<html><table></table></html>", "a.xls", NotATable),
        (bytes(range(256)) * 4, "a.csv", NotATable),
        (archive({"hello.txt": b"hello"}).getvalue(), "a.xlsx", DamagedFile),
        (archive({"xl/sheet.xml": b" " * 60_000_000}).getvalue(), "a.xlsx", FileTooLarge),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, name, refusal):
    with pytest.raises(refusal) as refused:
        read_table(content, name=name)

    assert str(refused.value).endswith(".")


def test_a_quotation_mark_never_closed_is_shown_with_its_line():
    with pytest.raises(FileRefused, match="Near line 3"):
        read_table(b'nom;prenom\nBerg;Alma\n"Claes;Emma\nHaddad;Noor\n')


def test_what_is_larger_than_the_limits_is_refused():
    tight = Limits(file_bytes=200, rows=3, columns=2)

    with pytest.raises(FileTooLarge, match="MB"):
        read_table(b"nom\n" * 100, limits=tight)
    with pytest.raises(FileTooLarge, match="more than 3 rows"):
        read_table(b"nom\n" + b"a\n" * 4, limits=tight)
    with pytest.raises(FileTooLarge, match="more than 2 columns"):
        read_table(b"a;b;c\n1;2;3\n", limits=tight)


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/passwd", "C:\\users.csv", "a/../../b.csv", "more.zip"]
)
def test_an_archive_with_odd_names_is_refused(name):
    with pytest.raises(UnsafeArchive) as refused:
        open_archive(archive({name: b"x"}))

    assert name in str(refused.value)


def test_an_archive_with_a_link_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        link = zipfile.ZipInfo("users.csv")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")

    with pytest.raises(UnsafeArchive):
        open_archive(target)


def test_an_archive_that_lies_about_its_sizes_is_refused():
    honest = archive({"users.csv": b"0" * 40_000_000}).getvalue()
    lying = honest.replace((40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))

    with pytest.raises(FileTooLarge):
        open_archive(io.BytesIO(lying))


def test_an_archive_of_plain_files_is_opened():
    with open_archive(archive({"data/users.csv": b"a;b"})) as opened:
        assert opened.read("data/users.csv") == b"a;b"


REFUSED = {"pass_protected.xlsx": ProtectedFile, "too_small.xls": DamagedFile, "blns.json": FileRefused}


@pytest.mark.parametrize("file", odd(*(f"hostile/{name}" for name in REFUSED)))
def test_hostile_files_of_other_readers_are_refused(tmp_path, file):
    with pytest.raises(REFUSED[file.name]):
        read_table(file.put_into(tmp_path))


@pytest.mark.parametrize("file", odd("hostile/merge_cells.xlsx"))
def test_what_is_merged_stands_in_its_first_cell(file):
    table = read_table(file.content)

    assert table.columns == (
        ("Deux cases", "column 2", "Groupe") if file.is_ours else ("Row Merge", "column 2", "Not Merged")
    )
    assert table.rows == [("Haddad", "Noor", "") if file.is_ours else ("Column Merge", "Chunk Merged", "")]


@pytest.mark.parametrize("file", odd("hostile/date_1904.xlsx"))
def test_days_may_be_counted_from_1904(file):
    assert read_table(file.content).rows[0][0] == (date(2026, 11, 24) if file.is_ours else date(2021, 1, 2))


@pytest.mark.parametrize("file", odd("hostile/special_cells.ods"))
def test_spaces_are_counted_where_a_document_counts_them(file):
    table = read_table(file.content)

    assert table.columns == (("Une ligne",) if file.is_ours else ("Split Line",))
    assert table.rows[1] == (("trois   espaces",) if file.is_ours else ("Value   With 3 spaces",))


@pytest.mark.parametrize("file", odd("sheets/rasbeb-classlist-nl.xlsx"))
def test_an_odd_header_is_a_header(file):
    table = read_table(file.content)

    assert table.columns == ("## Klas", "Naam, Voornaam", "M/V/X")
    assert table.rows[0] == ("3a", "Kooiman, Nic", "M")


@pytest.mark.parametrize("file", odd("sheets/gradebook-excel-fcc.xlsx"))
def test_blocks_beside_one_another_are_one_table(file):
    columns = read_table(file.content).columns

    first = "CALCUL MENTAL" if file.is_ours else "SAFETY TEST"
    assert (columns[1], f"{first} (2)" in columns) == (first, True)


@pytest.mark.parametrize("file", odd("uci/student-por.csv"))
def test_a_table_of_hundreds_of_pupils_is_read_whole(file):
    table = read_table(file.content)

    assert (len(table), len(table.columns)) == ((90, 7) if file.is_ours else (649, 33))
