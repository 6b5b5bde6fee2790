"""User names: first.last, in small plain letters, each of them once."""

from collections.abc import Collection, Iterable
from itertools import count

from preau.people.models import Person, name_for_sorting

LONGEST = 50
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
WITHOUT_LETTERS = "person"


def plain_name(person: Person) -> str:
    """Return the user name a person would have if nobody else had it: `jean-pierre.vandenberghe`."""
    given = "-".join(_letters(person.given_name))
    family = "".join(_letters(person.family_name))
    return ".".join(part for part in (given, family) if part)[:LONGEST] or WITHOUT_LETTERS


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return the name itself, or with the first number that makes it free: `noor.haddad2`."""
    if wanted not in taken:
        return wanted
    return next(name for number in count(2) if (name := f"{wanted}{number}") not in taken)


def free_names(persons: Iterable[Person], taken: Iterable[str]) -> dict[int, str]:
    """Return a free user name for each person, by key."""
    used = {name.lower() for name in taken}
    found: dict[int, str] = {}
    for person in persons:
        found[person.pk] = free_name(plain_name(person), used)
        used.add(found[person.pk])
    return found


def _letters(name: str) -> list[str]:
    words = name_for_sorting(name).translate(PLAIN).split()
    kept = ("".join(letter for letter in word if letter.isascii()) for word in words)
    return [word for word in kept if word]
