from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from preau.kit import clock, traces
from preau.kit.traces import TracedAct, traced_acts
from preau.trail import queries
from preau.trail.actions import note, note_look
from preau.trail.models import Trace
from preau.trail.words import sentence_of

BRUSSELS = ZoneInfo("Europe/Brussels")


MOVE = TracedAct("test.move", "moved the pupil to %(subject)s")
RENAME = TracedAct("test.rename", "changed a name")
LOOK = TracedAct("test.file", "opened the file")
PLAN = TracedAct("test.plan", "made a plan for %(subject)s", reserved=True)
OURS = {act.code: traces._declared.pop(act.code) for act in (MOVE, RENAME, LOOK, PLAN)}


@pytest.fixture(autouse=True)
def _acts_that_no_other_test_meets(monkeypatch):
    for code, act in OURS.items():
        monkeypatch.setitem(traces._declared, code, act)


def test_the_head_reads_who_did_what_in_words(school, visit):
    note(MOVE, by=school.maes, about=school.noor, subject="4TTB")

    page = visit("trail:acts", as_=school.pirard)

    assert "Anouk Maes" in page.text
    assert "moved the pupil to 4TTB" in page.text
    assert "Noor Haddad" in page.text


def test_a_teacher_finds_no_trail(school, visit):
    assert visit("trail:acts", as_=school.vandamme).status_code == 404


def test_the_trail_can_be_narrowed_by_who_whom_what_and_when(school, visit):
    with clock.at(datetime(2026, 10, 1, 8, tzinfo=BRUSSELS)):
        note(MOVE, by=school.maes, about=school.noor, subject="4TTB")
    note(RENAME, by=school.nys, about=school.emma)

    def found(**query):
        return [trace.act for trace in visit("trail:acts", as_=school.pirard, query=query).context["page"]]

    assert found() == ["test.rename", "test.move"]
    assert found(who="maes") == ["test.move"]
    assert found(about="claes") == ["test.rename"]
    assert found(act="test.move") == ["test.move"]
    assert found(until="2026-10-01") == ["test.move"]
    assert found(since="2026-10-02") == ["test.rename"]
    assert found(who="nobody") == []


def test_a_date_that_is_none_filters_nothing(school, visit):
    note(RENAME, by=school.nys)

    page = visit("trail:acts", as_=school.pirard, query={"since": "yesterday", "act": "'; --"})

    assert page.status_code == 200
    assert len(page.context["page"]) == 1


def test_a_long_trail_is_read_page_by_page_at_the_same_cost(school, visit, django_assert_max_num_queries):
    for _number in range(120):
        note(RENAME, by=school.maes, about=school.noor)

    visit("trail:acts", as_=school.pirard)
    with django_assert_max_num_queries(10):
        page = visit("trail:acts", query={"page": 2})

    assert len(page.context["page"]) == 50


def test_a_mother_sees_who_looked_at_the_file_of_her_daughter(school, visit):
    note_look(LOOK, by=school.vandamme, about=school.noor)

    page = visit("trail:looks", as_=school.samira, pupil_id=school.noor.pk)

    assert "Claire Vandamme" in page.text
    assert "opened the file" in page.text
    assert visit("trail:looks", as_=school.ines, pupil_id=school.noor.pk).status_code == 404


def test_a_file_at_which_nobody_looked_says_so(school, visit):
    page = visit("trail:looks", as_=school.noor, pupil_id=school.noor.pk)

    assert "Nobody has looked yet" in page.text


def test_looks_within_half_an_hour_are_one_and_ones_own_is_none(school, school_day):
    note_look(LOOK, by=school.vandamme, about=school.noor)
    note_look(LOOK, by=school.vandamme, about=school.noor)
    note_look(LOOK, by=school.noor, about=school.noor)
    with clock.at(school_day + timedelta(minutes=40)):
        note_look(LOOK, by=school.vandamme, about=school.noor)

    assert [trace.by for trace in queries.looks_at(school.noor)] == [school.vandamme, school.vandamme]


def test_an_act_whose_app_has_gone_is_still_shown(school, visit):
    Trace.objects.create(act="gone.act", by=school.maes, at=clock.now())

    assert "did something that has no name yet" in visit("trail:acts", as_=school.pirard).text


def test_what_a_person_did_comes_last_first(school, school_day):
    note(MOVE, by=school.maes)
    with clock.at(school_day + timedelta(hours=1)):
        note(RENAME, by=school.maes)
    note(RENAME, by=school.nys)

    assert [trace.act for trace in queries.acts_of(school.maes)] == ["test.rename", "test.move"]


def test_the_administrator_does_not_read_what_says_something_of_a_pupil(school, visit):
    note(PLAN, by=school.pirard, about=school.noor, subject="Noor Haddad")

    for who, reads in ((school.pirard, True), (school.nys, False)):
        for query in ({}, {"act": "test.plan"}):
            assert ("made a plan" in str(found_by(visit, who, query))) is reads
        home = visit("portal:today", as_=who).text
        assert ("made a plan" in home) is reads


def found_by(visit, who, query):
    return [str(sentence_of(trace)) for trace in visit("trail:acts", as_=who, query=query).context["page"]]


def test_what_says_something_of_a_pupil_is_declared_so():
    """A plan, a right taken from a parent, a card held: none of them is for technical eyes."""
    reserved = {act.code for act in traced_acts() if act.reserved}

    plans = {act.code for act in traced_acts() if act.code.startswith("follow_up.") and "plan" in act.code}

    assert plans <= reserved
    assert {"people.change_rights", "people.relate_guardian", "report_cards.hold"} <= reserved
