"""Spreadsheets of any layout, odd files, hostile cells."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest

from preau.gradebook.models import Assessment, Comment
from preau.kit.tables import write_ods, write_xlsx
from preau.people.models import Person
from preau.sheets.models import SheetFile
from preau.sheets.tests.builders import grades_of
from preau.structure.models import GroupMembership
from tests.odd_files import HOSTILE, odd

OLD_SHEET = [
    ["Mathématique 4e, Mme Vandamme", "", "", "", ""],
    ["", "", "", "", ""],
    ["Élèves", "Interro fractions", "Devoir", "Moyenne", "Rang"],
    ["sur", 20, 10, 100, ""],
    ["CLAES Emma", 14, 8, 73.33, 1],
    ["HADDAD Noor", 11.5, "NR", 40, 2],
    ["Moyenne", 12.75, 8, "", ""],
    ["", "", "", "", ""],
    ["Élèves", "Examen", "", "", ""],
    ["sur", 60, "", "", ""],
    ["CLAES Emma", 41, "", "", ""],
    ["HADDAD Noor", 33, "", "", ""],
]


@pytest.mark.parametrize(("suffix", "write"), [("xlsx", write_xlsx), ("ods", write_ods)])
def test_an_old_sheet_with_titles_maxima_means_and_two_tables(school, bring, look, put_in, suffix, write):
    file = io.BytesIO()
    write(file, OLD_SHEET[0], OLD_SHEET[1:])

    page = bring(f"vieux.{suffix}", file.getvalue())

    found = page.context["found"]
    assert [it.header.number for it in found.tables] == [3, 9]
    assert [(it.title, it.max_points) for it in found.fresh.values()] == [
        ("Interro fractions", 20),
        ("Devoir", 10),
    ]
    put_in(page)
    assert grades_of(school.noor) == {"Interro fractions": Decimal("11.5"), "Devoir": "NR"}

    page = look(bring(f"vieux.{suffix}", file.getvalue()), header="9")
    found = page.context["found"]
    assert [(it.title, it.max_points, it.category.code) for it in found.fresh.values()] == [
        ("Examen", 60, "EXAMEN")
    ]
    put_in(page)
    assert grades_of(school.emma)["Examen"] == 41


def test_the_teacher_says_what_a_column_is(school, bring, look, put_in, roots):
    page = bring("cotes.csv", "Nom;A;B\nHaddad Noor;12;3\nClaes Emma;9;4\n")

    page = look(
        page,
        **{"col-1": f"a{roots.pk}", "title-2": "Oral", "max-2": "5", "kind-2": "ORAL", "day-2": "2026-11-02"},
    )
    put_in(page)

    assert grades_of(school.noor) == {"Radicaux": 12, "Oral": 3}
    oral = Assessment.objects.get(title="Oral")
    assert (oral.max_points, oral.category.code, oral.held_on) == (5, "ORAL", date(2026, 11, 2))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"title-1": " "}, "The new assessment has no title."),
        ({"max-1": "0"}, "An assessment is out of more than 0 points, and of 9999,99 at most."),
        ({"max-1": "beaucoup"}, "“beaucoup” is no maximum."),
        ({"day-1": "2020-01-01"}, "is not in the school year 2026-2027"),
        ({"day-1": "hier"}, "is not in the school year 2026-2027"),
        ({"kind-1": "XX"}, "Nobody said what kind of assessment it is."),
        ({"col-0": ""}, "No column says who the pupils are."),
        ({"col-1": "a999999"}, "This assessment is no longer there."),
        ({"col-1": "name"}, "The columns A, B are said to be the same."),
    ],
)
def test_an_answer_that_cannot_be_is_told(school, bring, look, answers, words):
    page = look(bring("cotes.csv", "Nom;Test /20\nHaddad Noor;12\n"), **answers)

    assert words in page.text
    assert not page.context["found"].can_be_applied


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("cotes.xlsx", b"PK\x03\x04 nothing of the sort"),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("page.html", b"<html><body>Nom;Test</body></html>"),
        ("nul.csv", b"a;b\n\x00\x00;1\n" * 3),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(school, bring, name, content):
    answer = bring(name, content)

    assert answer.status_code == 422
    assert not SheetFile.objects.exists()


def test_script_and_formulas_in_a_file_stay_words(school, bring, put_in):
    page = bring(
        "cotes.csv",
        'Nom;"<script>alert(1)</script> /20";Commentaire\n'
        'Haddad Noor;12;"=cmd|\' /C calc\'!A0"\n"<b>Nobody</b>";3;x\n',
    )

    assert "<script>alert(1)" not in page.text
    assert "<b>Nobody" not in page.text
    put_in(page)
    assert Assessment.objects.get().title == "<script>alert(1)</script>"
    assert Comment.objects.get().text == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("file", odd("sheets/gradebook-excel-fcc.xlsx"))
def test_a_gradebook_with_several_blocks_on_one_sheet(school, bring, put_in, file):
    for given, family in (("Seth", "Lubwa"), ("Betty", "Bayo")):
        pupil = Person.objects.create(given_name=given, family_name=family, language="en")
        GroupMembership.objects.create(group=school.maths_4tta, pupil=pupil, starts_on=school.year.starts_on)

    page = bring(file.name, file.content)

    found = page.context["found"]
    assert found.table.header.number == 3
    ours = {"CALCUL MENTAL": 10, "FRACTIONS": 20, "EXAMEN": 100}
    theirs = {
        "SAFETY TEST": 10,
        "COMPANY PILOSOPHY TEST": 20,
        "FINANCIAL SKILLS TEST": 100,
        "DRUG TEST": 1,
    }
    titles = ours if file.is_ours else theirs
    assert [(it.title, it.max_points) for it in found.fresh.values()] == list(titles.items())
    assert found.recognised == 2
    put_in(page, others_out="on")
    assert grades_of(Person.objects.get(family_name="Bayo"))[list(titles)[2]] == 78


@pytest.mark.parametrize("file", odd("sheets/rasbeb-classlist-nl.xlsx"))
def test_a_class_list_in_dutch_names_its_pupils(school, bring, look, file):
    pupil = Person.objects.create(given_name="Aïmane", family_name="Boudewijn", language="en")
    GroupMembership.objects.create(group=school.maths_4tta, pupil=pupil, starts_on=school.year.starts_on)

    page = bring(file.name, file.content)

    found = page.context["found"]
    assert [row.pupil for row in found.rows if row.pupil] == [pupil]
    assert found.table.header.number == 1
    assert not found.can_be_applied


@pytest.mark.parametrize("file", odd(*HOSTILE))
def test_odd_files_are_read_or_refused_in_words(school, bring, file):
    answer = bring(file.name, file.content)

    assert answer.status_code in {200, 422}


def test_columns_beyond_the_eightieth_are_told(school, bring):
    titles = ";".join(f"T{number} /20" for number in range(90))

    page = bring("wide.csv", f"Nom;{titles}\nHaddad Noor;{';'.join(['1'] * 90)}\n")

    assert len(page.context["found"].columns) == 80
    assert "11 columns too many are not read." in page.text


@pytest.mark.parametrize("file", odd("hostile/blns.json"))
def test_naughty_words_in_any_cell_are_harmless(school, bring, file):
    naughty = [word for word in json.loads(file.content) if word.strip()]
    content = io.BytesIO()
    rows = [[word, word, word] for word in naughty]
    write_xlsx(content, ["Nom", "Test /20", "Commentaire"], [["Haddad Noor", 12, naughty[0]], *rows])

    page = bring("naughty.xlsx", content.getvalue())

    assert page.status_code == 200
    assert "<script>alert(" not in page.text
    assert page.context["found"].recognised == 1
