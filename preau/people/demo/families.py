"""Pupils and those who answer for them, in the proportions of a real school."""

from __future__ import annotations

from collections.abc import Sequence

from preau.kit.demo import Book
from preau.people.models import ExternalId, Person, Relationship

from .cohorts import COHORT, COHORTS, born_on
from .folk import Folk, Pupil
from .homes import Homes
from .names import ORIGINS, Names, Origin
from .stories import CAST_PUPILS, STORIES, Story

TOGETHER, APART, ALONE, PLACED = "TOGETHER", "APART", "ALONE", "PLACED"
HOMES = {TOGETHER: 0.62, APART: 0.27, ALONE: 0.09, PLACED: 0.02}


class Families:
    """Gathers families: the cast, the cases every school knows, then all the others."""

    def __init__(self, book: Book, folk: Folk, names: Names) -> None:
        self.book, self.folk, self.names = book, folk, names
        self.rng = book.rng("people.families")
        self.homes = Homes(book, folk, names)
        self.matricules: list[ExternalId] = []
        self.seats = self._seats()

    def gather(self) -> None:
        self._the_cast()
        for story in STORIES:
            self._tell(story)
        self._the_others()
        self.homes.restrict_some()
        self.homes.add_partners_and_grandparents()

    def _seats(self) -> list[str]:
        """Return one year of study per pupil to come, shuffled."""
        shares = {cohort.level: cohort.share * self.book.options.pupils / 1000 for cohort in COHORTS}
        numbers = {level: int(share) for level, share in shares.items()}
        by_rest = sorted(shares, key=lambda level: numbers[level] - shares[level])
        for level in by_rest[: self.book.options.pupils - sum(numbers.values())]:
            numbers[level] += 1
        seats = [level for level, number in numbers.items() for _seat in range(number)]
        self.rng.shuffle(seats)
        return seats

    # Pupils.
    def pupil(self, level: str, family: str, origin: Origin, story: Story | None = None) -> Person:
        """Add a pupil of a year of study; a story may fix the name and the birthday."""
        gender = (story and story.gender) or self.rng.choice("FM")
        given = (story and story.given) or self.names.given(origin, gender, family)
        late = self.rng.choices(range(len(COHORT[level].years_late)), COHORT[level].years_late)[0]
        person = Person(
            given_name=given,
            family_name=family,
            preferred_name=story.preferred if story else "",
            gender=gender,
            born_on=(story and story.born_on) or born_on(self.rng, level, late),
            language="fr" if self.rng.random() < 0.97 else "nl",
        )
        self.folk.welcome(person)
        self.folk.pupils.append(
            Pupil(person, level, story.key if story else "", repeats=late > 0 and self.rng.random() < 0.28)
        )
        number = f"{2600000 + len(self.folk.pupils)}"
        self.matricules.append(ExternalId(person=person, system="proeco", value=number))
        return person

    def _take_seat(self, level: str) -> str:
        self.seats.remove(level)
        return level

    # Families.
    def _the_cast(self) -> None:
        haddad, claes, berg = (
            [
                self.folk.cast.setdefault(pupil.key, self._story_pupil(pupil))
                for pupil in CAST_PUPILS
                if pupil.family == name
            ]
            for name in ("Haddad", "Claes", "Berg")
        )
        samira = self.folk.cast["samira"] = self.homes.adult("Samira", "Haddad", "F")
        karim = self.folk.cast["karim"] = self.homes.adult("Karim", "Haddad", "M")
        ines = self.folk.cast["ines"] = self.homes.adult("Inès", "Claes", "F")
        self.homes.live_apart(haddad, samira, karim)
        for tie in self.homes.apart.pop():
            self.homes.restrict(tie, ("sees_marks", "may_sign"))
        self.homes.live_together(claes, (ines, Relationship.Kind.MOTHER))
        self._family_of(berg, TOGETHER, ORIGINS[4])
        for person in (*haddad, *claes, *berg, samira, karim, ines):
            person.language = "fr"

    def _story_pupil(self, story: Story) -> Person:
        return self.pupil(self._take_seat(story.level), story.family or "Haddad", ORIGINS[0], story)

    def _tell(self, story: Story) -> None:
        """Seat the pupils of a story, with a family of their own."""
        origin = ORIGINS[story.origin]
        family = story.family or self.names.family(origin)
        pupils = [self.pupil(self._take_seat(story.level), family, origin, story)]
        if story.key == "twins":
            self._take_seat(story.level)
            pupils.append(self.pupil(story.level, family, origin, story.twin))
            self.folk.stories["other_twin"] = pupils[1]
        self.folk.stories[story.key] = pupils[0]
        guardians = self._family_of(pupils, story.home, origin)
        if story.key == "no_guardian_with_email":
            for guardian in guardians:
                guardian.email = ""

    def _the_others(self) -> None:
        scaled = self.book.scaled
        sizes = [3] * scaled(19, least=0) + [2] * scaled(118)
        sizes += [1] * (len(self.seats) - sum(sizes))
        homes = self.rng.choices(list(HOMES), list(HOMES.values()), k=len(sizes))
        self._settle_shares(homes)
        for number, (size, home) in enumerate(zip(sizes, homes, strict=True)):
            origin = self.names.origin()
            family = self.names.family(origin)
            pupils = [self.pupil(level, family, origin) for level in self._seats_for(size)]
            if number == 0:
                self._family_of_a_teacher(pupils, family)
            else:
                self._family_of(pupils, home, origin)

    def _settle_shares(self, homes: list[str]) -> None:
        """Bring the kinds of home to their exact shares, in a chance order."""
        number = len(homes)
        exact = [home for home, share in HOMES.items() for _one in range(round(share * number))]
        exact = (exact + [TOGETHER] * number)[:number]
        self.rng.shuffle(exact)
        homes[:] = exact

    def _seats_for(self, size: int) -> list[str]:
        """Take seats for the children of one family, in different years as far as there are."""
        taken: list[str] = []
        for _child in range(size):
            place = next((n for n, level in enumerate(self.seats) if level not in taken), 0)
            taken.append(self.seats.pop(place))
        return taken

    def _family_of_a_teacher(self, pupils: Sequence[Person], family: str) -> None:
        teacher = next(t for t in self.folk.teachers[10:] if t.gender == "F")
        father = self.homes.adult(self.names.given(ORIGINS[0], "M", family, is_parent=True), family, "M")
        self.folk.stories["teacher_and_parent"] = teacher
        self.folk.guardians.append(teacher)
        self.homes.live_together(
            pupils, (teacher, Relationship.Kind.MOTHER), (father, Relationship.Kind.FATHER)
        )

    def _family_of(self, pupils: Sequence[Person], home: str, origin: Origin) -> list[Person]:
        """Give pupils the adults who answer for them; return these."""
        family = pupils[0].family_name
        if home == PLACED:
            return self._placed(pupils)
        hers = origin if self.rng.random() < 0.8 else self.names.origin()
        if home == ALONE and self.rng.random() < 0.15:
            father = self.homes.new_adult(origin, "M", family)
            self.homes.live_together(pupils, (father, Relationship.Kind.FATHER))
            return [father]
        mother = self.homes.new_adult(hers, "F", self.names.family(hers))
        if home == ALONE:
            self.homes.live_together(pupils, (mother, Relationship.Kind.MOTHER))
            return [mother]
        father = self.homes.new_adult(origin, "M", family)
        if home == APART:
            self.homes.live_apart(pupils, mother, father)
        else:
            self.homes.live_together(
                pupils, (mother, Relationship.Kind.MOTHER), (father, Relationship.Kind.FATHER)
            )
        return [mother, father]

    def _placed(self, pupils: Sequence[Person]) -> list[Person]:
        """A foster couple, or the person of a home who answers for the pupil."""
        origin = ORIGINS[0]
        first = self.homes.new_adult(origin, "F", self.names.family(origin))
        if self.rng.random() < 0.5:
            self.homes.live_together(pupils, (first, Relationship.Kind.INSTITUTION))
            return [first]
        second = self.homes.new_adult(origin, "M", self.names.family(origin))
        self.homes.live_together(
            pupils, (first, Relationship.Kind.FOSTER), (second, Relationship.Kind.FOSTER)
        )
        return [first, second]
