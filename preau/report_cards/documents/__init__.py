"""
The card as a document: what the template draws, in the language of the card.

`CANEVAS` names the folder of the template that new cards take. Once cards have gone home with a canevas it is
never changed: a new one stands beside it, so that an old card can always be drawn as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from preau.kit.fonts import Fonts
from preau.kit.pdf import ABOUT, MADE_AT, compile_many, compile_pdf
from preau.kit.progress import Progress
from preau.kit.refusals import Refusal

from ..models import Drawing, ReportCard
from .data import FIRST, drawing_data

CANEVAS = "v2"
FOLDER = Path(__file__).resolve().parent.parent / "canevas"


def template_of(canevas: str, name: str = "report-card.typ") -> Path:
    return FOLDER / canevas / name


class CardChanged(Refusal):
    words = _(
        "The report card %(number)s does not say any more what it said when it was made: it was changed "
        "outside of Préau. Nobody receives it. Ask the school to look at it."
    )


def check_intact(cards: Iterable[ReportCard]) -> None:
    """
    Look at cards before they are handed out.

    :raises CardChanged: at the first that is not what it was
    """
    for card in cards:
        if not card.is_intact:
            raise CardChanged(number=card.number)


def fonts_for(canevas: str) -> Fonts:
    """Return the fonts of a canevas: the first knew none for Chinese, Japanese and emoji."""
    return Fonts.FIRST if canevas == FIRST else Fonts.ALL


def draw(card: ReportCard) -> bytes:
    """Return the PDF of a card, for one who reads it alone."""
    fonts = fonts_for(card.canevas)
    return compile_pdf(template_of(card.canevas), drawing_data(card), fonts=fonts)


def draw_many(cards: Iterable[ReportCard], progress: Progress, *, total: int) -> Iterator[bytes]:
    """Yield the PDF of each card in turn: those of today's canevas side by side, a former one by itself."""
    told = 0
    for canevas, some in groupby(cards, key=lambda card: card.canevas):
        items = (drawing_data(card) for card in some)
        fonts = fonts_for(canevas)
        for pdf in compile_many(template_of(canevas), items, total=total, fonts=fonts):
            yield pdf
            told += 1
            progress(told, total)


def draw_for_print(copies: Iterable[tuple[ReportCard, str]], title: str) -> bytes:
    """
    Return one document of many cards, each on a sheet of its own, with whom each copy is for.

    :raises CardChanged: when one of them is not what it was
    """
    ready = list(copies)
    check_intact(card for card, _addressee in ready)
    cards = [drawing_data(card) | {"addressee": addressee} for card, addressee in ready]
    language = cards[0]["language"] if cards else settings.LANGUAGE_CODE
    kinds = {card.canevas for card, _addressee in ready} or {CANEVAS}
    data = {
        "language": language,
        "title": title,
        ABOUT: {"title": title},
        "cards": cards,
        "canevas": [card.canevas for card, _addressee in ready],
        MADE_AT: max((card.get(MADE_AT, 0) for card in cards), default=0),
    }
    if kinds == {FIRST}:
        return compile_pdf(template_of(FIRST, "class.typ"), data, fonts=Fonts.FIRST)
    return compile_pdf(FOLDER / "pile.typ", data)


def drawing_of(card: ReportCard, document: bytes) -> Drawing:
    """Return the drawing of a card, its file stored, ready to be kept."""
    drawing = Drawing(card=card)
    drawing.seal(document)
    drawing.file.save("card.pdf", ContentFile(document), save=False)
    return drawing
