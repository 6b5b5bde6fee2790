"""
Draw the icons we use as one file, so that a page fetches them once.

`python preau/design/sprite.py icons.txt <folder of svg files> <sprite.svg>`; bin/assets runs it. It needs
nothing but Python, for it runs before anything is installed.
"""

import re
import sys
from pathlib import Path

DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
FRAME = re.compile(r'<path stroke="none"[^>]*/>')
BETWEEN = re.compile(r">\s+<")


class UnknownIcon(Exception):  # noqa: N818 – it is a name, not an error of ours.
    """A name in the list that no drawing answers to."""


def names_in(listing: str) -> list[str]:
    """Return the icons a list names, one a line."""
    return sorted({line.strip() for line in listing.splitlines() if line.strip()})


def symbol(name: str, drawing: str) -> str:
    """Return the drawing of one icon as a symbol that pages refer to."""
    found = DRAWING.search(drawing)
    if not found:
        raise UnknownIcon(f"{name}: its file holds no drawing.")
    strokes = BETWEEN.sub("><", FRAME.sub("", found[1]).strip())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{strokes}</symbol>'


def sprite(names: list[str], folder: Path) -> str:
    """Return one file with all these icons. Every name that has no drawing is told at once."""
    unknown = [name for name in names if not (folder / f"{name}.svg").is_file()]
    if unknown:
        raise UnknownIcon(
            f"No icon is called {', '.join(unknown)}. Look the name up in {folder} and mend icons.txt."
        )
    symbols = "\n".join(symbol(name, (folder / f"{name}.svg").read_text()) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def main(listing: str, folder: str, target: str) -> None:
    Path(target).write_text(sprite(names_in(Path(listing).read_text()), Path(folder)))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except UnknownIcon as unknown:
        sys.exit(f"sprite: {unknown}")
