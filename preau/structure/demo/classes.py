"""Who is in which class, this year and the years before."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from preau.kit.demo import Book
from preau.people.demo import Folk, Pupil
from preau.people.models import Person
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    GroupMembership,
    ReportPeriod,
    SchoolYear,
    TeachingAssignment,
    YearLevel,
)

from .grids import FORMS, STREAMS, Line, Stream

FULL = 26
MOVES_ON = date(2026, 11, 16)
ARRIVES_ON = date(2027, 1, 10)
# The class of those who are there for a reason: a stream, and a place in it.
SEATS = {
    "noor": ("4TT", 0),
    "emma": ("4TT", 0),
    "elias": ("2C", 0),
    "alma": ("5TT", 0),
    "twins": ("3G", 0),
    "moves_in_november": ("5G", 0),
    "arrives_in_january": ("3G", 0),
    "in_immersion": ("3G", -1),
    "exam_missed_for_illness": ("4TT", 0),
    "corrected_report_card": ("5TT", 0),
    "adult_who_objects": ("6G", 0),
    "supplementary_year": ("2S", 0),
}


@dataclass
class Classroom:
    """A class as the demonstration knows it: its record, its stream, its pupils."""

    record: ClassGroup
    stream: Stream
    pupils: list[Person] = field(default_factory=list)
    is_immersion: bool = False


@dataclass
class Group:
    """A course group: its record, what is taught, who follows it, who teaches it."""

    record: CourseGroup
    line: Line
    classes: tuple[Classroom, ...]
    memberships: list[GroupMembership]
    assignments: list[TeachingAssignment] = field(default_factory=list)
    is_marked: bool = True

    @property
    def teacher(self) -> Person:
        """Return who has the group now."""
        return (
            self.assignments[-1].teacher
            if self.assignments[-1].kind == "REPLACEMENT"
            else self.assignments[0].teacher
        )

    def teacher_on(self, day: date) -> Person:
        """Return who had the group on a day."""
        return next(
            (
                one.teacher
                for one in self.assignments
                if one.starts_on <= day and (one.ends_on is None or day < one.ends_on)
            ),
            self.assignments[0].teacher,
        )


@dataclass
class Year:
    """One school year with its classes and groups."""

    record: SchoolYear
    periods: list[ReportPeriod]
    years_ago: int
    classes: list[Classroom] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


@dataclass
class Years:
    """The school years, the present one first."""

    all: list[Year]
    stories: dict[str, Group] = field(default_factory=dict)
    """Groups that are there for a reason: of_two_teachers, of_many_classes, without_assessment."""

    @property
    def now(self) -> Year:
        return self.all[0]


class Roster:
    """Says in which level and form each pupil is; forms last from one year to the next."""

    def __init__(self, book: Book, folk: Folk) -> None:
        self.rng = book.rng("structure.roster")
        self.forms: dict[int, str] = {}
        self.seats: dict[int, tuple[str, int]] = {}
        for pupil in folk.pupils:
            if seat := SEATS.get(pupil.story):
                self.seats[pupil.person.pk] = seat
                self.forms[pupil.person.pk] = seat[0].lstrip("0123456789")
        self._deal_forms(folk.pupils)

    def _deal_forms(self, pupils: Iterable[Pupil]) -> None:
        """Give every pupil of the upper levels a form, in exact shares per level."""
        by_level: dict[str, list[Person]] = defaultdict(list)
        for pupil in pupils:
            if pupil.level[0] in "3456" and pupil.person.pk not in self.forms:
                by_level[pupil.level].append(pupil.person)
        for persons in by_level.values():
            for person, form in zip(persons, shares(self.rng, FORMS, len(persons)), strict=True):
                self.forms[person.pk] = form

    def stream_key(self, person: Person, level: str) -> str:
        if level[0] not in "3456":
            return level
        form = self.forms.get(person.pk)
        if form not in FORMS:
            form = self.forms[person.pk] = self.rng.choices(list(FORMS), list(FORMS.values()))[0]
        return f"{level}{form}"


def shares(rng: random.Random, parts: dict[str, int], number: int) -> list[str]:
    """Return as many words as asked, each in its share, in a chance order."""
    total = sum(parts.values())
    drawn = [word for word, part in parts.items() for _one in range(round(part * number / total))]
    drawn = (drawn + [next(iter(parts))] * number)[:number]
    rng.shuffle(drawn)
    return drawn


def seat_pupils(
    book: Book, year: Year, levels: dict[str, YearLevel], roster: Roster, pupils: Iterable[tuple[Person, str]]
) -> None:
    """Make the classes of a year and seat everybody."""
    by_stream: dict[str, list[Person]] = defaultdict(list)
    for person, level in pupils:
        by_stream[roster.stream_key(person, level)].append(person)
    for stream in STREAMS:
        persons = by_stream[stream.key]
        classrooms = _classrooms(book, year, levels[stream.level], stream, len(persons))
        _seat(classrooms, persons, roster.seats if year.years_ago == 0 else {})
        year.classes += [classroom for classroom in classrooms if classroom.pupils]
    ClassGroup.objects.bulk_create([classroom.record for classroom in year.classes])
    year.classes.sort(key=lambda classroom: (classroom.record.year_level.rank, classroom.record.name))


def _classrooms(book: Book, year: Year, level: YearLevel, stream: Stream, pupils: int) -> list[Classroom]:
    number = book.scaled(stream.classes, least=max(stream.least, math.ceil(pupils / FULL)))
    classrooms = []
    for place, letter in enumerate(stream.letters[:number]):
        immersion = stream.immersion and place == number - 1
        name = f"{stream.key}{'I' if immersion and number > 1 else letter}"
        record = ClassGroup(school_year=year.record, year_level=level, name=name, form=stream.form)
        classrooms.append(Classroom(record, stream, is_immersion=immersion))
    return classrooms


def _seat(classrooms: list[Classroom], pupils: list[Person], seats: dict[int, tuple[str, int]]) -> None:
    """Fill the classes evenly, the last half full where it is a small one."""
    weights = [1.0] * len(classrooms)
    if classrooms[0].stream.last_is_small and len(classrooms) > 2:
        weights[-1] = 0.5
    free = []
    for person in pupils:
        if seat := seats.get(person.pk):
            classrooms[seat[1]].pupils.append(person)
        else:
            free.append(person)
    for person in free:
        loads = [
            len(classroom.pupils) / weight for classroom, weight in zip(classrooms, weights, strict=True)
        ]
        classrooms[loads.index(min(loads))].pupils.append(person)
