"""Long work is asked for, done aside, followed by whoever may, and ends with a result or a sentence."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from preau.files.models import StoredFile
from preau.kit import clock
from preau.kit.jobs import do_what_waits
from preau.kit.storage import names_in
from preau.work import actions, declared
from preau.work.models import State, Work
from preau.work.queries import sentence
from preau.work.rules import may_follow_work, may_take_result
from preau.work.tasks import do_work, start

from .conftest import PORTRAITS, NoNail


def page_of(visit, work, person, *, htmx=False):
    return visit("work:work", as_=person, headers={"HX-Request": "true"} if htmx else {}, work_id=work.pk)


@pytest.mark.django_db(transaction=True)
def test_it_is_done_aside_and_whoever_waits_sees_it(asked, school, visit):
    start(asked, size=11)
    waiting = page_of(visit, asked, school.vandamme)
    assert "It waits for its turn" in waiting.text
    assert '<meta http-equiv="refresh" content="2">' in waiting.text
    assert f'hx-get="/work/{asked.pk}/"' in waiting.text

    do_what_waits()

    there = page_of(visit, asked, school.vandamme)
    assert "All 4 hang." in there.text
    assert "http-equiv" not in there.text
    assert "hx-get" not in page_of(visit, asked, school.vandamme, htmx=True).text
    assert 'href="/portraits/"' in there.text


@pytest.mark.parametrize(("size", "is_at_once"), [(None, False), (11, False), (10, True), (0, True)])
def test_small_work_is_done_at_once(asked, django_capture_on_commit_callbacks, size, is_at_once):
    with django_capture_on_commit_callbacks(execute=True):
        start(asked, size=size)

    assert Work.objects.get().is_finished is is_at_once
    assert DBTaskResult.objects.exists() is not is_at_once


def test_the_fragment_alone_comes_back_to_a_page_that_asks_for_it(asked, school, visit):
    part = page_of(visit, asked, school.vandamme, htmx=True)

    assert "<html" not in part.text
    assert 'id="work"' in part.text
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize(
    ("who", "follows", "takes"),
    [
        ("vandamme", True, True),  # asked for it
        ("maes", True, False),  # does such work in the school
        ("pirard", False, False),
        ("thys", False, False),
        ("nys", False, False),
        ("noor", False, False),
        ("samira", False, False),
        ("zoe", False, False),
    ],
)
def test_who_follows_it_and_who_takes_its_result(asked, school, visit, who, follows, takes):
    person = school.everybody[who]

    assert may_follow_work.allows(person, asked) is follows
    assert may_take_result.allows(person, asked) is takes
    assert (page_of(visit, asked, person).status_code == 200) is follows


def test_a_refusal_ends_it_with_its_sentence(asked, portraits, school, visit):
    portraits.goes_wrong = NoNail()
    start(asked, size=1)

    assert asked.state == State.REFUSED
    assert "There is no nail left. Buy some." in page_of(visit, asked, school.vandamme).text


def test_what_breaks_is_told_to_whoever_waits_and_to_those_who_mend(asked, portraits, caplog):
    portraits.goes_wrong = OSError("No space left on device")
    with pytest.raises(OSError, match="No space"):
        start(asked, size=1)

    known = Work.objects.get()
    assert known.state == State.REFUSED
    assert sentence(known) == "Something went wrong on our side. Ask for it again."
    assert "No space left on device" in caplog.text


def test_silence_tells_that_the_worker_died_and_it_can_be_done_again(asked, school, school_day, visit):
    Work.objects.update(begun_at=school_day, told_at=school_day, done=1, total=4)
    with clock.at(school_day + timedelta(seconds=119)):
        assert Work.objects.get().state == State.UNDER_WAY
    with clock.at(school_day + timedelta(seconds=121)):
        assert Work.objects.get().state == State.LOST
        assert "stopped at 1 of 4" in page_of(visit, asked, school.vandamme).text
        do_work.call(work_id=asked.pk)
        assert Work.objects.get().state == State.FINISHED


def test_work_waits_an_hour_for_its_turn_before_it_is_given_up(asked, school_day):
    with clock.at(school_day + timedelta(minutes=59)):
        assert asked.state == State.WAITING
    with clock.at(school_day + timedelta(minutes=61)):
        assert asked.state == State.LOST


def test_it_speaks_the_language_of_whoever_asked(asked, portraits, school, monkeypatch):
    said = []
    monkeypatch.setattr(portraits, "hang", lambda progress: said.append(translation.get_language()))
    school.vandamme.language = "nl"
    school.vandamme.save()
    actions.carry_out(work=Work.objects.get(), act=portraits.hang)

    assert said == ["nl"]


def test_a_result_is_kept_for_whoever_asked_and_makes_room_for_the_next(
    asked, school, visit, django_capture_on_commit_callbacks
):
    actions.make_file(work=asked, suffix="zip", write=lambda target, progress: target.write(b"PK"), total=1)

    page = page_of(visit, asked, school.vandamme)
    assert f'href="/files/{asked.result_id}/"' in page.text
    assert asked.result.name == "Portraits.zip"
    assert str(asked.result_id) not in page_of(visit, asked, school.maes).text
    with django_capture_on_commit_callbacks(execute=True):
        actions.make_room(what=PORTRAITS, by=school.vandamme)
    assert (Work.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert list(names_in(default_storage)) == []
    do_work.call(work_id=asked.pk)  # It was ordered before, and nobody waits for it any more.


def test_work_without_a_sentence_leads_on_by_itself(asked, school, visit, monkeypatch):
    monkeypatch.setitem(declared._declared, PORTRAITS, declared.LongWork(PORTRAITS, lambda work: None))
    actions.carry_out(work=asked, act=lambda progress: None)

    assert page_of(visit, asked, school.vandamme).headers["Location"] == "/portraits/"
    assert page_of(visit, asked, school.vandamme, htmx=True).headers["HX-Redirect"] == "/portraits/"


def test_work_that_no_app_does_any_more_is_shown_and_never_done(asked, school, visit, monkeypatch):
    monkeypatch.delitem(declared._declared, PORTRAITS)
    do_work.call(work_id=asked.pk)
    actions.carry_out(work=asked, act=lambda progress: None)

    assert "a part of Préau that is gone" in page_of(visit, asked, school.vandamme).text
