"""The years of study: how many pupils are in each, and when they were born."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from .folk import FIRST_DAY


@dataclass(frozen=True)
class Cohort:
    """A year of study: how many of a thousand pupils, and their usual age on 31 December of its start."""

    level: str
    share: int
    usual_age: int
    years_late: tuple[int, ...]
    """Per cent who are 0, 1, 2, 3 years late."""


COHORTS = (
    Cohort("1C", 190, 12, (85, 14, 1)),
    Cohort("2C", 190, 13, (79, 19, 2)),
    Cohort("2S", 40, 14, (70, 26, 4)),
    Cohort("3", 190, 14, (62, 27, 11)),
    Cohort("4", 150, 15, (55, 28, 11, 6)),
    Cohort("5", 120, 16, (51, 27, 16, 6)),
    Cohort("6", 120, 17, (54, 29, 13, 4)),
)
COHORT = {cohort.level: cohort for cohort in COHORTS}


def born_on(rng: random.Random, level: str, years_late: int) -> date:
    """Draw a birthday for a year of study."""
    year = FIRST_DAY.year - COHORT[level].usual_age - years_late
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))
