"""Course groups: whole classes, pairs of classes, and those who chose alike."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from preau.kit.demo import Book
from preau.people.models import Person
from preau.structure.models import (
    Course,
    CourseGroup,
    CourseStatus,
    GroupMembership,
    Subject,
    YearLevel,
)

from .classes import ARRIVES_ON, MOVES_ON, Classroom, Group, Year
from .grids import (
    PHILOSOPHICAL,
    PHILOSOPHIES,
    PHILOSOPHY_BANDS,
    REMEDIATED,
    REMEDIATION,
    STATUSES,
    STREAMS,
    SUBJECTS,
    Choice,
    Line,
)

PERIODS_OF_PHILOSOPHY = 2
CHOIR = 26


class Catalogue:
    """The courses of the school, each made when first taught."""

    def __init__(self) -> None:
        self.statuses = {
            code: CourseStatus(
                code=code, name=name, counts_as_failure=failure, counts_in_average=average, rank=rank
            )
            for rank, (code, name, failure, average) in enumerate(STATUSES, start=1)
        }
        self.subjects = {
            code: Subject(
                code=code,
                name=name,
                short_name=short,
                rank=10 * rank,
                is_philosophical=code in PHILOSOPHICAL,
            )
            for rank, (code, name, short, _by) in enumerate(SUBJECTS, start=1)
        }
        self.courses: dict[str, Course] = {}
        CourseStatus.objects.bulk_create(self.statuses.values())
        Subject.objects.bulk_create(self.subjects.values())

    def course(self, line: Line, level: YearLevel, form: str) -> Course:
        """Return the course of a line, new if nobody taught it before."""
        form = "" if line.over_forms else form
        dutch = "N" if line.language == "nl" else ""
        code = f"{level.code} {form}".strip() + f":{line.subject}{line.periods}{dutch}"
        if code not in self.courses:
            subject = self.subjects[line.subject]
            taught_in = " (en néerlandais)" if dutch else ""
            self.courses[code] = Course(
                subject=subject,
                year_level=level,
                form=form,
                weekly_periods=line.periods,
                code=code,
                name=f"{subject.short_name} {line.periods}{taught_in}",
                status=self.statuses[line.status],
                language=line.language,
            )
        return self.courses[code]


class Grouping:
    """Forms the groups of one school year."""

    def __init__(self, book: Book, year: Year, catalogue: Catalogue, stories: dict[str, Person]) -> None:
        self.rng = book.rng(f"structure.groups.{year.years_ago}")
        self.book, self.year, self.catalogue = book, year, catalogue
        self.stories = stories if year.years_ago == 0 else {}
        self.class_of = {person.pk: room for room in year.classes for person in room.pupils}
        self.maths = self._maths_of_the_move()
        self.numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def form_all(self) -> None:
        for stream in STREAMS:
            rooms = [room for room in self.year.classes if room.stream is stream]
            self._common_courses(rooms)
            for choice in stream.choices:
                self._choose(choice, rooms)
        by_level: dict[str, list[Classroom]] = defaultdict(list)
        for room in self.year.classes:
            by_level[room.stream.level].append(room)
        for rooms in by_level.values():
            self._philosophy(rooms)
            self._remediation(rooms)
        self._choir()

    def _maths_of_the_move(self) -> dict[int, int]:
        """Return the maths of the pupil who moves in November, and of one who waits in the next class."""
        if pupil := self.stories.get("moves_in_november"):
            goal = next(room for room in self.year.classes if room.record.name == "5GB")
            return {pupil.pk: 4, goal.pupils[0].pk: 6}
        return {}

    # Whole classes.
    def _common_courses(self, rooms: Sequence[Classroom]) -> None:
        for room in rooms:
            for line in room.stream.own:
                self._group(_in_its_language(line, room), [room], room.pupils)
        for pair in _bands(2, rooms):
            for line in pair[0].stream.joint:
                self._group(line, pair, [person for room in pair for person in room.pupils])
        for place, room in enumerate(rooms):
            bundles = room.stream.bundles
            for line in bundles[place % len(bundles)] if bundles else ():
                self._group(line, [room], room.pupils)

    # Those who chose alike.
    def _choose(self, choice: Choice, rooms: Sequence[Classroom]) -> None:
        if choice.whole_class:
            for room in rooms:
                for line in self._package(choice):
                    self._group(line, [room], room.pupils)
            return
        for band in _bands(choice.classes_together, rooms):
            chosen: dict[tuple[Line, ...], list[Person]] = defaultdict(list)
            for room in band:
                for person in room.pupils:
                    if choice.share == 1 or self.rng.random() < choice.share:
                        chosen[self._package(choice, person)].append(person)
            for package, persons in chosen.items():
                for line in package:
                    self._split(line, persons, choice.most)

    def _package(self, choice: Choice, person: Person | None = None) -> tuple[Line, ...]:
        packages = [package for package, _part in choice.packages]
        if person is not None and packages[0][0].subject == "MATH" and person.pk in self.maths:
            return next(package for package in packages if package[0].periods == self.maths[person.pk])
        return self.rng.choices(packages, [part for _package, part in choice.packages])[0]

    def _split(self, line: Line, persons: Sequence[Person], most: int) -> None:
        """Make groups of at most so many, drawing from as few classes as can be."""
        number = math.ceil(len(persons) / most)
        ordered = sorted(persons, key=lambda person: self.class_of[person.pk].record.name)
        for part in range(number):
            members = ordered[part * len(ordered) // number : (part + 1) * len(ordered) // number]
            self._group(line, self._classes(members), members)

    def _philosophy(self, rooms: Sequence[Classroom]) -> None:
        """Religion or morals: two, three or four classes together for the many, one for the few."""
        conviction = {person.pk: self._conviction(person) for room in rooms for person in room.pupils}
        for subject, together in PHILOSOPHY_BANDS.items():
            line = Line(subject, PERIODS_OF_PHILOSOPHY, over_forms=True)
            for band in _bands(together, rooms):
                chosen = [
                    person for room in band for person in room.pupils if conviction[person.pk] == subject
                ]
                self._split(line, chosen, most=24)

    def _conviction(self, person: Person) -> str:
        """Return the philosophy of a pupil, the same from year to year."""
        rng = self.book.rng(f"philosophy.{person.full_name}.{person.born_on}")
        return rng.choices(list(PHILOSOPHIES), list(PHILOSOPHIES.values()))[0]

    def _remediation(self, rooms: Sequence[Classroom]) -> None:
        """Pupils in difficulty, from all the classes of a level; nobody gives them marks."""
        everybody = [person for room in rooms for person in room.pupils]
        chosen = self.rng.sample(everybody, max(1, round(REMEDIATED * len(everybody))))
        for place, subject in enumerate(REMEDIATION):
            members = chosen[place :: len(REMEDIATION)]
            if members:
                line = Line(subject, 1, status="REM", over_forms=True)
                self._group(line, self._classes(members), members, is_marked=False)

    def _choir(self) -> None:
        """The choir draws from all the classes of the upper years."""
        rooms = [room for room in self.year.classes if room.stream.level in "3456" and room.pupils]
        members = [room.pupils[-1] for room in rooms][: self.book.scaled(CHOIR, least=6)]
        line = Line("CHOR", 1, status="AC", over_forms=True)
        self._group(line, self._classes(members), members)

    # Records.
    def _classes(self, members: Iterable[Person]) -> list[Classroom]:
        rooms = {self.class_of[person.pk].record.name: self.class_of[person.pk] for person in members}
        return [rooms[name] for name in sorted(rooms)]

    def _group(
        self, line: Line, rooms: Sequence[Classroom], members: Sequence[Person], *, is_marked: bool = True
    ) -> None:
        if not members:
            return
        course = self.catalogue.course(line, rooms[0].record.year_level, rooms[0].stream.form)
        record = CourseGroup(
            course=course,
            school_year=self.year.record,
            code=f"{course.code}-{next(self.numbers[course.code]):02d}",
            name=_name(rooms),
        )
        ties = [self._membership(record, person) for person in members]
        self.year.groups.append(Group(record, line, tuple(rooms), ties, is_marked=is_marked))

    def _membership(self, record: CourseGroup, person: Person) -> GroupMembership:
        starts_on = self.year.record.starts_on
        if person == self.stories.get("arrives_in_january"):
            starts_on = ARRIVES_ON
        ends_on = None if self.year.years_ago == 0 else self.year.record.ends_on
        return GroupMembership(group=record, pupil=person, starts_on=starts_on, ends_on=ends_on)


def move_in_november(year: Year, pupil: Person) -> None:
    """The pupil leaves one class for the next, and maths 4 for maths 6; marks stay where they were given."""
    old, new = (room for room in year.classes if room.record.name in ("5GA", "5GB"))
    for group in [group for group in year.groups if any(tie.pupil == pupil for tie in group.memberships)]:
        if goal := _goal_of_the_move(year, group, old, new):
            tie = next(tie for tie in group.memberships if tie.pupil == pupil)
            tie.ends_on = MOVES_ON
            goal.memberships.append(GroupMembership(group=goal.record, pupil=pupil, starts_on=MOVES_ON))


def _goal_of_the_move(year: Year, group: Group, old: Classroom, new: Classroom) -> Group | None:
    """Return the group to which a pupil passes from this one, nothing when the pupil stays."""
    if group.line.subject == "MATH":
        return next(goal for goal in year.groups if goal.record.course.code == "5 G:MATH6")
    if group.classes != (old,):
        return None
    return next(
        (
            goal
            for goal in year.groups
            if goal.record.course is group.record.course and goal.classes == (new,)
        ),
        None,
    )


def _in_its_language(line: Line, room: Classroom) -> Line:
    if room.is_immersion and line.subject in ("HIST", "GEO"):
        return Line(line.subject, line.periods, line.status, language="nl")
    return line


def _bands(together: int, rooms: Sequence[Classroom]) -> list[list[Classroom]]:
    """Return the classes by so many; one that remains alone joins the last band."""
    bands = [list(rooms[place : place + together]) for place in range(0, len(rooms), together)]
    if len(bands) > 1 and len(bands[-1]) == 1 and together > 1:
        last = bands.pop()
        bands[-1] += last
    return bands


def _name(rooms: Sequence[Classroom]) -> str:
    names = [room.record.name for room in rooms]
    if len(names) <= 3:
        return ", ".join(names)
    return f"{names[0]} … {names[-1]} ({len(names)})"
