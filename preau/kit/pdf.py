"""
Documents to print or keep: a Typst template and its data become a tagged PDF (PDF/UA-1).

A template is a `.typ` file that offers one function, `sheet`, taking the data as a dictionary:

    #let sheet(data) = {
      set document(title: data.title)          // PDF/UA asks for a title
      set text(font: "Atkinson Hyperlegible Next", lang: data.language)
      heading(level: 1, data.title)
      …
    }

Data are data: they reach the template as JSON inside a string, so nothing a person typed is ever read as
markup, and a template reads no file outside its own folder. The same template and the same data give the
same bytes. A compiled template stays warm in its process; threads take turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from queue import Queue
from threading import Lock
from typing import IO, Any

import typst

from .progress import Progress, nobody_watches

PREAU = Path(__file__).resolve().parent.parent
OUR_FONTS = (
    PREAU / "design/static/vendor/fonts-ttf",
    PREAU.parent / "node_modules/@expo-google-fonts/atkinson-hyperlegible-next",
)
"""Where Atkinson Hyperlegible Next is as TTF: put there by bin/assets, or straight from npm."""
FONTS_OF_THE_MACHINE = (Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/noto"))
OTHER_SCRIPTS = ("NotoSansArabic-[RB]*.ttf", "NotoSansHebrew-[RB]*.ttf", "NotoSansGeorgian-[RB]*.ttf")
"""Scripts of our families that neither Atkinson nor Typst's own fonts draw well (fonts-noto on Debian)."""

INSTEAD = "\N{WHITE SQUARE}"
"""What stands for a sign that no font draws: PDF/UA refuses a document with such a sign."""


TURNS_TEXT_AROUND = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that make what follows read backwards. A name that holds one would say something else on paper."""


WORTH_HELPERS = 40
"""From how many documents on it is worth waking helpers."""
AHEAD = 16
"""How many documents, for each helper, are made ready before they are drawn."""


class DrawingFailed(RuntimeError):  # noqa: N818 – what is wrong, said as it is.
    """A template could not draw its data; its words say where."""


class FontsMissing(RuntimeError):  # noqa: N818 – what is wrong, said as it is.
    """The fonts of the documents are not there: bin/assets puts them in place."""


def compile_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF that a template draws from the data."""
    return _warm(template.resolve()).draw(data)


def compile_many(
    template: Path,
    items: Iterable[Mapping[str, Any]],
    progress: Progress = nobody_watches,
    *,
    total: int = 0,
    processes: int = 0,
) -> Iterator[bytes]:
    """
    Yield the PDF of each item in turn, telling how many are done. Nothing is kept: write as you go.

    :param total: how many items there are, for those who wait
    :param processes: how many work side by side; as many as this machine lends us unless told
    """
    helpers = processes or len(os.sched_getaffinity(0))
    few = total and total < WORTH_HELPERS
    drawn = _one_by_one(template, items) if helpers == 1 or few else _side_by_side(template, items, helpers)
    for done, pdf in enumerate(drawn, start=1):
        yield pdf
        progress(done, total)


def _one_by_one(template: Path, items: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    compiler = _warm(template.resolve())
    for data in items:
        yield compiler.draw(data)


def _side_by_side(template: Path, items: Iterable[Mapping[str, Any]], count: int) -> Iterator[bytes]:
    """Draw with helpers, each a process of its own; the documents come out in the order they went in."""
    free: Queue[_Helper] = Queue()
    with ExitStack() as at_work:
        pool = at_work.enter_context(ThreadPoolExecutor(count))
        for _number in range(count):
            free.put(at_work.enter_context(_Helper(template.resolve())))

        def draw(data: Mapping[str, Any]) -> bytes:
            helper = free.get()
            try:
                return helper.draw(data)
            finally:
                free.put(helper)

        drawn: deque[Future[bytes]] = deque()
        for data in items:  # The next are made ready while those before them are drawn.
            drawn.append(pool.submit(draw, data))
            if len(drawn) >= AHEAD * count:
                yield drawn.popleft().result()
        yield from (each.result() for each in drawn)


class _Helper:
    """
    A process that draws one template, told through a pipe.

    It ends when the pipe closes: so nothing lingers, even when the process it helps is killed.
    """

    def __init__(self, template: Path) -> None:
        command = [sys.executable, "-m", "preau.kit.pdf", str(template)]
        place = {**os.environ, "PYTHONPATH": str(PREAU.parent), "RAYON_NUM_THREADS": "1"}
        self.process = subprocess.Popen(  # noqa: S603 – our own interpreter, our own module, our own template.
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=place
        )

    def draw(self, data: Mapping[str, Any]) -> bytes:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("A helper without pipes cannot draw.")
        _send(self.process.stdin, json.dumps(data).encode())
        sort, answer = _receive(self.process.stdout), _receive(self.process.stdout)
        if sort != b"pdf":
            raise DrawingFailed((answer or b"The helper stopped.").decode())
        return answer or b""

    def __enter__(self) -> _Helper:
        return self

    def __exit__(self, *problem: object) -> None:
        self.process.communicate()


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(8, "big") + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next message, or nothing when the other side has gone."""
    size = pipe.read(8)
    return pipe.read(int.from_bytes(size, "big")) if len(size) == 8 else None


def _help(template: Path, ask: IO[bytes], answer: IO[bytes]) -> None:
    """Draw whatever comes through the pipe, politely behind those who serve pages, until it closes."""
    os.nice(5)
    compiler = _warm(template)
    while (asked := _receive(ask)) is not None:
        try:
            sort, message = b"pdf", compiler.draw(json.loads(asked))
        except (typst.TypstError, TypeError, ValueError) as problem:
            sort, message = b"problem", str(problem).encode()
        _send(answer, sort)
        _send(answer, message)


class _Template:
    """A template of ours and its compiler, which remembers what is the same from one pupil to the next."""

    def __init__(self, path: Path) -> None:
        self.opening = f'#import "/{path.name}": sheet\n#sheet(json(bytes("'
        self.lock = Lock()
        self.compiler = typst.Compiler(
            b"",
            root=str(path.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            package_path=_nowhere(),
            package_cache_path=_nowhere(),
        )

    def draw(self, data: Mapping[str, Any]) -> bytes:
        try:
            return self._draw(data)
        except typst.TypstError as problem:
            if NOT_IN_ANY_FONT not in str(problem):
                raise
        return self._draw(_without_marks(data))

    def _draw(self, data: Mapping[str, Any]) -> bytes:
        source = f'{self.opening}{_as_string(data)}")))'.encode()
        with self.lock:
            pdf = self.compiler.compile(
                source, format="pdf", pdf_standards=["ua-1"], timestamp=0, sys_inputs=None
            )
        if not isinstance(pdf, bytes):
            raise TypeError(f"{self.opening} drew no document")
        return pdf


def _as_string(data: Mapping[str, Any]) -> str:
    """
    Return the data as JSON, ready to stand between the quotes of a Typst string.

    Pure ASCII, and the only two signs that mean something in such a string are escaped.
    """
    text = json.dumps(_drawable(data), ensure_ascii=True, allow_nan=False, sort_keys=True)
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _drawable(value: Any) -> Any:
    """Return the value with every sign that no font of ours draws replaced."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else value.translate(_instead)
    if isinstance(value, Mapping):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_drawable(inner) for inner in value]
    return value


NOTHING_TO_DRAW = {"Cc", "Cs", "Cn", "Co", "Me"}
"""Controls, halves of a sign, and what encloses another sign (the box of a keycap): no font draws these."""
BYTE_ORDER = 0xFEFF


NOT_IN_ANY_FONT = "could not be displayed"


def _without_marks(value: Any) -> Any:
    """Return the value without marks piled on letters, for which no font has a picture; é and ş stay."""
    if isinstance(value, str):
        return "".join(
            sign for sign in unicodedata.normalize("NFC", value) if unicodedata.category(sign) != "Mn"
        )
    if isinstance(value, Mapping):
        return {key: _without_marks(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_marks(inner) for inner in value]
    return value


class _Instead(dict[int, str]):
    """What to draw for each sign: itself, nothing (controls, halves of a sign), or a square."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign == "\n":
            drawn = sign
        elif unicodedata.category(sign) in NOTHING_TO_DRAW or code in {*TURNS_TEXT_AROUND, BYTE_ORDER}:
            drawn = " " if sign == "\t" else ""
        else:
            drawn = sign if _some_font_draws(sign) else INSTEAD
        self[code] = drawn
        return drawn


_instead = _Instead()


def _some_font_draws(sign: str) -> bool:
    source = f'#set document(title: "?")\n#set text(font: "Libertinus Serif")\n#text("\\u{{{ord(sign):x}}}")'
    try:
        with _probing:
            _probe().compile(source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError:
        return False
    return True


_probing = Lock()


@cache
def _probe() -> typst.Compiler:
    return typst.Compiler(b"", root=_nowhere(), font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _warm(template: Path) -> _Template:
    return _Template(template)


@cache
def _fonts() -> typst.Fonts:
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
    return typst.Fonts(include_system_fonts=False, font_paths=[ours, *_folder_of(others)])


def _folder_of(files: list[Path]) -> list[Path]:
    """Return a folder that holds just these files: Typst reads fonts by the folder."""
    if not files:
        return []
    folder = Path(_nowhere()) / "fonts"
    folder.mkdir(exist_ok=True)
    for file in files:
        link = folder / file.name
        if not link.exists():
            link.symlink_to(file)
    return [folder]


_kept: list[tempfile.TemporaryDirectory[str]] = []


@cache
def _nowhere() -> str:
    """Return an empty folder of this process: no package is ever looked up or fetched."""
    _kept.append(tempfile.TemporaryDirectory(prefix="preau-pdf-"))
    return _kept[0].name


if __name__ == "__main__":
    _help(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
