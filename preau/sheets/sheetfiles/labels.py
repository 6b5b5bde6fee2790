"""What the columns of an exported sheet are called, so that each is known again when the file comes back."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from preau.gradebook.models import Assessment

KEY_TITLE = "Préau"
"""The title of the last column of an export: the key of each pupil, for programs only."""


def folded(title: str) -> str:
    """Return a title as a file keeps it: single spaces, no controls, whatever its case."""
    return " ".join(writable(title).split()).casefold()


def writable(text: str) -> str:
    """Return a text without the signs that no file keeps; its lines stay."""
    return "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}
    )


def column_labels(assessments: Sequence[Assessment]) -> list[str]:
    """Return a label for each assessment: its title and maximum, and its key where two would be the same."""
    plain = [f"{assessment.title} /{assessment.max_points.normalize():f}" for assessment in assessments]
    twins = Counter(folded(label) for label in plain)
    return [
        f"{label} [{assessment.pk}]" if twins[folded(label)] > 1 else label
        for assessment, label in zip(assessments, plain, strict=True)
    ]


MAXIMUM = re.compile(
    r"\s*(?:\(\s*)?(?:/|\bsur\b|\bop\b|\bout of\b|\bvan\b|\bmax(?:imum)?\b\.?\s*:?)\s*"
    r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:p(?:ts?|oints?|unten)?\.?)?\s*\)?\s*(?:\[\d+\])?\s*$",
    re.IGNORECASE,
)


def split_maximum(title: str) -> tuple[str, str]:
    """Return a title without its maximum, and the maximum: `Interro 3 (sur 20)` is `Interro 3` and `20`."""
    found = MAXIMUM.search(title)
    if not found:
        return title.strip(), ""
    return title[: found.start()].strip(" -–:,("), found[1].replace(",", ".")
