"""A class at the end of a period: results, words, cards, and who has read them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from preau.gradebook.queries import GroupLine, course_groups_of
from preau.people.models import Person
from preau.structure.models import ClassGroup, CourseGroup, GroupMembership, ReportPeriod, TeachingAssignment
from preau.structure.queries import class_of, pupils_of

from ..models import Hold, Release, ReportCard, TutorWord
from ..rules import may_read_class
from .facts import Facts, facts_of, snapshot_of
from .records import day_of


@dataclass(frozen=True, slots=True)
class ClassAtEnd:
    """A class whose report cards one prepares, at the end of a period."""

    class_group: ClassGroup
    period: ReportPeriod


@dataclass(frozen=True, slots=True)
class CourseColumn:
    """A course that somebody of the class follows."""

    course: int
    name: str
    short: str
    hours: int
    failures: int


@dataclass(frozen=True)
class PupilRow:
    """A pupil of the class, with what the card says and what became of it."""

    pupil: Person
    facts: Facts
    by_course: list[tuple[int, Any]]
    """Each course of the columns with the standing in it, None where the pupil does not follow it."""
    word: TutorWord | None
    card: ReportCard | None
    hold: Hold | None
    readers: int
    acknowledged: int

    @cached_property
    def summary(self) -> Facts:
        summary: Facts = self.facts["summary"]
        return summary


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A gradebook of the class: who keeps it, what it lacks."""

    line: GroupLine
    teachers: list[str]


@dataclass(frozen=True)
class ClassPage:
    """All that the page of a class shows for a period."""

    class_group: ClassGroup
    period: ReportPeriod
    columns: list[CourseColumn]
    rows: list[PupilRow]
    gradebooks: list[Gradebook]
    release: Release | None

    @cached_property
    def open_gradebooks(self) -> int:
        return sum(not gradebook.line.is_closed for gradebook in self.gradebooks)

    @cached_property
    def words_written(self) -> int:
        return sum(row.word is not None for row in self.rows)

    @cached_property
    def cards(self) -> int:
        return sum(row.card is not None for row in self.rows)


def class_page(class_group: ClassGroup, period: ReportPeriod) -> ClassPage:
    """Return a class at the end of a period: from the cards once published, from the gradebooks before."""
    pupils = pupils_at_end_of(class_group, period)
    keys = [pupil.pk for pupil in pupils]
    release = Release.objects.filter(period=period).first()
    cards = _cards(keys, period)
    facts = {key: card.facts for key, card in cards.items()} if release else {}
    live = [key for key in keys if key not in facts]
    facts |= {key: snapshot.facts for key, snapshot in facts_of(period, live).items()} if live else {}
    columns = _columns(facts)
    words = {word.pupil_id: word for word in TutorWord.objects.filter(period=period, pupil__in=keys)}
    holds = Hold.objects.filter(period=period, pupil__in=keys, lifted_at=None)
    held = {hold.pupil_id: hold for hold in holds.select_related("by")}
    rows = [
        _row(pupil, facts[pupil.pk], columns, words.get(pupil.pk), cards.get(pupil.pk), held.get(pupil.pk))
        for pupil in pupils
        if pupil.pk in facts
    ]
    return ClassPage(class_group, period, columns, rows, _gradebooks(keys, period), release)


def _cards(pupils: list[int], period: ReportPeriod) -> dict[int, Any]:
    cards = ReportCard.objects.latest_versions().filter(period=period, pupil__in=pupils)
    return {card.pupil_id: card for card in cards.with_readers()}


def _columns(facts: dict[int, Facts]) -> list[CourseColumn]:
    seen: dict[int, Facts] = {}
    failures: defaultdict[int, int] = defaultdict(int)
    for of_pupil in facts.values():
        for course in of_pupil["courses"]:
            seen.setdefault(course["course"], course)
            standing = course["figures"]["standing"]
            failures[course["course"]] += bool(standing and standing["fails"])
    return [
        CourseColumn(key, course["name"], course["short"], course["hours"], failures[key])
        for key, course in sorted(seen.items(), key=_place_on_the_card)
    ]


def _place_on_the_card(course: tuple[int, Facts]) -> tuple[int, str, int]:
    key, facts = course
    return (facts["rank"], facts["name"], key)


def _row(
    pupil: Person,
    facts: Facts,
    columns: list[CourseColumn],
    word: TutorWord | None,
    card: Any,
    hold: Hold | None,
) -> PupilRow:
    figures = {course["course"]: course["figures"]["standing"] for course in facts["courses"]}
    cells = [(column.course, figures.get(column.course)) for column in columns]
    readers, acknowledged = (card.readers, card.acknowledged) if card else (0, 0)
    return PupilRow(pupil, facts, cells, word, card, hold, readers, acknowledged)


def _gradebooks(pupils: list[int], period: ReportPeriod) -> list[Gradebook]:
    day = day_of(period)
    members = GroupMembership.objects.in_force(day).filter(pupil__in=pupils)
    groups = CourseGroup.objects.filter(school_year=period.school_year_id, pk__in=members.values("group"))
    lines = course_groups_of(groups, period)
    teachers: defaultdict[int, list[str]] = defaultdict(list)
    assignments = TeachingAssignment.objects.in_force(day).filter(group__in=[line.group.pk for line in lines])
    for assignment in assignments.select_related("teacher").order_by("teacher__sort_name"):
        teachers[assignment.group_id].append(assignment.teacher.full_name)
    return [Gradebook(line, teachers[line.group.pk]) for line in lines]


def pupils_at_end_of(class_group: ClassGroup, period: ReportPeriod) -> list[Person]:
    """Return the pupils of a class at the end of a period, as its page lists them."""
    return list(pupils_of(class_group, on=day_of(period)))


def facts_shown(period: ReportPeriod, pupil: Person) -> Facts | None:
    """Return what the page of a class shows of a pupil: the card once published, the gradebooks before."""
    if Release.objects.filter(period=period).exists():
        card = ReportCard.objects.latest_versions().filter(period=period, pupil=pupil).first()
        if card is not None:
            return dict(card.facts)
    snapshot = snapshot_of(period, pupil)
    return snapshot.facts if snapshot else None


def class_at_end_of(period: ReportPeriod, pupil: Person) -> ClassGroup | None:
    """Return the class in whose pile the card of a pupil lies; none for one who had left."""
    return class_of(pupil, on=day_of(period))


def classes_for(person: Person, period: ReportPeriod | None) -> list[ClassAtEnd]:
    """Return the classes whose cards a person may open at the end of a period."""
    if period is None:
        return []
    classes = may_read_class.among(ClassGroup.objects.select_related("year_level"), person)
    return [ClassAtEnd(each, period) for each in classes.filter(school_year=period.school_year_id)]
