"""Where families live, and the rights that each adult has over each pupil."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from preau.kit.demo import Book
from preau.people.models import Household, Person, Relationship, Residence

from .folk import FIRST_DAY, Folk
from .names import Names, Origin

GUARDIANS_PER_PUPIL = 1.75
RESTRICTED = 0.04
WITHOUT_EMAIL = 0.08
LANGUAGES = (("fr", 92), ("nl", 4), ("en", 4))
NO_READING = ("sees_marks", "sees_attendance", "sees_conduct")


class Homes:
    """Houses families, ties adults to pupils, and takes rights away where a court did."""

    def __init__(self, book: Book, folk: Folk, names: Names) -> None:
        self.book, self.folk, self.names = book, folk, names
        self.rng = book.rng("people.homes")
        self.households: list[Household] = []
        self.residences: list[Residence] = []
        self.ties: list[Relationship] = []
        self.apart: list[list[Relationship]] = []
        """The ties of each parent who lives elsewhere."""

    # Adults.
    def new_adult(self, origin: Origin, gender: str, family: str) -> Person:
        return self.adult(self.names.given(origin, gender, family, is_parent=True), family, gender)

    def adult(self, given: str, family: str, gender: str) -> Person:
        self.names.taken.add((given, family))
        language = self.rng.choices([code for code, _n in LANGUAGES], [n for _code, n in LANGUAGES])[0]
        person = Person(
            given_name=given,
            family_name=family,
            gender=gender,
            language=language,
            mobile=f"+32 470 01 {self.rng.randint(0, 99):02d} {self.rng.randint(0, 99):02d}",
        )
        self.folk.guardians.append(person)
        return self.folk.welcome(person, has_email=self.rng.random() >= WITHOUT_EMAIL)

    # Homes.
    def _home(self, residents: Iterable[tuple[Person, bool]]) -> None:
        street, postcode, city = self.names.address()
        home = Household(street=street, postcode=postcode, city=city)
        self.households.append(home)
        self.residences += [Residence(person=one, household=home, is_main=main) for one, main in residents]

    def live_together(self, pupils: Sequence[Person], *adults: tuple[Person, Relationship.Kind]) -> None:
        self._home([*((pupil, True) for pupil in pupils), *((adult, True) for adult, _kind in adults)])
        for adult, kind in adults:
            self._tie(pupils, adult, kind)

    def live_apart(self, pupils: Sequence[Person], mother: Person, father: Person) -> None:
        with_mother = self.rng.random() < 0.7
        self._home([(mother, True), *((pupil, with_mother) for pupil in pupils)])
        self._home([(father, True), *((pupil, not with_mother) for pupil in pupils)])
        self._tie(pupils, mother, Relationship.Kind.MOTHER)
        self.apart.append(self._tie(pupils, father, Relationship.Kind.FATHER))

    def _tie(self, pupils: Sequence[Person], adult: Person, kind: Relationship.Kind) -> list[Relationship]:
        ties = [Relationship(pupil=pupil, guardian=adult, kind=kind) for pupil in pupils]
        self.ties += ties
        return ties

    # Rights.
    def restrict_some(self) -> None:
        """After a decision of a court, one adult in twenty-five keeps only a part of the rights."""
        number = max(1, round(RESTRICTED * GUARDIANS_PER_PUPIL * self.book.options.pupils) - 1)
        lost = (
            ("sees_marks", "may_sign"),
            ("may_collect_pupil",),
            (*NO_READING, "may_sign", "may_collect_pupil"),
        )
        for ties in self.rng.sample(self.apart, min(number, len(self.apart))):
            rights = self.rng.choice(lost)
            for tie in ties:
                self.restrict(tie, rights)

    def restrict(self, tie: Relationship, rights: Iterable[str]) -> None:
        for right in rights:
            setattr(tie, right, False)
        tie.restricted_by = self.folk.cast["pirard"]
        tie.restricted_on = FIRST_DAY + timedelta(days=self.rng.randint(1, 120))

    def add_partners_and_grandparents(self) -> None:
        """Add adults who may be called or fetch the pupil, without reading anything, up to the number."""
        missing = round(GUARDIANS_PER_PUPIL * self.book.options.pupils) - len(self.folk.guardians)
        mothers = [
            tie
            for tie in self.ties
            if tie.kind == Relationship.Kind.MOTHER and tie.pupil not in self.folk.stories.values()
        ]
        for tie in self.rng.sample(mothers, max(0, min(missing, len(mothers)))):
            origin = self.names.origin()
            adult = self.new_adult(origin, self.rng.choice("FM"), self.names.family(origin))
            kind = self.rng.choice((Relationship.Kind.PARTNER, Relationship.Kind.OTHER))
            rights = dict.fromkeys(
                (*NO_READING, "receives_messages", "may_justify_absence", "may_sign"), False
            )
            self.ties.append(
                Relationship(
                    pupil=tie.pupil,
                    guardian=adult,
                    kind=kind,
                    is_legal_responsible=False,
                    may_book_meeting=False,
                    **rights,
                )
            )
