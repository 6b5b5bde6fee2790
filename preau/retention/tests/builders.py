"""A school that has decided how long it keeps things."""

from datetime import datetime
from zoneinfo import ZoneInfo

from preau.kit import clock
from preau.kit.retention import kept
from preau.retention import actions

LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Europe/Brussels"))


def decided_as_proposed(school):
    """The head decided in the first September what was proposed for each kind that awaits a decision."""
    with clock.at(LONG_AGO):
        for kind in kept():
            if kind.awaits_decision:
                actions.decide_period(
                    kind=kind, days=kind.usual, because="Conseil", by=school.pirard, at=LONG_AGO
                )
