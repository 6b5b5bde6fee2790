"""A book that chapters write together."""

import random

import pytest
from django.contrib.contenttypes.models import ContentType

from preau.kit import clock, demo
from preau.kit.demo import Book, Line, Options, Summary


class Garden:
    """Something a chapter leaves."""


@pytest.fixture
def chapters(monkeypatch):
    """No chapter but those of this test; none is looked for in the apps."""
    monkeypatch.setattr(demo, "_chapters", {})
    monkeypatch.setattr(demo, "autodiscover_modules", lambda _name: None)


def _chapter(rank, name, write):
    write.__module__ = name
    return demo.chapter(rank=rank)(write)


def test_chapters_are_written_in_the_order_of_their_ranks(chapters, db):
    written = []
    _chapter(20, "second", lambda book: written.append("second"))
    _chapter(10, "first", lambda book: written.append("first"))

    demo.open_demonstration()

    assert written == ["first", "second"]


def test_a_chapter_finds_what_an_earlier_one_left(chapters, db):
    garden, found = Garden(), []
    _chapter(1, "gardener", lambda book: book.leave(garden))
    _chapter(2, "visitor", lambda book: found.append(book.find(Garden)))

    demo.open_demonstration()

    assert found == [garden]


def test_what_no_chapter_left_is_not_found():
    with pytest.raises(KeyError):
        Book(Options()).find(Garden)


def test_the_summary_counts_what_was_written_and_how_long_it_took(chapters, db):
    _chapter(1, "counter", lambda book: book.tell("flowers", 12))

    summary = demo.open_demonstration()

    assert summary.lines == [Line("flowers", 12)]
    assert summary.seconds > 0
    assert "12  flowers" in str(summary)


def test_an_empty_summary_can_be_printed():
    assert str(Summary()).split()[0] == "0.0"


def test_all_is_written_or_nothing(chapters, db):
    _chapter(1, "builder", lambda book: ContentType.objects.create(app_label="garden", model="tree"))
    _chapter(2, "clumsy", lambda book: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        demo.open_demonstration()

    assert not ContentType.objects.filter(app_label="garden").exists()


def test_progress_grows_to_the_end(chapters, db):
    told = []
    _chapter(1, "slow", lambda book: book.is_at(0.5))
    _chapter(2, "quick", lambda book: None)

    demo.open_demonstration(progress=lambda done, total: told.append((done, total)))

    assert told == [(25, 100), (50, 100), (100, 100)]


def test_each_source_of_chance_is_its_own_and_always_the_same():
    book = Book(Options(seed=7))

    assert book.rng("names").random() == book.rng("names").random()
    assert book.rng("names").random() != book.rng("grades").random()
    assert book.rng("names").random() != Book(Options(seed=8)).rng("names").random()


def test_the_chance_of_others_is_left_alone():
    random.seed(1)
    before = random.getstate()

    Book(Options()).rng("names").random()

    assert random.getstate() == before


@pytest.mark.parametrize(("number", "pupils", "scaled"), [(106, 1000, 106), (106, 100, 11), (3, 60, 1)])
def test_numbers_follow_the_size_of_the_school(number, pupils, scaled):
    assert Book(Options(pupils=pupils)).scaled(number) == scaled


def test_the_demonstration_lives_on_its_day_whatever_the_day_outside(chapters, db, settings):
    days = []
    settings.SCHOOL_DAY = "2027-06-08"
    _chapter(1, "diarist", lambda book: days.append(clock.today().isoformat()))

    demo.open_demonstration()

    assert days == ["2027-06-08"]
