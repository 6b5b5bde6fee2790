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

from .fonts import NOTHING_TO_DRAW, PREAU, Fonts, Signs, fonts_of, nowhere, signs_of
from .progress import Progress, nobody_watches
from .surroundings import without_secrets

MADE_AT = "made_at"
"""The key of the data under which the seconds of the document's date stand; without it, it has the date 0."""
ABOUT = "document_about"
"""The key under which title and description stand, which are read out and not drawn."""
WORTH_HELPERS = 40
"""From how many documents on it is worth waking helpers."""
AHEAD = 16
"""How many documents, for each helper, are made ready before they are drawn."""


class DrawingFailed(RuntimeError):  # noqa: N818 – what is wrong, said as it is.
    """A template could not draw its data; its words say where."""


def compile_pdf(template: Path, data: Mapping[str, Any], *, fonts: Fonts = Fonts.ALL) -> bytes:
    """Return the PDF that a template draws from the data."""
    return _warm(template.resolve(), fonts).draw(data)


def compile_many(
    template: Path,
    items: Iterable[Mapping[str, Any]],
    progress: Progress = nobody_watches,
    *,
    total: int = 0,
    processes: int = 0,
    fonts: Fonts = Fonts.ALL,
) -> Iterator[bytes]:
    """
    Yield the PDF of each item in turn, telling how many are done. Nothing is kept: write as you go.

    :param total: how many items there are, for those who wait
    :param processes: how many work side by side; as many as this machine lends us unless told
    """
    helpers = processes or len(os.sched_getaffinity(0))
    few = total and total < WORTH_HELPERS
    if helpers == 1 or few:
        drawn = _one_by_one(template, items, fonts)
    else:
        drawn = _side_by_side(template, items, fonts, helpers)
    for done, pdf in enumerate(drawn, start=1):
        yield pdf
        progress(done, total)


def _one_by_one(template: Path, items: Iterable[Mapping[str, Any]], fonts: Fonts) -> Iterator[bytes]:
    compiler = _warm(template.resolve(), fonts)
    for data in items:
        yield compiler.draw(data)


def _side_by_side(
    template: Path, items: Iterable[Mapping[str, Any]], fonts: Fonts, count: int
) -> Iterator[bytes]:
    """Draw with helpers, each a process of its own; the documents come out in the order they went in."""
    free: Queue[_Helper] = Queue()
    with ExitStack() as at_work:
        pool = at_work.enter_context(ThreadPoolExecutor(count))
        for _number in range(count):
            free.put(at_work.enter_context(_Helper(template.resolve(), fonts)))

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

    def __init__(self, template: Path, fonts: Fonts) -> None:
        command = [sys.executable, "-m", "preau.kit.pdf", str(template), fonts.value]
        place = {**without_secrets(), "PYTHONPATH": str(PREAU.parent), "RAYON_NUM_THREADS": "1"}
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


def _help(template: Path, fonts: Fonts, ask: IO[bytes], answer: IO[bytes]) -> None:
    """Draw whatever comes through the pipe, politely behind those who serve pages, until it closes."""
    os.nice(5)
    compiler = _warm(template, fonts)
    while (asked := _receive(ask)) is not None:
        try:
            sort, message = b"pdf", compiler.draw(json.loads(asked))
        except (typst.TypstError, TypeError, ValueError) as problem:
            sort, message = b"problem", str(problem).encode()
        _send(answer, sort)
        _send(answer, message)


class _Template:
    """A template of ours and its compiler, which remembers what is the same from one pupil to the next."""

    def __init__(self, path: Path, fonts: Fonts) -> None:
        self.signs = signs_of(fonts)
        self.opening = f'#import "/{path.name}": sheet\n#sheet(json(bytes("'
        self.lock = Lock()
        self.compiler = typst.Compiler(
            b"",
            root=str(path.parent),
            font_paths=fonts_of(fonts),
            ignore_system_fonts=True,
            package_path=nowhere(),
            package_cache_path=nowhere(),
        )

    def draw(self, data: Mapping[str, Any]) -> bytes:
        try:
            return self._draw(data)
        except typst.TypstError as problem:
            if NOT_IN_ANY_FONT not in str(problem):
                raise
        return self._draw(_without_marks(data))

    def _draw(self, data: Mapping[str, Any]) -> bytes:
        source = f'{self.opening}{_as_string(data, self.signs)}")))'.encode()
        with self.lock:
            pdf = self.compiler.compile(
                source, format="pdf", pdf_standards=["ua-1"], timestamp=data.get(MADE_AT, 0), sys_inputs=None
            )
        if not isinstance(pdf, bytes):
            raise TypeError(f"{self.opening} drew no document")
        return pdf


def _as_string(data: Mapping[str, Any], signs: Signs) -> str:
    """
    Return the data as JSON, ready to stand between the quotes of a Typst string.

    Pure ASCII, and the only two signs that mean something in such a string are escaped.
    """
    text = json.dumps(_drawable(data, signs), ensure_ascii=True, allow_nan=False, sort_keys=True)
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _drawable(value: Any, signs: Signs) -> Any:
    """Return the value with every sign that no font of ours draws replaced; what is not drawn stays."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else value.translate(signs)
    if isinstance(value, Mapping):
        return {
            key: _spoken(inner) if key == ABOUT else _drawable(inner, signs) for key, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_drawable(inner, signs) for inner in value]
    return value


def _spoken(about: Mapping[str, str]) -> dict[str, str]:
    """Return what a reader of screens is told of a document: any sign but controls, no picture is needed."""
    return {
        key: "".join(sign for sign in text if unicodedata.category(sign) not in NOTHING_TO_DRAW)
        for key, text in about.items()
    }


NOT_IN_ANY_FONT = "could not be displayed"


def _without_marks(value: Any) -> Any:
    """Return the value without marks piled on letters, for which no font has a picture; é and ş stay."""
    if isinstance(value, str):
        return "".join(sign for sign in unicodedata.normalize("NFC", value) if not _is_a_mark(sign))
    if isinstance(value, Mapping):
        return {key: _without_marks(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_marks(inner) for inner in value]
    return value


def _is_a_mark(sign: str) -> bool:
    """Say whether a sign stands on the one before it, as the narrow sound marks of Japanese do unsaid."""
    return unicodedata.category(unicodedata.normalize("NFKC", sign)[0]).startswith("M")


@cache
def _warm(template: Path, fonts: Fonts) -> _Template:
    return _Template(template, fonts)


if __name__ == "__main__":
    _help(Path(sys.argv[1]), Fonts(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
