"""The cases every school knows, and the names that break careless software."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SIXTY_LETTERS = "de Hautefontaine-Vanderstraeten de Montblanc van Oudenaarden"


@dataclass(frozen=True)
class Story:
    """A pupil who is there for a reason."""

    key: str
    level: str
    family: str = ""
    given: str = ""
    preferred: str = ""
    gender: str = ""
    born_on: date | None = None
    home: str = "TOGETHER"
    origin: int = 0
    twin: Story | None = None


CAST_PUPILS = (
    Story("noor", "4", "Haddad", "Noor", gender="F", born_on=date(2011, 2, 14)),
    Story("elias", "2C", "Haddad", "Elias", gender="M", born_on=date(2013, 9, 30)),
    Story("emma", "4", "Claes", "Emma", gender="F", born_on=date(2011, 5, 3)),
    Story("alma", "5", "Berg", "Alma", gender="F", born_on=date(2008, 3, 1)),
)

STORIES = (
    Story(
        "twins",
        "3",
        "Delvaux",
        "Jeanne",
        gender="F",
        born_on=date(2012, 4, 9),
        twin=Story("twins", "3", given="Jules", gender="M", born_on=date(2012, 4, 9)),
    ),
    Story("turns_18_in_february", "6", "Marchal", "Victor", gender="M", born_on=date(2009, 2, 17)),
    Story("adult_who_objects", "6", "Ricci", "Chiara", gender="F", born_on=date(2008, 6, 22), origin=5),
    Story("no_guardian_with_email", "1C", "Zieliński", "Hanna", gender="F", origin=6),
    Story("moves_in_november", "5", "Tazi", "Mehdi", gender="M", born_on=date(2010, 7, 4), origin=1),
    Story("arrives_in_january", "3", "Popescu", "Andrei", gender="M", origin=8),
    Story("supplementary_year", "2S", "Kaya", "Emre", gender="M", origin=2),
    Story("in_immersion", "3", "Goossens", "Hanne", gender="F", origin=4),
    Story("exam_missed_for_illness", "4", "Evrard", "Camille", gender="F"),
    Story("corrected_report_card", "5", "Gilson", "Antoine", gender="M"),
    Story("placed", "2C", "Servais", "Maxime", gender="M", home="PLACED"),
    Story("name_with_apostrophe", "6", "d'Ursel", "Apolline", gender="F"),
    Story("name_of_three_words", "1C", "Van den Bossche", "Wout", gender="M", origin=4),
    Story("name_with_capital_inside", "4", "N'Diaye", "Aïssatou", gender="F", origin=9, home="ALONE"),
    Story("name_of_two_words", "2C", "Ben Ali", "Youssef", gender="M", origin=1, home="APART"),
    Story("name_with_umlauts", "5", "Müller-Özdemir", "Deniz", gender="M", origin=2, home="APART"),
    Story("name_of_one_letter", "1C", "Nguyen", "Ý", gender="F", origin=9),
    Story("name_of_sixty_letters", "6", SIXTY_LETTERS, "Maximilienne", gender="F"),
    Story("name_in_arabic", "2C", "Al-Masri", "Layla", preferred="ليلى", gender="F", origin=9),
)
