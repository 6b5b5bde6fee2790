import hashlib
from pathlib import Path

import pytest

from preau.kit import clock
from preau.kit.signatures import SigningKey
from preau.report_cards import actions
from preau.report_cards.models import Drawing
from preau.report_cards.models.cards import CODE_LENGTH, PURPOSE, code_of
from preau.report_cards.queries import checked
from preau.trail.models import Trace

from .builders import EVENING, behind_our_back, card_of, content, graded, made, published


@pytest.fixture
def genuine(school):
    graded(school)
    published(school)
    with clock.at(EVENING):
        yield card_of(school.noor)


def test_anybody_with_the_code_learns_that_it_is_genuine_and_no_more(school, genuine, visit):
    page = visit("report_cards:check_code", headers={"Accept-Language": "en"}, code=genuine.code)

    assert page.status_code == 200
    assert "This report card is genuine." in page.text
    assert genuine.number in page.text
    assert "NH" in page.text
    for secret in ("Noor", "Haddad", "4TTA", "Math"):
        assert secret not in page.text


def test_the_code_may_be_typed_as_people_type(school, genuine, visit):
    typed = f" {genuine.readable_code.lower()} "

    answer = visit("report_cards:check", query={"code": typed})

    assert answer.headers["Location"].endswith(f"/v/{genuine.code}/")
    assert checked(genuine.readable_code.replace("0", "o").replace("1", "l")).number == genuine.number


@pytest.mark.parametrize("code", ["0000-0000-0000", "", "x", "é" * 300, "' OR 1=1"])
def test_an_unknown_code_says_so(school, genuine, visit, code):
    assert checked(code) is None
    assert visit("report_cards:check", query={"code": code}).status_code in {200, 302}


def test_what_is_not_published_or_held_is_unknown(school, genuine, visit):
    actions.hold(pupil=school.noor, period=school.december, reason="?", by=school.pirard, at=EVENING)

    assert visit("report_cards:check_code", code=genuine.code).status_code == 404


def test_a_draft_is_unknown(school, visit):
    graded(school)
    made(school)

    assert visit("report_cards:check_code", code=card_of(school.noor).code).status_code == 404


def test_a_card_changed_behind_our_back_is_found_out(school, genuine):
    behind_our_back(genuine, facts=genuine.facts | {"year": "1999-2000"})

    assert not card_of(school.noor).is_intact
    assert not checked(genuine.code).is_intact


def with_its_fingerprint(card):
    """Compute what anybody can who reads our code: the fingerprint and the code of a card."""
    card.seal()
    return {"facts": card.facts, "sha256": card.sha256, "code": card.code}


def test_a_card_written_anew_with_its_fingerprint_is_found_out_by_its_signature(school, genuine, visit):
    """A stranger changes the facts and computes the hash again; the signature of another card is none."""
    genuine.facts = genuine.facts | {"year": "1999-2000"}
    behind_our_back(genuine, **with_its_fingerprint(genuine))
    other = card_of(school.emma)

    assert not card_of(school.noor).is_intact
    behind_our_back(genuine, signature=other.signature, public_key=other.public_key)
    assert not card_of(school.noor).is_intact
    forger = SigningKey("a forger's secret", PURPOSE)
    behind_our_back(genuine, signature=forger.sign(card_of(school.noor).sha256), public_key=forger.public)
    assert not card_of(school.noor).is_intact
    page = visit("report_cards:card", as_=school.pirard, card_id=genuine.pk)
    assert "was changed outside of Préau" in page.text


def test_a_card_of_somebody_else_is_none(school, genuine):
    behind_our_back(genuine, pupil=school.diallo)

    assert not card_of(school.diallo).is_intact


def test_a_card_signed_with_a_former_key_is_intact(school, genuine, settings):
    settings.SECRET_KEY, former = "another secret of fifty random characters, or so", settings.SECRET_KEY
    assert not card_of(school.noor).is_intact

    settings.SECRET_KEY_FALLBACKS = [former]
    assert card_of(school.noor).is_intact


@pytest.mark.parametrize("door", ["document", "print"])
def test_a_changed_card_is_not_handed_out(school, genuine, visit, door):
    behind_our_back(genuine, facts=genuine.facts | {"year": "1999-2000"})
    keys = {"card_id": genuine.pk}
    if door == "print":
        keys = {"period_id": school.december.pk, "class_group_id": school.class_4tta.pk}

    answer = visit(f"report_cards:{door}", as_=school.pirard, **keys)

    assert answer.status_code == 422
    assert f"{genuine.number} does not say any more what it said" in answer.text


def change_the_file(drawing):
    Path(drawing.file.path).write_bytes(b"%PDF-1.7 20/20")


def change_the_file_and_its_fingerprint(drawing):
    change_the_file(drawing)
    Drawing.objects.update(sha256=hashlib.sha256(b"%PDF-1.7 20/20").hexdigest())


def remove_the_file(drawing):
    Path(drawing.file.path).unlink()


@pytest.mark.parametrize("alter", [change_the_file, change_the_file_and_its_fingerprint, remove_the_file])
def test_a_document_changed_on_the_disk_is_drawn_again(school, genuine, visit, alter):
    def document():
        return content(visit("report_cards:document", as_=school.noor, card_id=genuine.pk))

    drawn = document()
    alter(Drawing.objects.get())

    assert document() == drawn
    assert Drawing.objects.get().kept() == drawn
    assert Trace.objects.get(act="report_cards.draw_again").about == school.noor
    assert document() == drawn
    assert Trace.objects.filter(act="report_cards.draw_again").count() == 1


def test_codes_are_twelve_signs_that_nobody_confuses():
    assert code_of("f" * 64) == "Z" * CODE_LENGTH
    assert code_of("0" * 64) == "0" * CODE_LENGTH
    assert code_of("1" + "0" * 63) == "20" + "0" * 10
