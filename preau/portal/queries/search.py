"""The command box: one question put to every open module, each answering with what the person may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from preau.kit import modules
from preau.kit.modules import Found, Words
from preau.people.models import Person, PersonQuerySet, name_for_sorting
from preau.structure.queries import classes_by_pupil

from ..rules import may_open_file

PAGES = _("Pages")
AT_MOST = 8
SHORTEST = 2
LONGEST = 80


@dataclass(frozen=True)
class Source:
    """What one part of the school found."""

    name: Words
    found: list[Found]


@dataclass(frozen=True)
class Answer:
    """All that was found for some words; `is_short` when there was too little to look for."""

    words: str
    is_short: bool
    sources: list[Source]

    @property
    def is_empty(self) -> bool:
        return not self.sources


def search(person: Person, typed: str) -> Answer:
    """Look everywhere the person may look. At most eight things from each source."""
    words = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    if len(name_for_sorting(words)) < SHORTEST:
        return Answer(words, True, [])
    opened = modules.open_to(person)
    named: list[tuple[Words, Iterable[Found]]] = [
        (module.name, source(person, words)) for module in opened for source in module.searches
    ]
    named.append((PAGES, pages_named(person, words, opened)))
    sources = [Source(name, list(islice(found, AT_MOST))) for name, found in named]
    return Answer(words, False, [source for source in sources if source.found])


def pages_named(person: Person, words: str, opened: list[modules.Module]) -> Iterable[Found]:
    """Return the pages of the navigation whose name holds every word typed."""
    wanted = name_for_sorting(words).split()
    for module in opened:
        for entry in module.menu:
            named = name_for_sorting(str(entry.label))
            if all(word in named for word in wanted) and entry.rule.admits(person):
                yield Found(str(entry.label), str(module.name), reverse(entry.address), entry.icon)


def files_named(person: Person, words: str) -> Iterable[Found]:
    """Return the pupils of that name whose file the person may open. Two queries."""
    named: PersonQuerySet = Person.objects.all().named(words)
    pupils = list(may_open_file.among(named.by_name(), person)[:AT_MOST])
    classes = classes_by_pupil(pupil.pk for pupil in pupils)
    for pupil in pupils:
        class_group = classes.get(pupil.pk)
        yield Found(
            pupil.full_name,
            class_group.name if class_group else "",
            reverse("portal:pupil", args=[pupil.pk]),
            "user",
        )
