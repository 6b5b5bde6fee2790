"""A page as a validator reads it: what is wrong in its HTML, and where it leads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WORDS_ONLY = HEADINGS | {
    "p",
    "span",
    "b",
    "i",
    "em",
    "strong",
    "small",
    "label",
    "button",
    "code",
    "kbd",
    "legend",
    "summary",
    "abbr",
    "time",
}
"""What holds words, and nothing that is a block."""
BLOCKS = HEADINGS | {
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
}
SEEN_THROUGH = {"a", "ins", "del", "map", "object"}
"""What holds what its parent may hold, as elements of our own do."""
CLOSED_BY_ITS_PARENT = {"li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "p"}
NAMELESS = {"div", "span", "p"}
"""What has no role: a name on it is said by nobody."""
POINTING = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "commandfor",
    "popovertarget",
    "for",
    "form",
)


@dataclass
class Element:
    """An element that is open: what it is, and whether it says anything."""

    tag: str
    has: dict[str, str]
    line: int
    says: bool = False


@dataclass(frozen=True)
class Way:
    """Where a page leads: an address, and whether something is sent there."""

    address: str
    method: str = "get"


@dataclass
class _Tree:
    """The page itself, or a template in it, which is a page of its own."""

    ids: Counter[str] = field(default_factory=Counter)
    pointed_at: list[tuple[str, str, int]] = field(default_factory=list)


class Markup(HTMLParser):
    """Reads a page: `faults` says what is wrong in it, `ways` where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ways: set[Way] = set()
        self._open: list[Element] = []
        self._trees = [_Tree()]
        self.feed(page)
        self.close()
        self._end_of_tree(self._trees.pop())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        has = {name: value or "" for name, value in reversed(attrs)}
        here = Element(tag, has, self.getpos()[0])
        for name, times in names.items():
            if times > 1:
                self._fault(here, f"has {name} {times} times")
        self._close_what_ends_before(tag)
        self._check_place(here)
        self._check_names(here)
        self._note_ways(here)
        tree = self._trees[-1]
        if "id" in has:
            tree.ids[has["id"]] += 1
        for name in POINTING:
            tree.pointed_at += [(name, key, here.line) for key in has.get(name, "").split()]
        if tag in VOID:
            if tag == "img" and has.get("alt"):
                self._say()
        else:
            self._open.append(here)
            if tag == "template":
                self._trees.append(_Tree())

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1].tag != tag and self._open[-1].tag in CLOSED_BY_ITS_PARENT:
            self._leave()
        if not self._open or self._open[-1].tag != tag:
            if tag not in VOID:
                self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes nothing that is open")
            return
        self._leave()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._say()

    def _say(self) -> None:
        for element in self._open:
            element.says = True

    def _leave(self) -> None:
        left = self._open.pop()
        is_named = left.says or left.has.get("aria-label") or left.has.get("aria-labelledby")
        must_speak = left.tag in HEADINGS | {"button", "a", "legend", "summary"}
        if must_speak and not is_named and len(self._trees) == 1:  # A template speaks once it is filled.
            self._fault(left, "says nothing")
        if left.tag == "template":
            self._end_of_tree(self._trees.pop())

    def _close_what_ends_before(self, tag: str) -> None:
        """Close what needs no closing tag: a cell before the next one, a line before the next one."""
        if tag in {"li", "option", "tr", "td", "th", "dt", "dd"} and self._open and self._open[-1].tag == tag:
            self._leave()

    def _check_place(self, here: Element) -> None:
        if here.tag in BLOCKS:
            for outer in reversed(self._open):
                if outer.tag in WORDS_ONLY:
                    self._fault(here, f"stands in <{outer.tag} class={outer.has.get('class', '')!r}>")
                if outer.tag not in SEEN_THROUGH and "-" not in outer.tag:
                    break
        around = {outer.tag for outer in self._open}
        if here.tag == "form" and "form" in around:
            self._fault(here, "stands in another form")
        if here.tag in {"a", "button", "input", "select", "textarea"} and around & {"a", "button"}:
            self._fault(here, "stands in what one presses")

    def _check_names(self, here: Element) -> None:
        is_named = "aria-label" in here.has or "aria-labelledby" in here.has
        if is_named and here.tag in NAMELESS and not here.has.get("role"):
            self._fault(here, "has a name and no role: nobody hears it")
        if here.tag == "img" and "alt" not in here.has:
            self._fault(here, "has no alt")

    def _note_ways(self, here: Element) -> None:
        has = here.has
        if here.tag == "a" and "href" in has:
            self.ways.add(Way(has["href"]))
        if here.tag == "img" and has.get("src"):
            self.ways.add(Way(has["src"]))
        if here.tag == "form" and has.get("action"):
            self.ways.add(Way(has["action"], has.get("method", "get").lower()))
        if has.get("formaction"):
            self.ways.add(Way(has["formaction"], has.get("formmethod", "post").lower()))
        if has.get("hx-get"):
            self.ways.add(Way(has["hx-get"]))
        if has.get("hx-post"):
            self.ways.add(Way(has["hx-post"], "post"))

    def _end_of_tree(self, tree: _Tree) -> None:
        self.faults += [
            f"the id {key!r} stands {times} times" for key, times in tree.ids.items() if times > 1
        ]
        self.faults += [
            f"line {line}: {name} points at {key!r}, which is not there"
            for name, key, line in tree.pointed_at
            if key not in tree.ids
        ]

    def _fault(self, element: Element, words: str) -> None:
        kind = element.has.get("class") or element.has.get("id") or element.has.get("name") or ""
        self.faults.append(f"line {element.line}: <{element.tag} {kind!r}> {words}")


def is_page(answer: Any) -> bool:
    return "html" in answer.headers.get("Content-Type", "") and not answer.streaming


def markup_of(answer: Any) -> Markup:
    """Read an answer that is a page (anything else is read as an empty one)."""
    return Markup(answer.content.decode() if is_page(answer) else "")
