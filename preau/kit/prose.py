"""
Pages written in Markdown by the people of the house, as HTML.

Only what our own pages use is understood: headings, paragraphs, lists, tables, pictures. All the rest is
text, and shown as it stands: no page brings HTML in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

Where = Callable[[str], str]
"""Takes the target of a link or of a picture as it is written; returns its address."""

PICTURE = re.compile(
    r'!\[(?P<alt>[^\]]*)\]\((?P<to>[^)\s]+)\)|<img src="(?P<src>[^"]+)" alt="(?P<words>[^"]*)"[^>]*>'
)
INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>(?:\*[^*]+\*|[^*])+)\*\*|\*(?P<em>[^*\s][^*]*)\*|\[(?P<label>[^\]]+)\]\((?P<to>[^)\s]+)\)"
)
HEADING = re.compile(r"(#{1,4}) (.+)")
ITEM = re.compile(r"(-|\d+\.) (.*)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
RULE = re.compile(r"\|[\s|:-]+\|$")


def emphasized(page: str) -> list[str]:
    """Return what stands between single stars: the names of screens and buttons."""
    bare = COMMENT.sub("", page)
    return [" ".join(found["em"].split()) for found in INLINE.finditer(bare) if found["em"]]


def plain(page: str) -> str:
    """Return the words of a page without its marks, to look for something in them."""
    bare = PICTURE.sub("", COMMENT.sub("", page))
    kept = INLINE.sub(lambda it: next(word for word in it.groups() if word), bare)
    return " ".join(re.sub(r"^\s*(#+|-|\d+\.|---)\s|\|", " ", kept, flags=re.MULTILINE).split())


def drawn(page: str, where: Where) -> SafeString:
    """Return a page as HTML."""
    return _joined(_blocks(COMMENT.sub("", page), where), "\n")


def _joined(parts: Iterable[str], between: str = "") -> SafeString:
    """Put parts one after the other; one that is not HTML is escaped."""
    return format_html_join(between, "{}", ((part,) for part in parts))


def anchor_of(heading: str) -> str:
    return slugify(plain(heading))


def _blocks(page: str, where: Where) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", page.strip()):
        lines = block.strip().split("\n")
        while lines and (found := HEADING.fullmatch(lines[0])):
            yield _heading(found, where)
            lines = lines[1:]
        if not lines or lines == ["---"] or not lines[0]:
            continue
        if lines[0].startswith("|"):
            yield _table(lines, where)
        elif ITEM.match(lines[0]):
            yield _list(lines, where)
        elif len(lines) == 1 and (picture := PICTURE.fullmatch(lines[0].strip())):
            yield _picture(picture, where)
        else:
            yield from _paragraph_and_list(lines, where)


def _paragraph_and_list(lines: list[str], where: Where) -> Iterator[str]:
    words = list(takewhile(lambda line: not ITEM.match(line), lines))
    yield format_html("<p>{}</p>", _line(" ".join(words), where))
    if rest := lines[len(words) :]:
        yield _list(rest, where)


def _heading(found: re.Match[str], where: Where) -> str:
    level = len(found[1])
    return format_html('<h{} id="{}">{}</h{}>', level, anchor_of(found[2]), _line(found[2], where), level)


def _list(lines: list[str], where: Where) -> str:
    items: list[str] = []
    for line in lines:
        if found := ITEM.match(line):
            items.append(found[2])
        else:
            items[-1] += f" {line.strip()}"
    kind = "ul" if lines[0].startswith("-") else "ol"
    drawn_items = _joined(format_html("<li>{}</li>", _line(item, where)) for item in items)
    return format_html("<{}>{}</{}>", kind, drawn_items, kind)


def _table(lines: list[str], where: Where) -> str:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in lines
        if not RULE.match(line)
    ]
    head, body = rows[0], rows[1:]
    return format_html(
        '<div class="table-wrap"><table class="table">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        _joined(format_html('<th scope="col">{}</th>', _line(cell, where)) for cell in head),
        _joined(_row(row, where) for row in body),
    )


def _row(cells: list[str], where: Where) -> str:
    return format_html(
        "<tr>{}</tr>", _joined(format_html("<td>{}</td>", _line(cell, where)) for cell in cells)
    )


def _picture(found: re.Match[str], where: Where) -> str:
    address, words = where(found["to"] or found["src"]), found["alt"] or found["words"]
    return format_html('<figure><img src="{}" alt="{}" loading="lazy"></figure>', address, words)


def _line(words: str, where: Where) -> SafeString:
    """Return a line with its code, links and stress; everything else is escaped."""
    parts, last = list[str](), 0
    for found in INLINE.finditer(words):
        parts.append(escape(words[last : found.start()]))
        last = found.end()
        if found["code"]:
            parts.append(format_html("<code>{}</code>", found["code"]))
        elif found["strong"]:
            parts.append(format_html("<strong>{}</strong>", _line(found["strong"], where)))
        elif found["em"]:
            parts.append(format_html("<em>{}</em>", found["em"]))
        else:
            parts.append(_link(found, where))
    return _joined([*parts, escape(words[last:])])


def _link(found: re.Match[str], where: Where) -> str:
    address = where(found["to"])
    return format_html('<a href="{}">{}</a>', address, found["label"]) if address else escape(found["label"])
