"""A card is drawn for ever as its canevas drew it; new cards take the second, which families can read."""

import hashlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from preau.kit.fonts import INSTEAD, WIDE_FONTS, Fonts, wide_fonts
from preau.people.actions import change_person
from preau.report_cards import queries
from preau.report_cards.documents import draw, draw_for_print, fonts_for, template_of
from preau.report_cards.documents.data import drawing_data
from preau.report_cards.models import ReportCard
from preau.structure.models import Subject

from .builders import FRIDAY, card_of, graded, made, text_of

FACTS = json.loads(Path(__file__).with_name("card_of_v1.json").read_text())
DATA_OF_V1 = "a453ef04e7fce70d15b6b4189e4ea4dd055274537f579747b862780fe9ddb1c4"
TEMPLATES_OF_V1 = {
    "class.typ": "1a39c5221310722ee88d29fa1829d6cd1aea89b8f3f134393ee2a65eab7e6fc7",
    "report-card.typ": "841fdd8ab9737b8ec42c4a35d0d1456faff2bfab729248cba66e0160cfb0c525",
}
LONG = "Abcdefghij" * 8
HAS_WIDE_FONTS = len(wide_fonts()) == len(WIDE_FONTS)


def card_in(canevas: str, **changes) -> ReportCard:
    card = ReportCard(
        number="2026-DEC-0001",
        version=2,
        reason="Une cote corrigée.",
        facts=FACTS | changes,
        canevas=canevas,
        created_at=datetime(2026, 12, 18, 13, 0, tzinfo=UTC),
    )
    card.seal()
    return card


def named(name: str) -> dict[str, object]:
    return {"pupil": FACTS["pupil"] | {"name": name}}


@pytest.fixture(autouse=True)
def _where_the_school_is(settings):
    settings.SCHOOL_ADDRESS = "https://preau.example"


# ---- The first stays ----


def test_what_the_first_canevas_draws_is_what_it_drew():
    """Published cards are signed and compared. Whoever changes this hash changes what went home."""
    data = json.dumps(drawing_data(card_in("v1")), sort_keys=True)

    assert hashlib.sha256(data.encode()).hexdigest() == DATA_OF_V1
    for name, digest in TEMPLATES_OF_V1.items():
        assert hashlib.sha256(template_of("v1", name).read_bytes()).hexdigest() == digest
    assert fonts_for("v1") is Fonts.FIRST


def test_the_first_canevas_knows_neither_the_new_fonts_nor_a_date():
    document = draw(card_in("v1"))

    assert f"{INSTEAD}{INSTEAD}{INSTEAD} Haddad" in text_of(document)
    assert "D:1970" in str(PdfReader(io.BytesIO(document)).metadata)


def test_a_new_card_takes_the_second_and_a_former_one_keeps_its_own(school):
    graded(school)
    made(school)

    assert card_of(school.noor).canevas == "v2"
    both = draw_for_print([(card_in("v1"), ""), (card_in("v2"), "Samira Haddad, rue Haute 3")], "4TTA")
    assert "Situation" in text_of(both)
    assert "Depuis sept." in text_of(both)
    alone = draw_for_print([(card_in("v1"), "")], "4TTA")
    assert INSTEAD * 3 in text_of(alone)


# ---- What the second says ----


def test_headings_are_words_and_nothing_is_said_twice():
    text = text_of(draw(card_in("v2")))

    assert "Depuis sept." in text
    assert "Moyenne de tous les cours" in text
    assert "Situation" not in text
    assert "TJ" not in text
    assert "Math (4 h)" in text
    assert "Math 4" not in text


def test_a_tint_is_explained_only_where_one_is_drawn():
    last_year = [course | {"before": [0.5, 0.6, 0.7]} for course in FACTS["courses"]]
    nothing = [course | {"before": []} for course in FACTS["courses"]]

    assert "teintée" in text_of(draw(card_in("v2", courses=last_year)))
    assert "teintée" not in text_of(draw(card_in("v2", courses=nothing)))
    assert "seuil de réussite" in text_of(draw(card_in("v2", courses=nothing)))


def test_the_document_has_the_moment_of_its_card_and_the_name_as_it_is_written():
    about = PdfReader(io.BytesIO(draw(card_in("v2")))).metadata

    assert about.creation_date == datetime(2026, 12, 18, 13, 0, tzinfo=UTC)
    assert "王小明 Haddad" in about.title
    assert draw(card_in("v2")) == draw(card_in("v2"))


@pytest.mark.skipif(not HAS_WIDE_FONTS, reason="bin/assets has not put the fonts of decision 25 in place")
def test_chinese_and_emoji_are_drawn():
    courses = [FACTS["courses"][0] | {"comment": "Bravo 😀"}]
    text = text_of(draw(card_in("v2", courses=courses)))

    assert "王小明 Haddad" in text
    assert "Bravo 😀" in text
    assert INSTEAD not in text


def test_a_word_that_no_line_can_hold_is_broken_and_nothing_leaves_the_page():
    courses = [FACTS["courses"][0] | {"comment": LONG, "name": LONG}]
    document = draw(card_in("v2", courses=courses, **named(LONG)))

    for page in PdfReader(io.BytesIO(document)).pages:
        rightmost = []
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, _size, found=rightmost: found.append(
                (tm[4], text.strip())
            )
        )
        width = float(page.mediabox.width)
        assert all(left < width - 36 for left, text in rightmost if text)
    plain = "".join(text_of(document).replace("\N{ZERO WIDTH SPACE}", "").split())
    assert plain.count(LONG) >= 3


@pytest.mark.parametrize("count", [1, 6, 12, 14])
@pytest.mark.parametrize("words", [10, 300])
def test_pages_are_counted_rightly_and_the_slip_is_at_the_foot_of_the_last(count, words):
    course = FACTS["courses"][0] | {"comment": "mot " * words}
    pages = PdfReader(io.BytesIO(draw(card_in("v2", courses=[course] * count)))).pages

    for number, page in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in page.extract_text()
    assert "Accusé de réception" in pages[-1].extract_text()


def test_a_religion_is_nobodys_to_read(school):
    results = graded(school)
    Subject.objects.filter(pk=results.french.course.subject_id).update(is_philosophical=True)
    made(school)

    card = card_of(school.noor)
    assert "Cours philosophique" in text_of(draw(card))
    assert "Français" not in text_of(draw(card))
    assert "Français" not in json.dumps(card.facts, ensure_ascii=False)


# ---- Said before it is printed ----


@pytest.mark.parametrize(("name", "signs"), [("한나", "한나"), ("Ĝoja", ""), ("Noor", "")])
def test_who_makes_the_cards_is_told_whose_name_would_hold_squares(school, visit, name, signs):
    graded(school)
    change_person(person=school.noor, by=school.maes, at=FRIDAY, given_name=name, preferred_name="")

    page = visit("report_cards:period", as_=school.pirard, period_id=school.december.pk)

    assert [each.signs for each in queries.names_not_drawn(school.december)] == ([signs] if signs else [])
    assert ("a square will stand" in page.text) is bool(signs)
