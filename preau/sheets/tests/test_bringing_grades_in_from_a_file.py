"""A teacher brings a spreadsheet to her sheet: it is looked at, then put in whole, or not at all."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from preau.gradebook import actions, queries
from preau.gradebook.models import Assessment, Comment, Grade, PastGrade
from preau.gradebook.tests.builders import TUESDAY, assessment, grade, sheet_of
from preau.grading.models import Level, Scale
from preau.kit.tables import write_ods, write_xlsx
from preau.people.models import ExternalId, Person
from preau.sheets.exports import sheet_columns, sheet_rows
from preau.sheets.models import SheetFile
from preau.structure.models import GroupMembership
from preau.trail.models import Trace
from tests.odd_files import HOSTILE, odd


@pytest.fixture
def where(school):
    return sheet_of(school.maths_4tta, school.december)


@pytest.fixture
def roots(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


@pytest.fixture
def bring(school, tap, visit, where):
    """Bring a file to the sheet and return its page: bring("a.csv", "Élève;Test /20\n…")."""

    def bring(name, content, *, as_=None):
        content = content.encode() if isinstance(content, str) else content
        file = SimpleUploadedFile(name, content)
        answer = tap("sheets:new_file", {"file": file}, as_=as_ or school.vandamme, htmx=False, **where)
        if answer.status_code != 302:
            return answer
        return visit("sheets:file", as_=as_ or school.vandamme, file_id=SheetFile.objects.get().pk)

    return bring


def form_of(page, **more):
    """Return what the page would send, with some answers changed."""
    found = page.context["found"]
    sent = {
        "seen": found.fingerprint,
        "seen_sheet": found.found.sheet,
        "seen_header": str(found.table.header.number),
        "sheet": found.found.sheet,
        "header": str(found.table.header.number),
        "last": str(found.choices.last or found.last or ""),
    }
    for it in found.columns:
        place, choice = it.column.place, it.choice
        sent |= {f"col-{place}": choice.what, f"title-{place}": choice.title}
        sent |= {f"max-{place}": choice.max_points, f"kind-{place}": choice.category}
        sent[f"day-{place}"] = choice.held_on
    for it in found.decisions():
        sent[f"row-{it.row.line.number}"] = "" if it.chosen is None else str(it.chosen)
    return sent | more


@pytest.fixture
def look(school, tap, visit):
    """Send the choices of the page and look again."""

    def look(page, **more):
        file = SheetFile.objects.get()
        tap("sheets:file", form_of(page, **more), as_=school.vandamme, htmx=False, file_id=file.pk)
        return visit("sheets:file", as_=school.vandamme, file_id=file.pk)

    return look


@pytest.fixture
def put_in(school, tap):
    """Put in what the page shows."""

    def put_in(page, **more):
        file = SheetFile.objects.get()
        form = form_of(page, **more)
        return tap("sheets:file_application", form, as_=school.vandamme, htmx=False, file_id=file.pk)

    return put_in


def grades_of(pupil):
    return {
        it.assessment.title: it.token.code if it.token else it.points
        for it in Grade.objects.filter(pupil=pupil).select_related("assessment", "token")
    }


def test_a_spreadsheet_of_ones_own_becomes_assessments_and_grades(school, bring, put_in):
    page = bring(
        "cotes.csv",
        "Élève;Interro 1 (sur 10);Examen de Noël /100;Total\n"
        "Haddad Noor;7,5;CM;7,5\nEmma CLAES;9;61,5;70,5\n",
    )

    assert "2 assessments are added." in page.text
    assert not Assessment.objects.exists()
    answer = put_in(page)

    assert answer.status_code == 302
    assert grades_of(school.noor) == {"Interro 1": Decimal("7.5"), "Examen de Noël": "CM"}
    assert grades_of(school.emma) == {"Interro 1": 9, "Examen de Noël": Decimal("61.5")}
    exam = Assessment.objects.get(title="Examen de Noël")
    assert (exam.max_points, exam.category.code) == (100, "EXAMEN")
    assert not SheetFile.objects.exists()
    assert Trace.objects.get(act="sheets.put_file_in").by == school.vandamme


def test_grades_that_change_are_shown_old_and_new_before_and_their_past_is_kept(school, bring, put_in, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    grade(roots, school.emma, "8", by=school.vandamme)

    page = bring("cotes.csv", "Nom;Radicaux /20\nHaddad Noor;14\nClaes Emma;8\n")

    (change,) = page.context["found"].changes
    assert (change.pupil, change.old, change.new) == (school.noor, "12", "14")
    assert "<s>12</s>" in page.text
    assert "1 grade stands already." in page.text
    put_in(page)
    assert grades_of(school.noor) == {"Radicaux": 14}
    assert PastGrade.objects.get().points == 12


def test_an_empty_cell_leaves_what_is_there_unless_the_teacher_wants_otherwise(
    school, bring, look, put_in, roots
):
    grade(roots, school.noor, "12", by=school.vandamme)
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;\nClaes Emma;9\n")
    assert [it.pupil for it in page.context["found"].changes] == [school.emma]

    page = look(page, empties="on")

    assert {it.pupil: it.new for it in page.context["found"].changes} == {school.emma: "9", school.noor: ""}
    put_in(page, empties="on")
    assert grades_of(school.noor) == {"Radicaux": None}
    assert PastGrade.objects.get().points == 12


@pytest.mark.parametrize(
    "name",
    [
        "Haddad Noor",
        "Noor Haddad",
        "HADDAD, Noor",
        "noor  haddad",
        "Nôor Haddâd",
        "Haddad-Noor",
        "HaddadNoor",
    ],
)
def test_an_exact_name_is_known_however_it_is_written(school, bring, name):
    assert school.noor
    page = bring("cotes.csv", f"Élève;Test /20\n{name.replace(',', ',')};12\nClaes Emma;3\n")

    assert {it.pupil for it in page.context["found"].changes} == {school.noor, school.emma}


def test_particles_do_not_matter_and_two_columns_are_one_name(school, bring):
    pupil = Person.objects.create(given_name="Jan", family_name="Van den Bossche", language="en")
    GroupMembership.objects.create(group=school.maths_4tta, pupil=pupil, starts_on=school.year.starts_on)

    page = bring("cotes.csv", "Prénom;Nom;Test /20\nJan;BOSSCHE;12\nNoor;Haddad;3\n")

    assert {it.pupil for it in page.context["found"].changes} == {pupil, school.noor}


def test_a_number_of_any_system_names_a_pupil(school, bring):
    ExternalId.objects.create(person=school.noor, system="proeco", value="0012345")

    page = bring("cotes.csv", "Matricule;Test /20\n12345;12\n999;4\n")

    (change,) = page.context["found"].changes
    assert (change.pupil, change.new) == (school.noor, "12")


def test_a_number_and_a_name_that_disagree_are_asked_about(school, bring):
    ExternalId.objects.create(person=school.noor, system="proeco", value="12345")
    assert school.emma

    page = bring("cotes.csv", "Matricule;Nom;Test /20\n12345;Claes Emma;12\n12345;Haddad Noor;4\n")

    found = page.context["found"]
    assert [row.name for row in found.open_rows] == ["Claes Emma"]
    assert not found.can_be_applied
    assert "The number beside “Claes Emma” is that of another pupil." in page.text


def test_a_misspelt_name_is_proposed_and_never_guessed(school, bring, look, put_in):
    page = bring("cotes.csv", "Élève;Test /20\nHadad Nour;12\nClaes Emma;9\nZzyzx Q.;5\n")

    found = page.context["found"]
    (asked, unknown) = list(found.decisions())
    assert (asked.row.name, asked.chosen, asked.row.match.candidates[0]) == ("Hadad Nour", None, school.noor)
    assert (unknown.row.name, unknown.chosen) == ("Zzyzx Q.", 0)
    assert not found.can_be_applied
    assert put_in(page).status_code == 422
    assert not Grade.objects.exists()

    page = look(page, **{"row-2": str(school.noor.pk)})

    assert page.context["found"].can_be_applied
    put_in(page)
    assert grades_of(school.noor) == {"Test": 12}


def test_lines_about_others_are_left_out_at_one_stroke(school, bring, look):
    page = bring("cotes.csv", "Élève;Test /20\nHadad Noor;12\nClaes Emma;9\n")
    assert not page.context["found"].can_be_applied

    page = look(page, others_out="on")

    assert page.context["found"].can_be_applied
    assert {it.pupil for it in page.context["found"].changes} == {school.emma}


def test_what_is_wrong_is_told_with_line_column_and_remedy_and_nothing_is_written(
    school, bring, look, put_in, roots
):
    page = bring("cotes.csv", "Titre\n\nNom;Radicaux\nHaddad Noor;vingt\nClaes Emma;21\n")

    wrong, too_many = page.context["found"].problems
    assert (wrong.line, wrong.column, wrong.wrong) == (4, "Radicaux", "“vingt” is no grade.")
    assert too_many.line == 5
    assert "Correct the points, or the maximum of the assessment." in page.text
    put_in(page)
    assert not Grade.objects.exists()

    page = look(page, skips_wrong="on")
    assert page.context["found"].hindrances == []


def test_a_pupil_twice_is_told_until_one_line_is_left_out(school, bring, look):
    page = bring("cotes.csv", "Nom;Test /20\nHaddad Noor;12\nNoor Haddad;13\nClaes Emma;9\n")

    assert "Noor Haddad already stands on line 2." in page.text
    page = look(page, last="2")
    assert page.context["found"].can_be_applied


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


def test_comments_come_too(school, bring, put_in):
    actions.write_comment(
        group=school.maths_4tta, period=school.december, pupil=school.noor, text="Bien",
        by=school.vandamme, at=TUESDAY,
    )  # fmt: skip
    page = bring("cotes.csv", "Nom;Commentaire\nHaddad Noor;Très bien\nClaes Emma;À suivre\n")

    assert "<s>Bien</s>" in page.text
    put_in(page)

    texts = dict(Comment.objects.values_list("pupil__given_name", "text"))
    assert texts == {"Noor": "Très bien", "Emma": "À suivre"}


def test_what_changed_since_one_looked_is_shown_again_first(school, bring, put_in, roots):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    grade(roots, school.noor, "12", by=school.vandamme)

    answer = put_in(page)

    assert answer.status_code == 422
    assert "not what you saw" in answer.text
    assert answer.context["found"].changes[0].old == "12"
    assert grades_of(school.noor) == {"Radicaux": 12}


def test_a_choice_that_nobody_looked_at_is_not_put_in(school, bring, put_in, roots):
    page = bring("cotes.csv", "Nom;A\nHaddad Noor;14\n")

    answer = put_in(page, **{"col-1": f"a{roots.pk}", "once": "a_form_of_12"})

    assert "not what you saw" in answer.text
    assert not Grade.objects.exists()
    assert SheetFile.objects.get().choices["columns"]["1"]["what"] == f"a{roots.pk}"


def test_put_in_twice_is_put_in_once(school, bring, tap, roots):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    file = SheetFile.objects.get()
    form = form_of(page, once="a_form_of_12")

    answers = [
        tap("sheets:file_application", form, as_=school.vandamme, htmx=False, file_id=file.pk)
        for _time in range(2)
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, f"/gradebooks/{school.maths_4tta.pk}/periods/{school.december.pk}/")
    ] * 2
    assert grades_of(school.noor) == {"Radicaux": 14}
    assert Trace.objects.filter(act="sheets.put_file_in").count() == 1


def test_a_closed_gradebook_refuses(school, bring, put_in, visit, where, roots):
    page = bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)

    put_in(page)
    bring("cotes.csv", "Nom;Radicaux\nHaddad Noor;14\n")

    assert not Grade.objects.exists()
    assert "closed for the period" in visit("sheets:new_file", as_=school.vandamme, **where).text


def test_a_file_given_up_leaves_nothing(school, bring, tap, settings):
    bring("cotes.csv", "Nom;Test /20\nHaddad Noor;14\n")
    file = SheetFile.objects.get()

    tap("sheets:file_withdrawal", as_=school.vandamme, file_id=file.pk)

    assert not SheetFile.objects.exists()
    assert not Grade.objects.exists()


def test_the_latest_file_takes_the_place_of_the_one_before(school, bring):
    bring("one.csv", "Nom;Test /20\nHaddad Noor;14\n")
    bring("two.csv", "Nom;Test /20\nHaddad Noor;14\n")

    assert SheetFile.objects.get().name == "two.csv"


def test_others_do_not_reach_the_file(school, bring, visit, tap, where):
    assert school.everybody
    bring("cotes.csv", "Nom;Test /20\nHaddad Noor;14\n")
    file = SheetFile.objects.get()

    for who in ("thys", "pirard", "maes", "noor", "samira", "zoe"):
        person = school.everybody[who]
        assert visit("sheets:file", as_=person, file_id=file.pk).status_code == 404
        assert tap("sheets:file_application", {}, as_=person, file_id=file.pk).status_code == 404
        assert visit("sheets:new_file", as_=person, **where).status_code == 404


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


def test_levels_come_and_go_as_people_write_them(school, bring, put_in):
    scale = Scale.objects.create(name="Trois mots")
    for rank, code in enumerate(("NA", "EVA", "A")):
        Level.objects.create(scale=scale, code=code, label=code, rank=rank, share=rank * 50)
    assessment(school.maths_4tta, school.december, by=school.vandamme, title="Oral", scale=scale)

    page = bring("cotes.csv", "Nom;Oral /20\nHaddad Noor;eva\nClaes Emma;12\n")

    found = page.context["found"]
    assert [(it.pupil, it.new) for it in found.changes] == [(school.noor, "EVA")]
    assert [it.wrong for it in found.problems] == ["“12” is not on the scale."]
    page = bring("cotes.csv", "Nom;Oral /20\nHaddad Noor;eva\nClaes Emma;CM\n")
    put_in(page)
    assert Grade.objects.get(pupil=school.noor).level.code == "EVA"

    content = io.BytesIO()
    sheet = queries.sheet(school.maths_4tta, school.december)
    write_ods(content, sheet_columns(sheet), sheet_rows(sheet))
    assert bring("sheet.ods", content.getvalue()).context["found"].changes == []


def test_sums_of_parts_come_back_and_are_not_overwritten(school, bring, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    Assessment.objects.filter(pk=roots.pk).update(composition="COMPETENCES")

    page = bring("cotes.csv", "Nom;Radicaux /20\nHaddad Noor;12\nClaes Emma;9\n")

    found = page.context["found"]
    assert (found.unchanged, found.changes) == (1, [])
    assert [it.wrong for it in found.problems] == [
        "The grades of this assessment are the sum of their parts."
    ]


def test_a_file_left_lying_for_a_month_is_forgotten(school, bring, where):
    bring("one.csv", "Nom;Test /20\nHaddad Noor;14\n")
    SheetFile.objects.update(period=school.first_period, at=TUESDAY - timedelta(days=31))

    bring("two.csv", "Nom;Test /20\nHaddad Noor;14\n")

    assert SheetFile.objects.get().name == "two.csv"


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
