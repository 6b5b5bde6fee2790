"""What the gradebook puts on paper says the same as the screen, to whom it may say it."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from preau.files.models import StoredFile
from preau.gradebook import actions
from preau.gradebook.tests.builders import TUESDAY, assessment, grade
from preau.kit import jobs
from preau.kit.pdf import compile_pdf
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Person
from preau.sheets.actions import books
from preau.sheets.documents import BOOK, book_data
from preau.sheets.tests.builders import is_tagged, text_of
from preau.structure.models import GroupMembership
from preau.trail.models import Trace
from preau.work.models import Work
from tests.odd_files import odd

HARD_NAMES = [
    "عائشة بن علي",
    "Łukasz Ğüneş 😀",
    '#include "x" $ * _ <b>',
    "\u202eNoor",
    "=1+1",
    "Ünï-cödé d'Été",
]


@pytest.fixture(autouse=True)
def _in_the_language_of_these_tests(settings):
    settings.LANGUAGE_CODE = "en"


def test_the_list_of_the_class_is_ready_to_print(school, visit, where):
    answer = visit("sheets:blank_list", as_=school.vandamme, **where)

    assert answer["Content-Type"] == "application/pdf"
    assert is_tagged(answer.content)
    words = text_of(answer.content)
    assert words.index("Claes") < words.index("Haddad")
    assert "Math 4 · 4TTA" in words


@pytest.mark.parametrize("columns", ["1", "24", "999", "x", "-3", "99"])
def test_the_list_has_as_many_columns_as_asked(school, visit, where, columns):
    answer = visit("sheets:blank_list", as_=school.vandamme, query={"columns": columns}, **where)

    assert is_tagged(answer.content)


@pytest.mark.parametrize("name", HARD_NAMES)
def test_any_name_is_drawn_as_it_is(school, visit, where, name):
    Person.objects.filter(pk=school.noor.pk).update(given_name=name)
    test = assessment(school.maths_4tta, school.december, by=school.vandamme, title=name)
    grade(test, school.noor, "12", by=school.vandamme, remark=name)

    assert is_tagged(visit("sheets:blank_list", as_=school.vandamme, **where).content)
    book = visit("sheets:book", as_=school.vandamme, group_id=school.maths_4tta.pk).content
    assert is_tagged(book)
    assert is_tagged(visit("sheets:explanation", as_=school.pirard, pupil_id=school.noor.pk).content)


def test_the_book_of_the_year_says_everything(school, visit, december):
    assert school.first_period
    where = {"group": school.maths_4tta, "period": school.december}
    actions.choose_result(
        **where, pupil=school.noor, chosen=Decimal(50), because="Progrès", by=school.vandamme, at=TUESDAY
    )
    actions.write_comment(**where, pupil=school.noor, text="Courage", by=school.vandamme, at=TUESDAY)
    actions.write_remark(
        assessment=december[0], pupil=school.noor, remark="Revoir p. 12", by=school.vandamme, at=TUESDAY
    )
    actions.close_gradebook(**where, by=school.vandamme, at=TUESDAY)
    actions.reopen_gradebook(**where, because="Copie égarée", by=school.pirard, at=TUESDAY)
    actions.deliberate_result(
        **where, pupil=school.emma, attribute="FREE", value=Decimal(55), because="Malade",
        by=school.pirard, at=TUESDAY,
    )  # fmt: skip

    content = visit("sheets:book", as_=school.vandamme, group_id=school.maths_4tta.pk).content

    assert is_tagged(content)
    words = " ".join(text_of(content).split())
    for said in (
        "Gradebook of the school year 2026-2027", "Claire Vandamme", "Décembre", "Première période",
        "Puissances", "Fiche 3", "NR", "CM", "62", "Progrès", "Courage", "Revoir p. 12", "Copie égarée",
        "Closed on 24/11/2026", "Malade", "Page 1 of", "certificat médical",
    ):  # fmt: skip
        assert said in words, said


def test_a_period_with_many_assessments_is_cut_in_even_blocks(school):
    for number in range(35):
        test = assessment(school.maths_4tta, school.december, by=school.vandamme, title=f"Interro {number}")
        grade(test, school.noor, str(number % 20), by=school.vandamme)

    data = book_data(school.maths_4tta, by=None)

    (december,) = data["periods"]
    assert data["is_wide"]
    assert [len(block["columns"]) for block in december["blocks"]] == [12, 12, 11]
    assert december["blocks"][2]["columns"][-1]["number"] == "35"


def test_the_book_tells_who_left_and_who_came(school):
    pupils = bulk_create_persons(Person(given_name=f"N{it}", family_name="Nouveau") for it in range(2))
    GroupMembership.objects.create(group=school.maths_4tta, pupil=pupils[0], starts_on=date(2026, 11, 3))
    GroupMembership.objects.create(
        group=school.maths_4tta,
        pupil=pupils[1],
        starts_on=school.year.starts_on,
        ends_on=date(2026, 11, 10),
    )
    assessment(school.maths_4tta, school.december, by=school.vandamme)

    rows = book_data(school.maths_4tta, by=None)["periods"][-1]["blocks"][0]["rows"]

    assert [row["mark"] for row in rows if row["mark"]] == ["since 03/11/2026", "left on 10/11/2026"]


@pytest.mark.parametrize(
    ("who", "takes"),
    [
        ("vandamme", True),
        ("thys", False),
        ("lemaire", False),
        ("pirard", True),
        ("maes", False),
        ("diallo", False),
        ("noor", False),
        ("samira", False),
        ("nys", False),
        ("zoe", False),
    ],
)
def test_who_takes_a_gradebook_away(school, visit, who, takes):
    person = school.everybody[who]

    answer = visit("sheets:book", as_=person, group_id=school.maths_4tta.pk)

    assert answer.status_code == (200 if takes else 404)


def test_a_teacher_orders_all_her_books_in_one_archive(school, tap, visit, december):
    page = visit("sheets:books", as_=school.vandamme)
    assert "Math 4" in page.text

    tap("sheets:books", {"whose": "mine"}, as_=school.vandamme, htmx=False)
    work = Work.objects.get()
    books.make_books(work=work)

    assert "one archive" in visit("work:work", as_=school.vandamme, work_id=work.pk).text
    answer = visit("files:file", as_=school.vandamme, file_id=work.result_id)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    (name,) = archive.namelist()
    assert name == "4 Math 4 4TTA.pdf"
    assert is_tagged(archive.read(name))
    assert Trace.objects.get(act="sheets.take_books").by == school.vandamme


def test_the_head_orders_those_of_the_school_or_of_a_teacher_and_nobody_else_does(school, tap):
    assert school.everybody
    other = {"whose": str(school.thys.pk)}
    assert tap("sheets:books", {"whose": "school"}, as_=school.vandamme).status_code == 422
    assert tap("sheets:books", other, as_=school.vandamme).status_code == 422
    assert not Work.objects.exists()
    assert tap("sheets:books", {"whose": "school"}, as_=school.maes).status_code == 404

    tap("sheets:books", {"whose": "school"}, as_=school.pirard, htmx=False)
    books.make_books(work=(work := Work.objects.get()))
    assert len(zipfile.ZipFile(work.result.content.open()).namelist()) == 3
    assert (work.done, work.total) == (3, 3)

    tap("sheets:books", other, as_=school.pirard, htmx=False)
    assert Work.objects.get().details["teacher"] == school.thys.pk
    assert not StoredFile.objects.exists()  # The ones before made room.


def test_only_who_ordered_follows_and_takes_them_away(school, tap, visit):
    assert school.everybody
    answer = tap("sheets:books", {"whose": "mine"}, as_=school.vandamme, htmx=False)
    work = Work.objects.get()
    assert answer.url == f"/work/{work.pk}/"
    books.make_books(work=work)

    for colleague in (school.pirard, school.maes, school.thys):
        assert visit("work:work", as_=colleague, work_id=work.pk).status_code == 404
        assert visit("files:file", as_=colleague, file_id=work.result_id).status_code == 404


def test_a_year_without_groups_has_nothing_to_take(school, tap):
    with pytest.raises(books.NothingToTake):
        books.order_books(year=school.year, teacher=None, by=school.pirard, at=TUESDAY)


@pytest.mark.django_db(transaction=True)
def test_the_books_are_made_by_a_job(school, tap, december):
    tap("sheets:books", {"whose": "mine"}, as_=school.vandamme, htmx=False)

    jobs.do_what_waits()

    assert Work.objects.get().is_finished


@pytest.mark.parametrize("file", odd("hostile/blns.json"))
def test_naughty_words_are_drawn_as_words(school, december, file):
    data = book_data(school.maths_4tta, by=None)
    naughty = [{"name": word, "about": word, "text": word} for word in json.loads(file.content)]
    data["periods"][-1]["remarks"] = naughty

    assert is_tagged(compile_pdf(BOOK, data))
