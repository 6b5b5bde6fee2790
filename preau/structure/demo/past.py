"""Who was at school a year earlier: those of today one level below, and those who have left since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from preau.kit.demo import Book
from preau.people.actions.many import bulk_create_persons
from preau.people.demo import Folk, Names
from preau.people.demo.cohorts import COHORTS, born_on
from preau.people.models import Person

BEFORE = {"2C": "1C", "2S": "2C", "3": "2C", "4": "3", "5": "4", "6": "5"}
FROM_SUPPLEMENTARY = 0.2


def pupils_before(
    book: Book, pupils: Iterable[tuple[Person, str]], years_ago: int
) -> list[tuple[Person, str]]:
    """Return the pupils of the year before, each with the level of then."""
    folk, rng = book.find(Folk), book.rng(f"structure.past.{years_ago}")
    repeating = {pupil.person.pk for pupil in folk.pupils if pupil.repeats} if years_ago == 1 else set()
    then = []
    for person, level in pupils:
        if person.pk in repeating and level in ("3", "4", "5", "6"):
            then.append((person, level))
        elif level == "3" and rng.random() < FROM_SUPPLEMENTARY:
            then.append((person, "2S"))
        elif level in BEFORE:
            then.append((person, BEFORE[level]))
    return then + _those_who_left(book, folk, then, years_ago)


def _those_who_left(
    book: Book, folk: Folk, then: list[tuple[Person, str]], years_ago: int
) -> list[tuple[Person, str]]:
    """Fill the levels of then with pupils who have left the school since."""
    rng = book.rng(f"structure.left.{years_ago}")
    names = Names(rng)
    there = Counter(level for _person, level in then)
    gone: list[tuple[Person, str]] = []
    for cohort in COHORTS:
        for _place in range(book.scaled(cohort.share) - there[cohort.level]):
            origin, gender = names.origin(), rng.choice("FM")
            family = names.family(origin)
            person = Person(family_name=family, given_name=names.given(origin, gender, family), gender=gender)
            person.born_on = born_on(rng, cohort.level, 0)
            person.born_on = person.born_on.replace(
                year=person.born_on.year - years_ago, day=min(person.born_on.day, 28)
            )
            gone.append((person, cohort.level))
    bulk_create_persons(person for person, _level in gone)
    folk.left += [person for person, _level in gone]
    return gone
