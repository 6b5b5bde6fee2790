from datetime import timedelta

import pytest

from preau.gradebook.actions import close_gradebook, reopen_gradebook
from preau.gradebook.tests.builders import grade
from preau.kit import clock
from preau.report_cards import actions, queries
from preau.report_cards.actions.corrections import NotPublished, ReplacedMeanwhile
from preau.report_cards.models import ReportCard

from .builders import EVENING, FRIDAY, card_of, content, graded, made, published, text_of

MONDAY = FRIDAY + timedelta(days=3)


def put_right(school):
    where = {"group": school.maths_4tta, "period": school.december}
    reopen_gradebook(**where, because="Une copie égarée", by=school.pirard, at=EVENING)
    exam = school.maths_4tta.assessments.get(title="Examen")
    grade(exam, school.noor, "72", by=school.vandamme, version=1)
    close_gradebook(**where, by=school.vandamme, at=EVENING)


@pytest.fixture
def corrected(school):
    graded(school)
    published(school)
    put_right(school)
    with clock.at(MONDAY):
        return actions.correct_report_card(
            card=card_of(school.noor), reason="Une copie égarée est retrouvée", by=school.pirard, at=MONDAY
        )


def test_a_correction_is_the_next_version_and_the_first_one_stays(school, corrected, visit):
    first = card_of(school.noor)

    assert (corrected.number, corrected.version) == (first.number, 2)
    assert corrected.facts["courses"][1]["figures"]["exam"]["value"] == "72"
    assert first.facts["courses"][1]["figures"]["exam"]["value"] == "62"
    with clock.at(MONDAY):
        old = visit("report_cards:card", as_=school.samira, card_id=first.pk)
        new = visit("report_cards:card", card_id=corrected.pk)
    assert "Version 2 of" in old.text
    assert "Une copie égarée est retrouvée" in new.text
    assert "Version 1 of" in new.text


def test_the_document_of_the_second_version_says_why(school, corrected, visit):
    with clock.at(MONDAY):
        document = content(visit("report_cards:document", as_=school.samira, card_id=corrected.pk))

    assert "Une copie égarée est retrouvée" in text_of(document)


def test_a_correction_is_read_anew(school, corrected, visit):
    with clock.at(MONDAY):
        cards = {child.pupil: child.cards for child in queries.cards_by_child(school.samira)}
        assert [card.version for card in cards[school.noor]] == [2]
        assert queries.unread_by(school.samira) == 2  # Noor's new version, and Elias's card.
        visit("report_cards:card", as_=school.samira, card_id=corrected.pk)
        assert queries.unread_by(school.samira) == 1


def test_nothing_to_correct_is_said(school, tap):
    graded(school)
    published(school)
    card = card_of(school.noor)

    with clock.at(MONDAY):
        answer = tap(
            "report_cards:correction", {"reason": "Je crois"}, as_=school.pirard, htmx=False, card_id=card.pk
        )

    assert answer.status_code == 422
    assert "Correct it there first" in answer.text
    assert ReportCard.objects.filter(pupil=school.noor).count() == 1


def test_a_correction_has_a_reason_and_one_future(school, corrected, tap):
    first = card_of(school.noor)
    answer = tap(
        "report_cards:correction", {"reason": " "}, as_=school.pirard, htmx=False, card_id=corrected.pk
    )
    assert answer.status_code == 422
    with pytest.raises(ReplacedMeanwhile):
        actions.correct_report_card(card=first, reason="?", by=school.pirard, at=MONDAY)


def test_a_draft_is_made_again_instead(school):
    graded(school)
    made(school)
    with pytest.raises(NotPublished):
        actions.correct_report_card(card=card_of(school.noor), reason="?", by=school.pirard, at=FRIDAY)


def test_the_head_corrects_on_the_screen(school, tap, visit):
    graded(school)
    published(school)
    put_right(school)
    card = card_of(school.noor)
    with clock.at(MONDAY):
        assert visit("report_cards:correction", as_=school.pirard, card_id=card.pk).status_code == 200
        answer = tap("report_cards:correction", {"reason": "Une copie"}, htmx=False, card_id=card.pk)

    assert answer.headers["Location"].endswith(f"/report-cards/{card_of(school.noor, 2).pk}/")
