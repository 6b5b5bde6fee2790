"""The lines of a printed list that are about nobody: totals, the day of printing, the titles once more."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from preau.kit.tables import Cell, as_text, plain

FOOTERS = frozenset(
    ("total", "totaux", "totaal", "sous-total", "subtotaal", "subtotal", "nombre", "aantal", "effectif",
     "effectifs", "count", "somme", "som", "sum", "moyenne", "gemiddelde", "average", "imprime", "imprimee",
     "afgedrukt", "printed", "edite", "genere", "extrait", "page", "pagina", "legende", "legenda", "source")
)  # fmt: skip
"""The words such a line begins with, without accents."""


def is_aside(cells: Mapping[str, Cell]) -> bool:
    """Say whether a line is about nobody: a footer with figures, or the titles once more."""
    filled = {column: text for column, cell in cells.items() if (text := as_text(cell).strip())}
    if len(filled) > 1 and all(plain(text) == plain(column) for column, text in filled.items()):
        return True
    first, *others = filled.values() or [""]
    return begins_like_a_footer(first) and all(
        begins_like_a_footer(text) or not any(letter.isalpha() for letter in text) for text in others
    )


def begins_like_a_footer(text: str) -> bool:
    """Say whether a text begins like what stands under a list: `Total : 24`, `Imprimé le 24/11/2026`."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    first = "".join(
        letter if letter.isalpha() or letter == "-" else " "
        for letter in letters
        if not unicodedata.combining(letter)
    ).split()
    return bool(first) and first[0] in FOOTERS
