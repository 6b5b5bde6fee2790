"""Who teaches which group, who tutors which class, who looks after whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from preau.kit.demo import Book
from preau.people.demo import Folk
from preau.people.models import Duty, Person
from preau.structure.models import DutyScope, TeachingAssignment, Tutorship, YearLevel

from .classes import Classroom, Group, Year
from .grids import SUBJECTS, TAUGHT_BY

SICK_FROM = date(2027, 3, 8)
CO_TEACHING = 0.03
FULL_WEEK = 20
# Where the people of the tests teach: their discipline, subject and class.
PLACES = {
    "vandamme": ("MATH", "MATH", "4TTA"),
    "thys": ("SC", "PHYS", "5TTB"),
    "lemaire": ("FR", "FR", "2CB"),
}
TUTORS = {"4TTA": "vandamme", "2CB": "lemaire"}


class Staffroom:
    """Deals the groups out among the teachers of each discipline, this year and the years before."""

    def __init__(self, book: Book, folk: Folk, year: Year) -> None:
        self.rng = book.rng("structure.teachers")
        self.book, self.folk = book, folk
        cast = [folk.cast[key] for key in PLACES]
        others = [teacher for teacher in folk.teachers if teacher not in cast]
        self.replacement = others.pop()
        self.by_discipline: dict[str, list[Person]] = defaultdict(list)
        for key, (discipline, _subject, _class) in PLACES.items():
            self.by_discipline[discipline].append(folk.cast[key])
        self._share_out(others, _periods_by_discipline(year))

    def _share_out(self, teachers: list[Person], periods: dict[str, int]) -> None:
        """Give each discipline the teachers its periods ask for, at least one."""
        free = list(teachers)
        for discipline in periods:
            if not self.by_discipline[discipline]:
                self.by_discipline[discipline].append(free.pop(0))
        while free:
            neediest = max(periods, key=lambda name: periods[name] / len(self.by_discipline[name]))
            self.by_discipline[neediest].append(free.pop(0))

    # Groups.
    def assign(self, year: Year) -> None:
        loads: dict[int, int] = defaultdict(int)
        fixed = {(subject, name): self.folk.cast[key] for key, (_d, subject, name) in PLACES.items()}
        todo = []
        for group in year.groups:
            names = tuple(room.record.name for room in group.classes)
            teacher = fixed.get((group.line.subject, names[0])) if len(names) == 1 else None
            if teacher and year.years_ago == 0:
                self._give(year, group, teacher, loads)
            else:
                todo.append(group)
        for group in todo:
            crew = self.by_discipline[TAUGHT_BY[group.line.subject]]
            least = min(loads[teacher.pk] for teacher in crew)
            self._give(year, group, self.rng.choice([t for t in crew if loads[t.pk] <= least + 1]), loads)

    def _give(self, year: Year, group: Group, teacher: Person, loads: dict[int, int]) -> None:
        loads[teacher.pk] += group.line.periods
        group.assignments.append(
            TeachingAssignment(
                group=group.record,
                teacher=teacher,
                starts_on=year.record.starts_on,
                ends_on=None if year.years_ago == 0 else year.record.ends_on,
            )
        )

    def teach_together(self, year: Year) -> list[Group]:
        """Three groups in a hundred have two teachers."""
        groups = [group for group in year.groups if group.line.periods >= 2 and len(group.memberships) > 2]
        shared = self.rng.sample(groups, max(1, round(CO_TEACHING * len(groups))))
        for group in shared:
            crew = self.by_discipline[TAUGHT_BY[group.line.subject]]
            others = [teacher for teacher in crew if teacher != group.assignments[0].teacher]
            second = self.rng.choice(
                others or [t for t in self.by_discipline["FR"] if t != group.assignments[0].teacher]
            )
            group.assignments.append(
                TeachingAssignment(
                    group=group.record,
                    teacher=second,
                    kind=TeachingAssignment.Kind.CO_TEACHER,
                    starts_on=year.record.starts_on,
                )
            )
        return shared

    def fall_ill(self, year: Year) -> list[Group]:
        """A teacher of Dutch is on sick leave since March; another has the groups meanwhile."""
        ill = next(
            teacher
            for teacher in reversed(self.by_discipline["NL"])
            if teacher not in self.folk.stories.values()
        )
        self.folk.stories["on_sick_leave"], self.folk.stories["replacement"] = ill, self.replacement
        left = []
        for group in year.groups:
            for tie in [tie for tie in group.assignments if tie.teacher == ill]:
                tie.ends_on = SICK_FROM
                if tie.kind == TeachingAssignment.Kind.MAIN:
                    left.append(group)
                    group.assignments.append(
                        TeachingAssignment(
                            group=group.record,
                            teacher=self.replacement,
                            kind=TeachingAssignment.Kind.REPLACEMENT,
                            starts_on=SICK_FROM,
                        )
                    )
        return left

    # Classes.
    def tutorships(self, year: Year) -> list[Tutorship]:
        """Every class has a tutor among its teachers; the first of the third year has two."""
        classes_of: Counter[int] = Counter()
        ties = []
        for room in year.classes:
            for _tutor in range(2 if room.record.name == "3GA" and year.years_ago == 0 else 1):
                tutor = self._tutor(year, room, classes_of)
                classes_of[tutor.pk] += 1
                ties.append(self._tutorship(year, room, tutor))
        return ties

    def _tutor(self, year: Year, room: Classroom, classes_of: Counter[int]) -> Person:
        """Return who has no class yet among those who see the class most; a small school asks some twice."""
        if year.years_ago == 0 and (key := TUTORS.get(room.record.name)):
            return self.folk.cast[key]
        elsewhere = {self.folk.cast[key].pk for key in PLACES}
        elsewhere |= {person.pk for person in self.folk.stories.values()}
        its = sorted(
            (group for group in year.groups if room in group.classes), key=lambda group: -group.line.periods
        )
        crew = [group.assignments[0].teacher for group in its]
        return min(crew, key=lambda teacher: (teacher.pk in elsewhere, classes_of[teacher.pk]))

    def _tutorship(self, year: Year, room: Classroom, tutor: Person) -> Tutorship:
        ends_on = None if year.years_ago == 0 else year.record.ends_on
        return Tutorship(
            class_group=room.record, tutor=tutor, starts_on=year.record.starts_on, ends_on=ends_on
        )

    def scopes(self, year: Year, levels: dict[str, YearLevel]) -> list[DutyScope]:
        """Educators look after some classes (Ousmane Diallo after all), coordinators after a degree."""
        duties = Duty.objects.order_by("pk")
        educators = list(duties.filter(kind=Duty.Kind.EDUCATOR).exclude(person=self.folk.cast["diallo"]))
        scopes = [
            DutyScope(duty=educators[place * len(educators) // len(year.classes)], class_group=room.record)
            for place, room in enumerate(year.classes)
            if educators
        ]
        for degree, duty in enumerate(duties.filter(kind=Duty.Kind.COORDINATOR), start=1):
            scopes += [
                DutyScope(duty=duty, year_level=level) for level in levels.values() if level.degree == degree
            ]
        return scopes


def _periods_by_discipline(year: Year) -> dict[str, int]:
    periods = dict.fromkeys([discipline for _c, _n, _s, discipline in SUBJECTS], 1)
    for group in year.groups:
        periods[TAUGHT_BY[group.line.subject]] += group.line.periods
    return periods
