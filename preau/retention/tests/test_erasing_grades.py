"""The tests of an old year go; results, decisions and the truth of the ledger stay."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from preau.gradebook import ledger, queries
from preau.gradebook.actions import reopen_gradebook
from preau.gradebook.actions.periods import KeptNoMore
from preau.gradebook.models import Assessment, Comment, Grade, Seal, SubGrade
from preau.gradebook.tests.builders import assessment, grade
from preau.gradebook.tests.test_nothing_is_changed_unseen import closed  # noqa: F401 – a fixture
from preau.grading.models import CourseResult
from preau.kit import clock, memory
from preau.kit.retention import kept_called
from preau.report_cards.actions import build_report_cards, corrections, order_build, publish_report_cards
from preau.report_cards.models import ReportCard
from preau.report_cards.queries.differences import differences_of
from preau.retention import actions
from preau.retention.queries import previews
from preau.retention.tests.builders import decided_as_proposed
from preau.structure.models import SchoolYear
from preau.trail.models import Trace

LATE = datetime(2029, 9, 12, 4, 0, tzinfo=ZoneInfo("Europe/Brussels"))
A_SUMMER_BEFORE = datetime(2029, 6, 12, 4, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def years_later(school, closed):  # noqa: F811
    """Three years on, the December in which everything was closed, and a French gradebook left open."""
    for begins in (2027, 2028, 2029):
        SchoolYear.objects.create(
            name=f"{begins}-{begins + 1}", starts_on=date(begins, 8, 24), ends_on=date(begins + 1, 7, 3)
        )
    left_open = assessment(school.physics_5ttb, school.december, by=school.thys)
    grade(left_open, school.alma, "11", by=school.thys)
    decided_as_proposed(school)
    memory.forget()
    return closed


def run(at=LATE):
    with clock.at(at):
        return actions.erase_what_is_due(at=at)


def chain(school):
    return queries.ledger_of(school.december)


def shown(school):
    return {
        (pupil, course): (result.computed, result.retained, result.share, result.fails)
        for (pupil, course), result in queries.period_results(school.december).items()
        if result.is_frozen
    }


def test_two_years_after_its_end_the_tests_of_a_year_go_and_results_stay(school, years_later):
    before = shown(school)
    assert before

    gone = run()

    assert gone["gradebook.tests"] == 3
    assert gone["gradebook.comments"] == 1
    assert not Grade.objects.filter(pupil__in=[school.noor, school.emma]).exists()
    assert not SubGrade.objects.exists()
    assert not Comment.objects.exists()
    assert not Assessment.objects.filter(group=school.maths_4tta).exists()
    assert shown(school) == before
    result = CourseResult.objects.get(pupil=school.noor, group=school.maths_4tta)
    assert (result.scores, result.deliberated, result.deliberated_because) == (None, 65, "Conseil")


def test_the_last_year_and_the_one_in_course_never_go_whatever_was_decided(school, years_later):
    with clock.at(datetime(2027, 6, 30, 4, 0, tzinfo=LATE.tzinfo)):
        actions.decide_period(
            kind=kept_called("gradebook.tests"), days=365, because="Conseil", by=school.pirard, at=clock.now()
        )
    for moment in (datetime(2027, 8, 1, 4, tzinfo=LATE.tzinfo), datetime(2028, 8, 1, 4, tzinfo=LATE.tzinfo)):
        assert "gradebook.tests" not in run(moment)
    assert run(datetime(2028, 9, 1, 4, tzinfo=LATE.tzinfo))["gradebook.tests"] == 3


def test_a_gradebook_that_was_never_closed_stays_whole(school, years_later):
    run()

    assert Grade.objects.get().pupil == school.alma
    assert "gradebook.tests" not in run()


def test_the_ledger_goes_on_saying_the_truth(school, visit, years_later):
    with clock.at(A_SUMMER_BEFORE):
        earlier = queries.read_ledger(json.loads(json.dumps(queries.ledger_file(school.december))))
    run()

    found = chain(school)
    assert found.is_intact
    assert [state.seal.act for state in found.states][-2:] == ["ERASED", "ERASED"]
    page = visit("gradebook:ledger", as_=school.pirard, query={"period": school.december.pk})
    assert "1 comment" in page.text
    assert "3 grades" in page.text
    taken = queries.read_ledger(json.loads(json.dumps(queries.ledger_file(school.december))))
    assert not any(finding.problems for finding in taken.inspect(taken.keys))
    assert taken.end(taken.keys) == []
    assert queries.replaced_since(earlier, taken.seals) == []


@pytest.mark.parametrize(
    "alter",
    [
        lambda school: CourseResult.objects.filter(pupil=school.noor).update(computed=90),
        lambda school: CourseResult.objects.filter(pupil=school.noor).update(deliberated=90),
        lambda school: CourseResult.objects.filter(pupil=school.emma).update(chosen=90),
        lambda school: CourseResult.objects.filter(pupil=school.emma).update(scores=[]),
        lambda school: CourseResult.objects.filter(pupil=school.emma).delete(),
        lambda school: Seal.objects.filter(act="ERASED").last().delete(),
        lambda school: Seal.objects.filter(act="ERASED").update(holds={}),
        lambda school: Seal.objects.filter(act="ERASED").update(covers={}),
        lambda school: _slip_a_grade_in(school),
    ],
)
def test_what_is_changed_after_the_erasure_is_still_found(school, years_later, alter):
    run()
    alter(school)

    assert not chain(school).is_intact


def _slip_a_grade_in(school):
    test = Assessment.objects.create(
        group=school.maths_4tta,
        period=school.december,
        category_id=Assessment.objects.get().category_id,
        title="Interro",
        held_on=date(2026, 11, 20),
        max_points=20,
    )
    Grade.objects.create(assessment=test, pupil=school.noor, points=20)


def test_what_was_changed_before_is_not_covered_by_erasing_it(school, years_later):
    Grade.objects.filter(pupil=school.noor, points=12).update(points=20)
    count = Grade.objects.count()

    gone = run()

    assert "gradebook.tests" not in gone
    assert Grade.objects.count() == count
    assert not chain(school).is_intact
    assert not Seal.objects.filter(act="ERASED").exists()


def test_a_chain_that_is_broken_elsewhere_stays_as_it_is(school, years_later):
    Seal.objects.filter(group=school.french_2cb).update(because="Autre chose")
    count = Grade.objects.count()

    assert "gradebook.tests" not in run()
    assert Grade.objects.count() == count


def test_of_who_is_held_nothing_goes_and_the_ledger_holds(school, years_later):
    with clock.at(A_SUMMER_BEFORE):
        held = actions.hold(
            person=school.noor, because="Recours au Conseil d'État", by=school.pirard, at=A_SUMMER_BEFORE
        )
    with clock.at(LATE):
        of_tests = next(it for it in previews(LATE) if it.kept.key == "gradebook.tests")
        assert (of_tests.due, of_tests.spared, of_tests.persons) == (1, 2, [school.emma])

    run()

    assert {each.pupil for each in Grade.objects.filter(assessment__group=school.maths_4tta)} == {school.noor}
    assert Comment.objects.get().pupil == school.noor
    assert SubGrade.objects.get().pupil == school.noor
    assert CourseResult.objects.get(pupil=school.noor, group=school.maths_4tta).scores
    assert chain(school).is_intact

    with clock.at(LATE):
        actions.lift(held=held, by=school.pirard, at=LATE)
        assert "gradebook.tests" not in actions.erase_what_is_due(at=LATE), "until tomorrow it is held"
    assert run(LATE.replace(day=13))["gradebook.tests"] == 2
    assert chain(school).is_intact


def test_done_twice_is_done_once(school, years_later):
    run()
    seals = Seal.objects.count()

    assert run() == {}
    assert Seal.objects.count() == seals


@pytest.mark.parametrize("dies_in", ["seal_erasure", "let_go_of_tests"])
def test_killed_half_way_nothing_is_gone(school, years_later, monkeypatch, dies_in):
    count, what = Grade.objects.count(), "preau.gradebook.actions.erasing.seal_erasure"

    def die(**_how):
        raise SystemExit

    if dies_in == "seal_erasure":
        monkeypatch.setattr(what, die)
    else:
        monkeypatch.setattr(Assessment, "delete", lambda *_args: die())
    with pytest.raises(SystemExit):
        run()
    monkeypatch.undo()

    assert Grade.objects.count() == count
    assert chain(school).is_intact
    assert run()["gradebook.tests"] == 3


def test_one_kind_that_fails_stops_no_other(school, years_later, monkeypatch):
    def fail(**_how):
        raise RuntimeError("the disk is full")

    trace = Trace.objects.create(by=school.maes, act="accounts.sign_in", at=LATE)
    Trace.objects.filter(pk=trace.pk).update(at=LATE.replace(year=2027))
    monkeypatch.setattr("preau.gradebook.actions.erasing.seal_erasure", fail)

    with pytest.raises(RuntimeError):
        run()

    assert not Trace.objects.filter(pk=trace.pk).exists()
    assert Grade.objects.filter(assessment__group=school.maths_4tta).count() == 3


def test_what_was_erased_cannot_be_reopened_and_the_pages_say_so(school, visit, years_later):
    run()

    with pytest.raises(KeptNoMore, match="the results would be lost"):
        reopen_gradebook(
            group=school.maths_4tta, period=school.december, because="Erreur", by=school.pirard, at=LATE
        )
    keys = {"group_id": school.maths_4tta.pk, "period_id": school.december.pk}
    with clock.at(LATE):
        sheet = visit("gradebook:sheet", as_=school.pirard, **keys)
        why = visit("gradebook:why", **keys, pupil_id=school.noor.pk)
        year = visit("gradebook:year", group_id=school.maths_4tta.pk)
    assert "The tests of this period were erased on 12/09/2029" in sheet.text
    assert "The tests of this period were erased on 12/09/2029" in why.text
    assert year.status_code == 200


def test_a_card_that_went_home_stays_as_it_is_once_its_comments_are_gone(school, years_later):
    with clock.at(datetime(2026, 12, 20, 12, tzinfo=LATE.tzinfo)):
        build_report_cards(period=school.december, by=school.pirard, at=clock.now(), draw=False)
        publish_report_cards(period=school.december, at=clock.now(), by=school.pirard)
    card = ReportCard.objects.get(pupil=school.noor)
    assert differences_of(school.december) == []
    run()

    assert differences_of(school.december) == []
    with pytest.raises(corrections.KeptNoMore, match="another card would be without it"):
        corrections.correct_report_card(card=card, reason="Erreur", by=school.pirard, at=LATE)
    with pytest.raises(corrections.KeptNoMore):
        order_build(period=school.december, by=school.pirard, at=LATE)
    assert ReportCard.objects.filter(pupil=school.noor).get().facts == card.facts


def test_an_erasure_leaves_a_trace_that_names_nobody(school, years_later):
    run()

    traces = Trace.objects.filter(act="retention.erase")
    assert {trace.details["count"] for trace in traces} >= {3, 1}
    assert all(trace.about is None and trace.by is None for trace in traces)


def test_an_older_seal_than_those_of_today_is_erased_too():
    """A chain of the first format covers grades alone: what its erasure covers may be gone."""
    entry = ledger.Entry(1, 1, 1, 1, "12.00", None, None, "", "", None, "2026-11-24T10:24:00+00:00")
    covers = ledger.covers_of({1: [entry]})
    facts = {"period": 1, "group": 7, "by": None, "at": ""}
    first = facts | {"number": 1, "previous": "", "covers": covers}
    erased = facts | {
        "number": 2,
        "previous": "a",
        "covers": covers,
        "format": 2,
        "act": ledger.ERASED,
        "holds": {},
        "because": "",
    }
    seals = [ledger.Sealed(first, "a", "", ""), ledger.Sealed(erased, "b", "", "")]

    def told(chain):
        found = ledger.inspect(chain, {7: ledger.Held({}, {ledger.CLOSING: "x"})}, keys=[])
        return [finding.grades for finding in found]

    assert told(seals[:1]) == [[1]]
    assert told(seals) == [[], []]
