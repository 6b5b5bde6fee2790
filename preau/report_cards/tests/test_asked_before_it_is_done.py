"""Great acts on report cards are asked about first; what is refused comes back as it was typed."""

import pytest

from preau.gradebook.actions import close_period
from preau.kit import clock
from preau.report_cards import actions
from preau.report_cards.models import Build, Hold, Release, ReportCard, TutorWord
from preau.report_cards.rules import may_read_card
from preau.work.models import Work

from .builders import CONFIRMED, EVENING, FRIDAY, card_of, graded, made, published

ONCE = {"once": "A2345678901b"}


@pytest.fixture
def december(school):
    graded(school)
    return {"period_id": school.december.pk}


def test_closing_tells_how_many_and_what_is_lost_then_closes(school, december, visit, tap):
    school.maths_4tta.assessments.get(title="Examen").grades.filter(pupil=school.emma).delete()
    question = visit("report_cards:closing", as_=school.pirard, **december).text
    assert "4 gradebooks that are still open are closed" in question
    assert "4 grades are not typed: they count nowhere then." in question

    asked = tap("report_cards:closing", htmx=False, **december)
    assert "4 gradebooks that are still open are closed" in asked.text
    assert not school.maths_4tta.closings.exists()

    tap("report_cards:closing", CONFIRMED, htmx=False, **december)
    assert "4 gradebooks are closed now" in visit("report_cards:period", **december).text
    assert school.maths_4tta.closings.exists()


def test_making_says_what_becomes_of_the_cards_that_are_there(school, december, visit):
    def question():
        return visit("report_cards:builds", as_=school.maes, **december).text

    assert "3 classes wait for open gradebooks" in question()
    close_period(period=school.december, by=school.pirard, at=FRIDAY)
    assert "4 report cards are made from the closed gradebooks." in question()
    made(school)
    assert "a new draft replaces the old one" in question()
    actions.publish_report_cards(period=school.december, by=school.pirard, at=FRIDAY)
    assert "Those that are published stay as they are" in question()


def test_making_is_ordered_once_however_often_the_button_is_pressed(school, december, tap, monkeypatch):
    monkeypatch.setattr("preau.report_cards.views.making.start", lambda _work: None)
    tap("report_cards:closing", CONFIRMED, as_=school.pirard, htmx=False, **december)

    first = tap("report_cards:builds", CONFIRMED | ONCE, htmx=False, **december)
    again = tap("report_cards:builds", CONFIRMED | ONCE, htmx=False, **december)

    assert first.headers["Location"] == again.headers["Location"]
    assert Build.objects.count() == Work.objects.count() == 1


def test_publishing_tells_who_will_read_and_keeps_what_was_typed(school, december, visit, tap, settings):
    made(school)
    actions.hold(pupil=school.emma, period=school.december, reason="Dossier", by=school.pirard, at=FRIDAY)
    question = visit("report_cards:publication", as_=school.pirard, **december).text
    assert "4 report cards open to their pupils." in question
    assert "1 of them is held" in question
    assert "Parents read it at the same moment." in question

    tap("report_cards:publication", {"on": ""}, htmx=False, **december)
    assert not Release.objects.exists()

    wrong = tap("report_cards:publication", CONFIRMED | {"on": "demain"}, htmx=False, **december)
    assert wrong.status_code == 422
    assert 'value="demain"' in wrong.text


def test_what_changed_since_is_said_beside_the_moment(school, december, tap):
    made(school)
    with clock.at(EVENING):
        actions.write_tutor_word(
            pupil=school.noor, period=school.december, text="Bravo.", by=school.vandamme, at=EVENING
        )
        now = CONFIRMED | {"on": ""}
        answer = tap("report_cards:publication", now, as_=school.pirard, htmx=False, **december)

    assert answer.status_code == 422
    assert "1 tutor&#x27;s word was written" in answer.text
    assert not Release.objects.exists()


def test_parents_later_than_pupils_are_told_of(school, december, visit, settings):
    settings.PARENTS_READ_AFTER = settings.PARENTS_READ_AFTER.__class__(hours=24)
    made(school)
    assert "24 hours later" in visit("report_cards:publication", as_=school.pirard, **december).text


def test_letting_a_card_go_tells_whether_the_family_finds_it_now(school, december, visit, tap):
    made(school)
    where = {"pupil": school.noor, "period": school.december}
    hold = actions.hold(**where, reason="Rencontre", by=school.pirard, at=FRIDAY)
    lifting = {"hold_id": hold.pk}
    assert "once they are published" in visit("report_cards:lifting", as_=school.pirard, **lifting).text
    actions.publish_report_cards(period=school.december, by=school.pirard, at=FRIDAY)
    with clock.at(EVENING):
        assert "find this report card from now on" in visit("report_cards:lifting", **lifting).text
        tap("report_cards:lifting", htmx=False, **lifting)
        assert not may_read_card.allows(school.samira, card_of(school.noor))
        tap("report_cards:lifting", CONFIRMED, htmx=False, **lifting)
        assert may_read_card.allows(school.samira, card_of(school.noor))


def test_hiding_again_is_asked_first(school, december, visit, tap):
    published(school)
    with clock.at(EVENING):
        assert "Hide them again" in visit("report_cards:withdrawal", as_=school.pirard, **december).text
        tap("report_cards:withdrawal", htmx=False, **december)
        assert Release.objects.exists()
        tap("report_cards:withdrawal", CONFIRMED, htmx=False, **december)
    assert not Release.objects.exists()


def test_a_card_held_meanwhile_is_refused_at_the_reason(school, december, tap):
    made(school)
    card = {"card_id": card_of(school.noor).pk}
    tap("report_cards:hold", {"reason": "Rencontre"}, as_=school.pirard, htmx=False, **card)

    answer = tap("report_cards:hold", {"reason": "Un papier"}, htmx=False, **card)

    assert answer.status_code == 422
    assert "held already: Rencontre" in answer.text
    assert Hold.objects.get().reason == "Rencontre"


def test_a_correction_that_is_refused_keeps_its_reason(school, december, tap):
    published(school)
    card = {"card_id": card_of(school.noor).pk}
    with clock.at(EVENING):
        answer = tap("report_cards:correction", {"reason": "Je crois"}, as_=school.pirard, htmx=False, **card)
    assert answer.status_code == 422
    assert "Je crois" in answer.text
    assert ReportCard.objects.filter(pupil=school.noor).count() == 1


def test_a_word_is_saved_without_scripts_too(school, december, tap):
    where = december | {"pupil_id": school.noor.pk}
    word = {"text": "Du courage.", "version": 0}

    answer = tap("report_cards:word", word, as_=school.vandamme, htmx=False, **where)

    assert answer.headers["Location"].endswith(f"/classes/{school.class_4tta.pk}/#word-{school.noor.pk}")
    assert TutorWord.objects.get().text == "Du courage."
    refused = tap("report_cards:word", {"text": "Bravo.", "version": 0}, htmx=False, **where)
    assert refused.status_code == 422
    assert "Report cards of 4TTA" in refused.text
    assert "Bravo.</textarea>" in refused.text


def test_a_word_written_meanwhile_is_shown_beside_ones_own(school, december, tap):
    where = december | {"pupil_id": school.noor.pk}
    theirs = {"pupil": school.noor, "period": school.december, "text": "Un mot.", "by": school.pirard}
    actions.write_tutor_word(**theirs, at=FRIDAY)

    mine = {"text": "Le mien.", "version": 0}
    answer = tap("report_cards:word", mine, as_=school.vandamme, htmx=False, **where)

    assert answer.status_code == 422
    assert "Paul Pirard wrote here meanwhile: “Un mot.”" in answer.text
    assert "Le mien.</textarea>" in answer.text
    assert 'name="version" value="1"' in answer.text  # Sent once more, it writes over the other.


def test_nobody_writes_to_a_pupil_who_was_not_there(school, december, tap):
    word = {"text": "Bonjour.", "version": 0}
    stranger = december | {"pupil_id": school.vandamme.pk}
    assert tap("report_cards:word", word, as_=school.pirard, **stranger).status_code == 404
    assert not TutorWord.objects.exists()
