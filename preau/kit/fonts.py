"""
Which fonts documents are drawn with, and which signs none of them draws.

A document looks the same everywhere: it takes our fonts, never the machine's. `Fonts.FIRST` are those that
the first templates knew; what was printed with them is printed so for ever. `Fonts.ALL` also hold Chinese,
Japanese and emoji.
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import cache
from pathlib import Path
from threading import Lock

import typst

PREAU = Path(__file__).resolve().parent.parent
VENDOR = PREAU / "design/static/vendor"
FROM_NPM = PREAU.parent / "node_modules/@expo-google-fonts"
OUR_FONTS = (VENDOR / "fonts-ttf", FROM_NPM / "atkinson-hyperlegible-next")
"""Where Atkinson Hyperlegible Next is as TTF: put there by bin/assets, or straight from npm."""
WIDE_FONTS = tuple(
    (VENDOR / "fonts-wide" / name, FROM_NPM / package / "400Regular" / name)
    for package, name in (
        ("noto-sans-sc", "NotoSansSC_400Regular.ttf"),
        ("noto-emoji", "NotoEmoji_400Regular.ttf"),
    )
)
"""Where what Atkinson lacks is: Chinese and Japanese, emoji (decision 25)."""
FONTS_OF_THE_MACHINE = (Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/noto"))
OTHER_SCRIPTS = ("NotoSansArabic-[RB]*.ttf", "NotoSansHebrew-[RB]*.ttf", "NotoSansGeorgian-[RB]*.ttf")
"""Scripts of our families that neither Atkinson nor Typst's own fonts draw well (fonts-noto on Debian)."""

INSTEAD = "\N{WHITE SQUARE}"
"""What stands for a sign that no font draws: PDF/UA refuses a document with such a sign."""
TURNS_TEXT_AROUND = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that make what follows read backwards. A name that holds one would say something else on paper."""
NOTHING_TO_DRAW = {"Cc", "Cs", "Cn", "Co", "Me"}
"""Controls, halves of a sign, and what encloses another sign (the box of a keycap): no font draws these."""
BYTE_ORDER = 0xFEFF
JOINS_OR_VARIES = {0x200D, *range(0xFE00, 0xFE10)}
"""What makes one emoji of several, or another of one: without a picture of its own."""


class Fonts(Enum):
    """With which fonts a template is drawn."""

    FIRST = "first"
    ALL = "all"


class FontsMissing(RuntimeError):  # noqa: N818 – what is wrong, said as it is.
    """The fonts of the documents are not there: bin/assets puts them in place."""


@cache
def fonts_of(which: Fonts) -> typst.Fonts:
    """Return the fonts of our documents, not the machine's: a document looks the same everywhere."""
    ours = next((folder for folder in OUR_FONTS if any(folder.rglob("*.ttf"))), None)
    if ours is None:
        raise FontsMissing(
            f"The fonts of the documents are missing from {OUR_FONTS[0]}: run bin/setup (or bin/assets), "
            "which takes them from the npm package @expo-google-fonts/atkinson-hyperlegible-next."
        )
    others = [
        file for folder in FONTS_OF_THE_MACHINE for wanted in OTHER_SCRIPTS for file in folder.glob(wanted)
    ]
    if which is Fonts.ALL:
        others += wide_fonts()
    return typst.Fonts(include_system_fonts=False, font_paths=[ours, *_folder_of(others, which)])


def wide_fonts() -> list[Path]:
    """Return the fonts for Chinese, Japanese and emoji that are in place."""
    found = (next((file for file in places if file.exists()), None) for places in WIDE_FONTS)
    return [file for file in found if file is not None]


def _folder_of(files: list[Path], which: Fonts) -> list[Path]:
    """Return a folder that holds just these files: Typst reads fonts by the folder."""
    if not files:
        return []
    folder = Path(nowhere()) / f"fonts-{which.value}"
    folder.mkdir(exist_ok=True)
    for file in files:
        link = folder / file.name
        if not link.exists():
            link.symlink_to(file)
    return [folder]


_kept: list[tempfile.TemporaryDirectory[str]] = []


@cache
def nowhere() -> str:
    """Return an empty folder of this process: no package is ever looked up or fetched."""
    _kept.append(tempfile.TemporaryDirectory(prefix="preau-pdf-"))
    return _kept[0].name


class Signs(dict[int, str]):
    """What to draw for each sign: itself, nothing (controls, halves of a sign), or a square."""

    def __init__(self, which: Fonts) -> None:
        super().__init__()
        self.which = which

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign == "\n":
            drawn = sign
        elif unicodedata.category(sign) in NOTHING_TO_DRAW or code in {*TURNS_TEXT_AROUND, BYTE_ORDER}:
            drawn = " " if sign == "\t" else ""
        elif self.which is Fonts.ALL and code in JOINS_OR_VARIES:
            drawn = ""
        else:
            drawn = sign if self._some_font_draws(sign) else INSTEAD
        self[code] = drawn
        return drawn

    def _some_font_draws(self, sign: str) -> bool:
        source = (
            f'#set document(title: "?")\n#set text(font: "Libertinus Serif")\n#text("\\u{{{ord(sign):x}}}")'
        )
        try:
            with _probing:
                _probe(self.which).compile(source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0)
        except typst.TypstError:
            return False
        return True


_probing = Lock()


@cache
def _probe(which: Fonts) -> typst.Compiler:
    return typst.Compiler(b"", root=nowhere(), font_paths=fonts_of(which), ignore_system_fonts=True)


@cache
def signs_of(which: Fonts) -> Signs:
    return Signs(which)


def not_drawn(words: Iterable[str]) -> str:
    """Return the signs of some words that would be squares on a document made today, each once."""
    signs = signs_of(Fonts.ALL)
    odd = (sign for text in words if not text.isascii() for sign in text)
    return "".join(dict.fromkeys(sign for sign in odd if signs[ord(sign)] == INSTEAD and sign != INSTEAD))
