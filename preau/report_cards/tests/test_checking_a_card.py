import pytest

from preau.kit import clock
from preau.report_cards import actions
from preau.report_cards.models import ReportCard
from preau.report_cards.models.cards import CODE_LENGTH, code_of
from preau.report_cards.queries import checked

from .builders import EVENING, card_of, graded, made, published


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
    facts = genuine.facts | {"year": "1999-2000"}
    super(type(ReportCard.objects.all()), ReportCard.objects.filter(pk=genuine.pk)).update(facts=facts)

    assert not card_of(school.noor).is_intact
    assert not checked(genuine.code).is_intact


def test_codes_are_twelve_signs_that_nobody_confuses():
    assert code_of("f" * 64) == "Z" * CODE_LENGTH
    assert code_of("0" * 64) == "0" * CODE_LENGTH
    assert code_of("1" + "0" * 63) == "20" + "0" * 10
