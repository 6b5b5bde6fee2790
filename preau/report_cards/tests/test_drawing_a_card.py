import io

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from preau.people.models import Person
from preau.report_cards.documents import draw, template_of
from preau.report_cards.documents.data import drawing_data
from preau.report_cards.models import ReportCard

from .builders import FRIDAY, card_of, graded, made, text_of

LONG = "Marie-Charlotte Élodie van den Bossche-Vanderstraeten d'Oultremont de la Tour"


def redrawn(card: ReportCard, **changes) -> bytes:
    other = ReportCard(
        number=card.number,
        version=1,
        facts=card.facts | changes,
        canevas=card.canevas,
        created_at=FRIDAY,
    )
    other.seal()
    return draw(other)


@pytest.fixture
def card(school):
    graded(school)
    made(school)
    return card_of(school.noor)


def test_the_same_facts_give_the_same_bytes(card):
    assert redrawn(card) == redrawn(card)
    assert redrawn(card) != redrawn(card, year="1999-2000")


def test_it_is_in_the_language_of_the_school_whoever_reads(card):
    with override("nl"):
        dutch = draw(card)

    assert draw(card) == dutch
    assert PdfReader(io.BytesIO(dutch)).root_object["/Lang"] == "fr-BE"


@pytest.mark.parametrize(
    "name", [LONG, "عائشة بن علي", "Łukasz Ğüneş 😀", '#include "x" $ * _ <b>', "\u202eNoor"]
)
def test_any_name_is_drawn(card, name):
    document = redrawn(card, pupil=card.facts["pupil"] | {"name": name})

    assert document.startswith(b"%PDF")
    assert b"pdfuaid:part>1<" in PdfReader(io.BytesIO(document)).root_object["/Metadata"].get_data()


def test_fourteen_courses_with_long_comments_take_more_pages(card):
    course = card.facts["courses"][0] | {"comment": "Du travail régulier, de la méthode. " * 16}

    document = redrawn(card, courses=[course] * 14)

    assert 2 <= len(PdfReader(io.BytesIO(document)).pages) <= 4


def test_a_card_without_any_result_says_so(card):
    summary = card.facts["summary"] | {"average": None}

    assert redrawn(card, courses=[], summary=summary, tutor_word=None, columns=["period"]).startswith(b"%PDF")


def test_figures_are_written_with_a_comma(card):
    course = card.facts["courses"][0]
    figures = course["figures"] | {"period": {"value": "46.5", "token": "", "fails": True}}

    assert "46,5" in text_of(redrawn(card, courses=[course | {"figures": figures}]))


def test_the_square_leads_to_the_check(card, settings):
    settings.SCHOOL_ADDRESS = "https://preau.example"

    report = drawing_data(card)["report"]

    assert len(report["qr"]) == report["qr_size"] ** 2
    assert set(report["qr"]) == {"0", "1"}


def test_every_canevas_of_a_card_is_there(card):
    assert template_of(card.canevas).exists()
    assert Person.objects.exists()
