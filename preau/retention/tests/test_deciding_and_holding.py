"""The head decides how long things are kept, and of whom nothing goes; others read it, or not at all."""

from datetime import timedelta

import pytest

from preau.accounts.reactions import SIGN_IN
from preau.gradebook.actions.looks import LOOK_AT_RESULTS
from preau.kit import clock
from preau.kit.retention import kept, kept_called
from preau.people.models import Duty, Person
from preau.retention import actions
from preau.retention.models import Decision, LegalHold
from preau.retention.queries import due_of, held_persons, hold_of, period_of, periods
from preau.retention.rules import may_decide_periods, may_hold, may_read_retention, may_read_whom
from preau.trail.actions import note, note_look, note_look_at, place_of
from preau.trail.models import Trace

LOOKS, CONNECTIONS = "trail.looks", "trail.connections"
A_WEEK = timedelta(days=7)


def decide(school, days, *, at, kind=CONNECTIONS, by=None):
    with clock.at(at):
        return actions.decide_period(
            kind=kept_called(kind), days=days, because="Conseil", by=by or school.pirard, at=at
        )


@pytest.mark.parametrize(
    ("who", "reads", "decides", "reads_whom", "holds"),
    [
        ("pirard", True, True, True, True),  # the head
        ("nys", True, True, False, False),  # looks after the system, reads no pupil
        ("maes", False, False, False, False),
        ("diallo", False, False, False, False),
        ("vandamme", False, False, False, False),
        ("noor", False, False, False, False),
        ("samira", False, False, False, False),
        ("zoe", False, False, False, False),
    ],
)
def test_who_may(school, visit, who, reads, decides, reads_whom, holds):
    person = school.everybody[who]

    assert may_read_retention.admits(person) is reads
    assert may_decide_periods.admits(person) is decides
    assert may_read_whom.admits(person) is reads_whom
    assert may_hold.allows(person, school.noor) is holds
    for page, opens in (("periods", reads), ("next_run", reads)):
        assert (visit(f"retention:{page}", as_=person).status_code == 200) is opens
    assert (visit("retention:period", kind=LOOKS).status_code == 200) is decides
    assert (visit("retention:hold", somebody_id=school.noor.pk).status_code == 200) is holds


def test_a_deputy_holds_and_the_data_protection_officer_reads(school):
    Duty.objects.create(person=school.thys, kind=Duty.Kind.DEPUTY, starts_on="2026-08-24")
    Duty.objects.create(person=school.lemaire, kind=Duty.Kind.DATA_PROTECTION, starts_on="2026-08-24")

    deputy, officer = (Person.objects.get(pk=who.pk) for who in (school.thys, school.lemaire))

    assert may_hold.allows(deputy, school.noor)
    assert not may_decide_periods.admits(deputy)
    assert may_read_whom.admits(officer)
    assert not may_hold.allows(officer, school.noor)


def test_the_head_decides_on_the_page_with_a_reason(school, visit, tap):
    page = visit("retention:period", as_=school.pirard, kind=CONNECTIONS)
    assert "Now they are kept for 365 days." in page.text

    said = {"days": "400", "because": "Règlement d'ordre intérieur, article 12", "confirmed": "yes"}
    tap("retention:period", said, kind=CONNECTIONS, htmx=False)

    page = visit("retention:periods")
    assert "400 days" in page.text
    assert "Paul Pirard, 24/11/2026: Règlement" in page.text
    trace = Trace.objects.get(act="retention.decide_period")
    assert (trace.by, trace.details["days"]) == (school.pirard, 400)


@pytest.mark.parametrize(
    ("days", "because", "wrong"),
    [
        ("12", "Conseil", "These are kept for 365 days at least."),
        ("", "Conseil", "This field is required."),
        ("douze", "Conseil", "Enter a whole number."),
        ("-1", "Conseil", "greater than or equal to 0"),
        ("400", "", "This field is required."),
        ("99999999", "Conseil", "less than or equal to 36500"),
    ],
)
def test_what_is_not_understood_decides_nothing(school, tap, days, because, wrong):
    answer = tap(
        "retention:period",
        {"days": days, "because": because, "confirmed": "yes"},
        as_=school.pirard,
        kind=LOOKS,
        htmx=False,
    )

    assert answer.status_code == 422
    assert wrong in answer.text
    assert not Decision.objects.exists()
    assert period_of(kept_called(LOOKS)).days == 5 * 365


def test_nothing_of_a_pupils_file_goes_before_somebody_has_decided(school, visit, school_day):
    words = kept_called("report_cards.words")
    page = visit("retention:periods", as_=school.pirard)
    assert "Of 6 kinds nobody has decided yet" in page.text
    assert "for ever until it is decided; proposed: 730 days" in page.text
    assert due_of(words, period_of(words), [], school_day + timedelta(days=9999)).query.is_empty()

    asked = visit("retention:period", kind=words.key)
    assert "Nobody has decided yet" in asked.text
    assert asked.context["form"].initial == {"days": 730}
    decide(school, 730, at=school_day, kind=words.key)

    assert "Of 5 kinds nobody has decided yet" in visit("retention:periods").text
    for days, is_applied in ((6, False), (8, True)):
        with clock.at(school_day + timedelta(days=days)):
            assert bool(period_of(words).days_at(clock.now())) is is_applied


def test_a_host_who_says_how_long_has_decided(settings):
    settings.RETENTION_DAYS = {"gradebook.tests": 900}

    assert kept_called("gradebook.tests").usual_here == 900
    assert kept_called("gradebook.comments").usual_here == 0


def test_nobody_decides_about_what_no_app_keeps(school, visit):
    assert visit("retention:period", as_=school.pirard, kind="moon.phases").status_code == 404


def test_for_ever_is_allowed_and_erases_nothing(school, school_day):
    decide(school, 0, at=school_day)
    period = period_of(kept_called(CONNECTIONS))

    assert not due_of(kept_called(CONNECTIONS), period, [], school_day + timedelta(days=9999)).exists()


def test_a_longer_period_holds_at_once_and_a_shorter_one_waits_a_week(school, school_day):
    connections = kept_called(CONNECTIONS)
    _sign_in(school, school_day - timedelta(days=380))
    _sign_in(school, school_day - timedelta(days=200))

    decide(school, 400, at=school_day)
    assert _due(connections, school_day) == 0

    decide(school, 100, at=school_day + timedelta(days=1))
    assert _due(connections, school_day + timedelta(days=2)) == 0, "the former 400 days still hold"
    assert _due(connections, school_day + timedelta(days=8)) == 2


def test_to_lengthen_again_within_the_week_takes_a_slip_back(school, school_day):
    connections = kept_called(CONNECTIONS)
    _sign_in(school, school_day - timedelta(days=200))
    decide(school, 1, at=school_day)
    decide(school, 365, at=school_day + timedelta(days=2))

    assert _due(connections, school_day + timedelta(days=30)) == 0


def test_deciding_short_every_day_does_not_shorten_the_wait(school, school_day):
    connections = kept_called(CONNECTIONS)
    _sign_in(school, school_day - timedelta(days=200))
    for day in range(5):
        decide(school, 100 - day, at=school_day + timedelta(days=day))

    assert _due(connections, school_day + timedelta(days=10)) == 0
    assert _due(connections, school_day + timedelta(days=11)) == 1


def _sign_in(school, at):
    trace = note(SIGN_IN, by=school.maes, about=school.maes)
    Trace.objects.filter(pk=trace.pk).update(at=at)


def _due(kind, at):
    with clock.at(at):
        return due_of(kind, period_of(kind), held_persons(), at).count()


def test_the_page_counts_what_the_run_then_erases(school, visit, school_day):
    _sign_in(school, school_day - timedelta(days=400))
    page = visit("retention:next_run", as_=school.pirard)
    assert [(it.kept.key, it.due) for it in page.context["previews"]] == [(CONNECTIONS, 1)]
    assert "Maes Anouk" in page.text
    assert "Maes Anouk" not in visit("retention:next_run", as_=school.nys).text

    assert actions.erase_what_is_due(at=school_day) == {CONNECTIONS: 1}
    assert "Nothing goes next." in visit("retention:next_run", as_=school.pirard).text


def test_the_head_holds_what_is_about_a_person_and_lets_it_go(school, visit, tap, school_day):
    _sign_in(school, school_day - timedelta(days=400))
    person = {"somebody_id": school.maes.pk}
    assert "Legal hold" in visit("people:person", as_=school.pirard, somebody_id=school.maes.pk).text

    tap("retention:hold", {"because": "Recours", "confirmed": "yes"}, htmx=False, **person)

    held = LegalHold.objects.get()
    assert (held.person, held.because, held.set_by) == (school.maes, "Recours", school.pirard)
    assert Trace.objects.get(act="retention.hold").about == school.maes
    assert "1 stays: it is held." in visit("retention:next_run").text
    assert "Maes Anouk" in visit("retention:periods").text
    assert "Maes Anouk" not in visit("retention:periods", as_=school.nys).text
    assert actions.erase_what_is_due(at=school_day) == {}

    again = tap(
        "retention:hold", {"because": "Recours", "confirmed": "yes"}, as_=school.pirard, htmx=False, **person
    )
    assert again.status_code == 422
    assert "is held already" in again.text

    asked = tap("retention:lifting", as_=school.pirard, htmx=False, hold_id=held.pk)
    assert "It was held because: Recours" in asked.text
    tap("retention:lifting", {"confirmed": "yes"}, htmx=False, hold_id=held.pk)
    tomorrow = school_day + timedelta(days=1)
    with clock.at(tomorrow):
        assert hold_of(school.maes) is None
        assert actions.erase_what_is_due(at=tomorrow) == {CONNECTIONS: 1}


def test_a_hold_keeps_the_looks_at_a_class_in_which_the_pupil_was(school, school_day):
    assert school.everybody
    long_ago = school_day + timedelta(days=6 * 365)
    for group in (school.class_4tta, school.class_5ttb):
        note_look_at(LOOK_AT_RESULTS, by=school.diallo, place=place_of(group), subject=str(group))
    note_look(LOOK_AT_RESULTS, by=school.diallo, about=school.noor)
    note_look(LOOK_AT_RESULTS, by=school.diallo, about=school.alma)
    actions.hold(person=school.noor, because="Recours", by=school.pirard, at=school_day)

    with clock.at(long_ago):
        actions.erase_what_is_due(at=long_ago)

    left = Trace.objects.filter(is_look=True)
    assert {(trace.about, trace.place) for trace in left} == {
        (school.noor, ""),
        (None, place_of(school.class_4tta)),
    }


def test_what_nobody_can_tell_whose_it_is_stays_while_anybody_is_held(school, school_day):
    lines = kept_called("exchange.lines")
    assert lines.whose == ()
    records = lines.old(school_day)

    assert lines.spared(records, [school.noor]).query.is_empty()
    assert lines.spared(records, []) is records


@pytest.mark.parametrize("kind", kept(), ids=lambda kind: kind.key)
def test_each_kind_counts_names_and_goes_twice_without_harm(school, school_day, kind):
    """Nothing is there: what is asked of each kind is understood by both databases all the same."""
    assert school.everybody
    actions.hold(person=school.noor, because="Recours", by=school.pirard, at=school_day)

    records = kind.spared(kind.due(school_day, days=1), held_persons())

    assert records.count() == len(records)
    for path in kind.whose:
        assert list(records.values_list(path, flat=True)) == []
    erase = kind.erases or actions.delete_all
    assert erase(records, school_day) == 0
    assert erase(records, school_day) == 0
    assert 0 <= kind.least <= kind.usual
    assert kind.key in periods()
