"""The engine of imports knows nothing of a school: here a library brings its books in."""

from datetime import datetime

import pytest

from preau.kit.imports import kinds, values
from preau.kit.imports.kinds import BroughtFile, NoSuchKind, TableKind, Target
from preau.kit.imports.report import Report
from preau.kit.imports.work import Gone, Import
from preau.kit.refusals import Refusal

NOON = datetime(2026, 11, 24, 12)  # noqa: DTZ001


class LentOut(Refusal):
    words = "This book is lent out: wait until it is back."


class Shelf:
    """Books by title, and how many pages they have."""

    def __init__(self):
        self.books = {}
        self.lent = set()

    def bring(self, work, records):
        origins = work.origins("books")
        for record in records:
            record.subject = record["title"] or ""
            with work.looking_at(record):
                if record["title"] in self.lent:
                    raise LentOut
                if not record.wrongs:
                    record.is_new = record["title"] not in self.books
                    self.books[record["title"]] = record["pages"]
                    origins.see(record["title"], len(self.books))
        work.tell(records)
        work.tell_gone(origins, "books", among=lambda keys: [Gone(f"book {key}", key) for key in keys])


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def books(shelf):
    targets = (Target("title", "title", ("Titel",), longest=20), Target("pages", "pages", (), values.whole))
    return TableKind(
        key="books",
        label="Books",
        lead="One line for each book.",
        rank=1,
        source="library",
        bring=shelf.bring,
        targets=targets,
        needs=(("title",),),
    )


def work(before=None, **more):
    return Import(
        Report("books", "books.csv"), "library", NOON, brought_before=lambda _kind: before or {}, **more
    )


def brought(kind, tmp_path, text, **more):
    path = tmp_path / "books.csv"
    path.write_text(text)
    contents, doing = kind.read(BroughtFile(path, path.name)), work(**more)
    kind.bring(doing, contents.what)
    return doing


def test_a_table_becomes_records_and_a_report(books, shelf, tmp_path):
    done = brought(books, tmp_path, "Titel;PAGES;colour\nRomanée;120;red\nLagune;many;blue\n")

    assert shelf.books == {"Romanée": 120}
    assert done.report.counts["new"] == 1
    (wrong,) = [line for line in done.report.lines if line.status == "error"]
    assert (wrong.line, wrong.column, wrong.wrong) == (3, "PAGES", "“many” is not a number.")
    assert wrong.remedy == "Write a number like 13,5."


def test_columns_from_which_nothing_is_read_are_known(books, tmp_path):
    path = tmp_path / "books.csv"
    path.write_text("title;colour\nRomanée;red\n")

    assert books.read(BroughtFile(path, path.name)).left_out == ("colour",)


def test_what_is_refused_is_told_on_its_line(books, shelf, tmp_path):
    shelf.lent.add("Lagune")

    done = brought(books, tmp_path, "title;pages\nLagune;90\nRomanée;120\n")

    assert [(line.line, line.wrong) for line in done.report.lines if line.status == "error"] == [
        (2, "This book is lent out: wait until it is back.")
    ]
    assert shelf.books == {"Romanée": 120}


def test_what_the_source_no_longer_names_is_told_and_what_it_brings_is_remembered(books, tmp_path):
    done = brought(books, tmp_path, "title;pages\nRomanée;120\n", before={"Romanée": 1, "Lagune": 7})

    assert [line.subject for line in done.report.lines if line.status == "gone"] == ["book 7"]
    assert done.to_remember == {"books": {}}
    assert brought(books, tmp_path, "title;pages\nNeuf;1\n").to_remember == {"books": {"Neuf": 2}}


def test_a_file_with_an_error_does_not_say_what_is_gone(books, tmp_path):
    done = brought(books, tmp_path, "title;pages\nRomanée;many\n", before={"Lagune": 7})

    assert done.report.counts["gone"] == 0


def test_ending_much_at_once_wants_consent(books, tmp_path):
    ended = []

    def end(doing):
        doing.tell_gone(
            doing.origins("books"),
            "books",
            among=lambda keys: [Gone(str(key), key) for key in keys],
            end=lambda gone: ended.extend(one.record_id for one in gone),
        )

    asked = work(before={"a": 1, "b": 2}, ends_gone=True)
    end(asked)
    assert (asked.report.needs_consent, ended) == (True, [])
    assert asked.report.refused.startswith("This file would end 2 of 2 books.")

    end(work(before={"a": 1, "b": 2}, ends_gone=True, ends_many=True))
    assert ended == [1, 2]


def test_a_kind_is_declared_once_and_found_by_its_key(books, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.declare(books)

    assert kinds.kinds() == [books]
    assert kinds.kind_called("books") is books
    with pytest.raises(NoSuchKind, match=r"“dragons” is no kind of import\. The kinds are: books\."):
        kinds.kind_called("dragons")
    assert (kinds.label_of("books"), kinds.label_of("gone")) == ("Books", "gone")
