"""How well pupils do: abilities, difficulties and luck, with the spread of a real school."""

from __future__ import annotations

import random
from decimal import Decimal

MEAN, SPREAD = 65, 11
LEAST, MOST = 5, 98
COURSE_NOISE, TEST_NOISE = 0.5, 0.6
DIFFICULTY = {
    "MATH": -0.45,
    "RMATH": -0.3,
    "LOG": -0.1,
    "SC": -0.25,
    "SCB": -0.25,
    "FSC": -0.2,
    "PHYS": -0.35,
    "CHIM": -0.3,
    "BIO": -0.2,
    "NL": -0.2,
    "EN": -0.05,
    "ALL": -0.1,
    "ESP": 0.1,
    "FR": 0.0,
    "LAT": 0.0,
    "GREC": 0.1,
    "HIST": 0.1,
    "GEO": 0.1,
    "HG": 0.1,
    "EDM": 0.05,
    "ECO": 0.0,
    "COMPTA": -0.1,
    "DROIT": 0.0,
    "GYM": 0.8,
    "SPORT": 0.8,
    "ART": 0.6,
    "DESS": 0.6,
    "THEA": 0.7,
    "CHOR": 0.8,
    "TECH": 0.4,
    "INFO": 0.3,
    "STAGE": 0.7,
    "EXPR": 0.4,
    "CATH": 0.6,
    "ISL": 0.6,
    "MOR": 0.6,
    "CPC": 0.6,
    "PROT": 0.6,
    "ORTH": 0.6,
    "ISR": 0.6,
}

MAXIMA = (10, 20, 30, 40, 50, 100, 15, 25, 37)
MAXIMA_SHARES = (30, 40, 5, 5, 5, 10, 2, 2, 1)

# Per cent of the cells that hold a token, or nothing.
TOKENS = (("CM", 2.3), ("ABS", 1.2), ("NR", 1.5), ("EXC", 0.5))
EMPTY = 2.0


class Abilities:
    """Remembers how able each pupil is, in general and in each subject."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.of_pupil: dict[int, float] = {}
        self.in_subject: dict[tuple[int, str], float] = {}

    def level(self, pupil_id: int, subject: str) -> float:
        """Return what to expect of a pupil in a subject, in spreads from the mean."""
        key = pupil_id, subject
        if key not in self.in_subject:
            if pupil_id not in self.of_pupil:
                self.of_pupil[pupil_id] = self.rng.gauss(0, 1)
            noise = self.rng.gauss(0, COURSE_NOISE)
            self.in_subject[key] = self.of_pupil[pupil_id] + DIFFICULTY.get(subject, 0.2) + noise
        return self.in_subject[key]

    def points(self, level: float, out_of: int) -> Decimal:
        """Draw the points of a test: halves up to 20, whole points above."""
        percent = min(MOST, max(LEAST, MEAN + SPREAD * (level + self.rng.gauss(0, TEST_NOISE))))
        return (
            _POINTS[round(percent * out_of / 50)]
            if out_of <= 20
            else _POINTS[2 * round(percent * out_of / 100)]
        )


def draw_cell(rng: random.Random) -> str:
    """Return the sign of a token, `EMPTY`, or nothing when points were given."""
    chance = 100 * rng.random()
    for sign, share in (*TOKENS, ("EMPTY", EMPTY)):
        if chance < share:
            return sign
        chance -= share
    return ""


_POINTS = [Decimal(half) / 2 for half in range(201)]
