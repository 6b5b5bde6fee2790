"""Those who work at the school."""

from __future__ import annotations

from preau.kit.demo import Book
from preau.people.models import Duty, ExternalId, Person, name_for_sorting

from .folk import FIRST_DAY, Folk
from .names import ORIGINS, Names

EVERY_SCHOOL_NEEDS, PER_THOUSAND = 25, 81
"""Teachers for the subjects, however small the school, and for the number of groups."""
HIRED_ON = FIRST_DAY.replace(year=2015)

CAST_TEACHERS = (
    ("vandamme", "Claire", "Vandamme", "F"),
    ("thys", "Marc", "Thys", "M"),
    ("lemaire", "Sophie", "Lemaire", "F"),
)
CAST_OFFICE = (
    ("pirard", "Paul", "Pirard", "M", Duty.Kind.HEAD),
    ("maes", "Anouk", "Maes", "F", Duty.Kind.SECRETARY),
    ("diallo", "Ousmane", "Diallo", "M", Duty.Kind.EDUCATOR),
    ("nys", "Luc", "Nys", "M", Duty.Kind.ADMINISTRATOR),
)
OFFICE = (
    (Duty.Kind.DEPUTY, 2),
    (Duty.Kind.EDUCATOR, 8),
    (Duty.Kind.SECRETARY, 3),
    (Duty.Kind.GUIDANCE, 3),
    (Duty.Kind.ADMINISTRATOR, 1),
)
BESIDES_TEACHING = (
    Duty.Kind.COORDINATOR,
    Duty.Kind.COORDINATOR,
    Duty.Kind.COORDINATOR,
    Duty.Kind.ADJUSTMENTS,
    Duty.Kind.DATA_PROTECTION,
)


class Staff:
    """Gathers the staff: the cast first, then as many as the school needs."""

    def __init__(self, book: Book, folk: Folk, names: Names) -> None:
        self.book, self.folk, self.names = book, folk, names
        self.rng = book.rng("people.staff")
        self.duties: list[Duty] = []
        self.acronyms: list[ExternalId] = []

    def gather(self) -> None:
        for key, given, family, gender in CAST_TEACHERS:
            self._teacher(self._known(key, given, family, gender))
        while len(self.folk.teachers) < EVERY_SCHOOL_NEEDS + self.book.scaled(PER_THOUSAND):
            self._teacher(self._somebody())
        for key, given, family, gender, kind in CAST_OFFICE:
            self._hold(self._known(key, given, family, gender), kind)
        for kind, number in OFFICE:
            for _place in range(self.book.scaled(number)):
                self._hold(self._somebody(), kind)
        for kind, teacher in zip(BESIDES_TEACHING, self.folk.teachers[20:], strict=False):
            self._hold(teacher, kind)
        self.folk.cast["zoe"] = self._welcome("Zoé", "Martin", "F")

    def _teacher(self, person: Person) -> None:
        self.folk.teachers.append(person)
        self.folk.staff.append(person)
        taken = {acronym.value for acronym in self.acronyms}
        letters = name_for_sorting(person.family_name, person.given_name).replace(" ", "").upper()
        length = 3
        while (acronym := letters[:length]) in taken:
            length += 1
        self.acronyms.append(ExternalId(person=person, system="acronym", value=acronym))

    def _hold(self, person: Person, kind: Duty.Kind) -> None:
        if person not in self.folk.staff:
            self.folk.staff.append(person)
        self.duties.append(Duty(person=person, kind=kind, starts_on=HIRED_ON))

    def _known(self, key: str, given: str, family: str, gender: str) -> Person:
        person = self.folk.cast[key] = self._welcome(given, family, gender)
        return person

    def _somebody(self) -> Person:
        gender = "F" if self.rng.random() < 0.6 else "M"
        origin = ORIGINS[0] if self.rng.random() < 0.5 else self.names.origin()
        family = self.names.family(origin)
        return self._welcome(self.names.given(origin, gender, family, is_parent=True), family, gender)

    def _welcome(self, given: str, family: str, gender: str) -> Person:
        self.names.taken.add((given, family))
        language = "nl" if self.rng.random() < 0.03 else "fr"
        mobile = f"+32 470 00 {self.rng.randint(0, 99):02d} {self.rng.randint(0, 99):02d}"
        person = Person(given_name=given, family_name=family, gender=gender, language=language, mobile=mobile)
        return self.folk.welcome(person)
