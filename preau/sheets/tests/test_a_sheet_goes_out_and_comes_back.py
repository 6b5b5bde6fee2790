"""An exported sheet comes back exactly: unchanged it changes nothing, changed it changes just that."""

import io
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.gradebook import actions, queries
from preau.gradebook.models import Comment, Grade
from preau.gradebook.tests.builders import TUESDAY, assessment, grade, sheet_of
from preau.kit.tables import read_lines, read_table, write_csv, write_ods, write_xlsx
from preau.people.models import Person
from preau.sheets.exports import sheet_columns, sheet_rows
from preau.sheets.sheetfiles import Choices, compare
from preau.sheets.sheetfiles.labels import column_labels, split_maximum

WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "ods": write_ods}
TITLES = ["Radicaux", "Radicaux", "=1+1", "Puissances /10", "  espaces   ", "Comment", "<b>Gras</b>", "Total"]
GRADES = st.one_of(
    st.just(""),
    st.sampled_from(["CM", "NR", "EXC", "ABI"]),
    st.integers(0, 2000).map(lambda it: f"{Decimal(it) / 100}"),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=30)


def written(page, suffix, rows=None):
    file = io.BytesIO()
    WRITERS[suffix](file, sheet_columns(page), list(sheet_rows(page)) if rows is None else rows)
    return file.getvalue()


def beside(page, content, suffix, **choices):
    return compare(page, read_lines(content, name=f"sheet.{suffix}"), Choices(**choices))


@pytest.fixture
def keep(school):
    """Keep grades and comments in a sheet of assessments with difficult titles; return the sheet."""
    pupils = [school.emma, school.noor]
    where = {"group": school.maths_4tta, "period": school.december}
    tests = [assessment(**where, by=school.vandamme, title=title) for title in TITLES]

    def keep(cells, words):
        Grade.objects.all().delete()
        Comment.objects.all().delete()
        for place, typed in enumerate(cells):
            grade(tests[place % len(tests)], pupils[place // len(tests)], typed, by=school.vandamme)
        for pupil, text in zip(pupils, words, strict=True):
            actions.write_comment(**where, pupil=pupil, text=text, by=school.vandamme, at=TUESDAY)
        return queries.sheet(**where)

    return keep


SEVERAL_CELLS = st.lists(GRADES, min_size=2 * len(TITLES), max_size=2 * len(TITLES))
TWO_WORDS = st.lists(WORDS, min_size=2, max_size=2)
A_FEW_TIMES = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@A_FEW_TIMES
@given(cells=SEVERAL_CELLS, words=TWO_WORDS, suffix=st.sampled_from(["csv", "ods"]))
def test_what_went_out_changes_nothing_when_it_comes_back(keep, cells, words, suffix):
    page = keep(cells, words)

    found = beside(page, written(page, suffix), suffix, empties=True)

    assert found.problems == []
    assert (found.changes, found.comments, found.fresh) == ([], [], {})
    assert found.recognised == 2


@A_FEW_TIMES
@given(cells=SEVERAL_CELLS, edits=SEVERAL_CELLS, words=TWO_WORDS, suffix=st.sampled_from(["csv", "ods"]))
def test_what_was_typed_elsewhere_is_what_stands_here_afterwards(keep, school, cells, edits, words, suffix):
    page = keep(cells, ["", ""])
    rows = list(sheet_rows(page))
    wanted = [edits[: len(TITLES)], edits[len(TITLES) :]]
    for row, typed, text in zip(rows, wanted, words, strict=True):
        row[2 : 2 + len(TITLES)] = [Decimal(it) if it[:1].isdigit() else it for it in typed]
        row[-2] = text

    found = beside(page, written(page, suffix, rows), suffix, empties=True)
    actions.import_grades(
        grades=[
            actions.ImportedGrade(
                found.columns[change.column].choice.assessment_id, change.pupil.pk, change.typed
            )
            for change in found.changes
        ],
        by=school.vandamme,
        at=TUESDAY,
    )

    assert found.problems == []
    after = queries.sheet(page.group, page.period)
    stands = [[cell.token or cell.points for cell in row.cells] for row in after.rows]
    typed = [[Decimal(it) if it[:1].isdigit() else it or None for it in row] for row in wanted]
    assert [[it or None if it != 0 else it for it in row] for row in stands] == typed


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "ods"])
def test_lines_and_columns_may_be_put_in_another_order(keep, school, suffix):
    page = keep(["12"] * 2 * len(TITLES), ["", ""])
    rows = list(sheet_rows(page))
    rows[1][2], rows[1][3] = Decimal(7), Decimal(8)
    order = [0, *reversed(range(1, len(rows[0])))]
    titles = sheet_columns(page)
    file = io.BytesIO()
    WRITERS[suffix](file, [titles[it] for it in order], [[row[it] for it in order] for row in reversed(rows)])

    found = beside(page, file.getvalue(), suffix)

    first, second = column_labels(page.assessments)[:2]
    assert {change.title: (change.pupil, change.new) for change in found.changes} == {
        first: (school.noor, "7"),
        second: (school.noor, "8"),
    }


def test_a_pupil_renamed_meanwhile_is_known_by_the_key(keep, school):
    page = keep(["12"] * 2 * len(TITLES), ["", ""])
    content = written(page, "xlsx")
    Person.objects.filter(pk=school.noor.pk).update(given_name="Nour")

    found = beside(queries.sheet(page.group, page.period), content, "xlsx")

    assert found.recognised == 2


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "anything"])
def test_the_sheet_leaves_in_three_forms(school, visit, kind):
    assessment(school.maths_4tta, school.december, by=school.vandamme)

    where = sheet_of(school.maths_4tta, school.december)
    answer = visit("sheets:export", as_=school.vandamme, query={"kind": kind}, **where)

    suffix = "xlsx" if kind == "anything" else kind
    table = read_table(b"".join(answer.streaming_content), name=f"sheet.{suffix}", header_line=1)
    assert table.columns[:3] == ("Pupil", "Class", "Radicaux /20")
    assert [row[-1] for row in table.rows] in (
        [school.emma.pk, school.noor.pk],
        [str(school.emma.pk), str(school.noor.pk)],
    )


def test_a_token_leaves_as_its_sign(school, visit):
    roots = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(roots, school.noor, "CM", by=school.vandamme)

    where = sheet_of(school.maths_4tta, school.december)
    sheet = visit("sheets:export", as_=school.vandamme, query={"kind": "csv"}, **where)

    lines = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[:3] == ["Pupil", "Class", "Radicaux /20"]
    assert lines[2].split(";")[:3] == ["Haddad Noor", "4TTA", "CM"]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Interro 3 /20", ("Interro 3", "20")),
        ("Interro 3 (sur 12,5)", ("Interro 3", "12.5")),
        ("Toets op 10", ("Toets", "10")),
        ("Test out of 40 pts", ("Test", "40")),
        ("Exam (/100)", ("Exam", "100")),
        ("Test max: 20", ("Test", "20")),
        ("Chapitre 3", ("Chapitre 3", "")),
        ("Le sursis", ("Le sursis", "")),
    ],
)
def test_a_title_says_what_it_is_out_of(title, parts):
    assert split_maximum(title) == parts
