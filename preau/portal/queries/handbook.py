"""
The handbook of the school, as one reads it inside Préau: `docs/handbook`, chapter by chapter.

A chapter begins with two lines that nobody sees: for whom it is written, and which screens it is about.

    <!-- for: teachers -->
    <!-- screens: gradebook sheets portal:today -->
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import SafeString

from preau.kit import prose
from preau.kit.access import Standing, signed_in
from preau.kit.modules import Found, key_of
from preau.people.models import Duty, Person, name_for_sorting
from preau.people.relations import holds, is_a_guardian
from preau.people.rules import may_manage_people
from preau.structure.relations import is_a_pupil, is_a_teacher

DOCS = Path(__file__).resolve().parents[3] / "docs"
FOLDER, PICTURES = DOCS / "handbook", DOCS / "pictures"
FIRST = "premiers-pas"
ABOUT = re.compile(r"<!-- (for|screens): (.*?) -->")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
SECTION = re.compile(r"^## ", re.MULTILINE)
SHORTEST, MOST_FOUND, LONGEST_EXCERPT = 2, 12, 160

Kind = Duty.Kind
READERS: dict[str, Standing] = {
    "everyone": signed_in,
    "teachers": is_a_teacher,
    "families": is_a_guardian | is_a_pupil,
    "secretariat": may_manage_people,
    "direction": holds(Kind.HEAD, Kind.DEPUTY, Kind.DATA_PROTECTION),
    "support": holds(Kind.HEAD, Kind.DEPUTY, Kind.ADJUSTMENTS, Kind.GUIDANCE, Kind.EDUCATOR) | is_a_teacher,
}
"""For whom a chapter may be written. Everybody may read every chapter: these only put one's own first."""


@dataclass(frozen=True)
class Section:
    """A part of a chapter under its own heading."""

    chapter: Chapter
    title: str
    written: str

    @property
    def address(self) -> str:
        return f"{self.chapter.address}#{prose.anchor_of(self.title)}" if self.title else self.chapter.address

    @property
    def name(self) -> str:
        return self.title or self.chapter.title

    @property
    def words(self) -> str:
        return prose.plain(self.written)

    @property
    def excerpt(self) -> str:
        words = self.words
        return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True)
class Chapter:
    """A page of the handbook."""

    slug: str
    title: str
    written: str
    readers: tuple[str, ...]
    screens: tuple[str, ...]

    @property
    def address(self) -> str:
        return reverse("portal:chapter", args=[self.slug])

    @property
    def sections(self) -> list[Section]:
        opening, *others = SECTION.split(TITLE.sub("", ABOUT.sub("", self.written), count=1))
        parts = [(other.partition("\n")[0].strip(), other.partition("\n")[2]) for other in others]
        return [
            Section(self, title, written) for title, written in [("", opening), *parts] if written.strip()
        ]

    @property
    def drawn(self) -> SafeString:
        return prose.drawn(TITLE.sub("", self.written, count=1), _where)

    def is_for(self, person: Person) -> bool:
        return any(READERS[readers].admits(person) for readers in self.readers)

    def is_about(self, screen: str) -> bool:
        """Say whether the chapter speaks of a screen, by its address or its part of the school."""
        return screen in self.screens or key_of(screen.partition(":")[0]) in self.screens


@dataclass(frozen=True)
class Handbook:
    """The handbook as one person opens it on one screen."""

    here: list[Chapter]
    """What speaks of the screen the person comes from."""
    own: list[Chapter]
    others: list[Chapter]
    words: str
    found: list[Section]


def handbook(person: Person, *, screen: str = "", typed: str = "") -> Handbook:
    """Open the handbook for somebody: what speaks of the screen, what is for them, what was looked for."""
    own = [chapter for chapter in chapters() if chapter.is_for(person)]
    about = [chapter for chapter in chapters() if screen and chapter.is_about(screen)]
    words = " ".join(typed.replace("\x00", " ").split())[:80]
    return Handbook(
        here=sorted(about, key=lambda chapter: chapter not in own),
        own=own,
        others=[chapter for chapter in chapters() if chapter not in own],
        words=words,
        found=list(sections_about(words))[:MOST_FOUND],
    )


def chapter_called(slug: str) -> Chapter | None:
    return next((chapter for chapter in chapters() if chapter.slug == slug), None)


def sections_about(words: str) -> Iterable[Section]:
    """Return the sections that hold every word, those named so first. Accents and capitals do not matter."""
    wanted = name_for_sorting(words).split()
    if len("".join(wanted)) < SHORTEST:
        return []
    named, others = list[Section](), list[Section]()
    for section in (section for chapter in chapters() for section in chapter.sections):
        title, text = name_for_sorting(section.name), name_for_sorting(section.words)
        if all(word in title for word in wanted):
            named.append(section)
        elif all(word in title or word in text for word in wanted):
            others.append(section)
    return [*named, *others]


def help_named(person: Person, words: str) -> Iterator[Found]:
    """Give the command box what the handbook says of some words."""
    for section in sections_about(words):
        yield Found(section.name, section.chapter.title, section.address, "help-circle")


def screen_of(path: str) -> str:
    """Return the name of the address of a page of ours, nothing when it is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def picture_called(name: str) -> Path | None:
    return next((file for file in PICTURES.glob("*.png") if file.stem == name), None)


@cache
def chapters() -> list[Chapter]:
    """Return every chapter, the one to begin with first. Read once: the handbook comes with the version."""
    read = [_chapter(file) for file in sorted(FOLDER.glob("*.md"))]
    return sorted(read, key=lambda chapter: chapter.slug != FIRST)


def _chapter(file: Path) -> Chapter:
    written = file.read_text(encoding="utf-8")
    about = {found[1]: tuple(found[2].split()) for found in ABOUT.finditer(written)}
    title = TITLE.search(written)
    return Chapter(
        slug=file.stem,
        title=title[1] if title else file.stem,
        written=written,
        readers=about.get("for", ("everyone",)),
        screens=about.get("screens", ()),
    )


def _where(target: str) -> str:
    """Return the address of what a chapter names: another chapter, a place in it, a picture."""
    page, mark, place = target.partition("#")
    anchor = f"{mark}{place}"
    if not page:
        return anchor
    if page.startswith("../pictures/"):
        return reverse("portal:help_picture", args=[Path(page).stem])
    return f"{reverse('portal:chapter', args=[Path(page).stem])}{anchor}" if "/" not in page else ""
