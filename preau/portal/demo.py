"""How Préau came to the Lycée du Parc: opened stage by stage, and how much each module is used."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.kit.modules import Stage, modules
from preau.kit.rows import insert_rows
from preau.people.demo import FIRST_DAY, Folk
from preau.people.models import Person
from preau.portal.models import Audience, RollOut, Use

# module, audience, stage, days since the first of the year
STAGES = (
    ("gradebook", Audience.STAFF, Stage.COMPULSORY, 0),
    ("gradebook", Audience.PUPILS, Stage.OPEN, 0),
    ("gradebook", Audience.PUPILS, Stage.LAUNCHED, 56),
    ("gradebook", Audience.GUARDIANS, Stage.OPEN, 14),
    ("gradebook", Audience.GUARDIANS, Stage.LAUNCHED, 70),
    ("report_cards", Audience.STAFF, Stage.COMPULSORY, 0),
    ("report_cards", Audience.EVERYONE, Stage.LAUNCHED, 42),
)
DAYS = 30
DAILY = ((0.75, "staff"), (0.35, "pupils"), (0.12, "guardians"))
"""The part of each audience that comes on a school day."""


@chapter(rank=90, weight=1)
def portal(book: Book) -> None:
    """Write the stages of the roll-out, and who came in the last thirty days."""
    folk, rng = book.find(Folk), book.rng("portal")
    declared = {module.key for module in modules() if module.can_close}
    stages = [
        RollOut(
            module=module, audience=audience, stage=stage.value, starts_on=FIRST_DAY + timedelta(days=days)
        )
        for module, audience, stage, days in STAGES
        if module in declared
    ]
    RollOut.objects.bulk_create(stages)
    uses = insert_rows(Use, ("module", "person", "on"), _uses(folk, sorted(declared), rng))
    book.tell(_("visits in the last thirty days"), uses)


def _uses(folk: Folk, keys: list[str], rng: random.Random) -> Iterator[tuple[str, int, date]]:
    """Say who opened what on which day. A teacher who is a parent too is asked once."""
    pupils = [pupil.person for pupil in folk.pupils]
    guardians = [person for person in folk.guardians if person not in folk.teachers]
    crowds: dict[str, list[Person]] = {"staff": folk.staff, "pupils": pupils, "guardians": guardians}
    for days_ago in range(1, DAYS + 1):
        day = clock.today() - timedelta(days=days_ago)
        for share, crowd in DAILY:
            share = share / 4 if day.weekday() >= 5 else share
            for person in crowds[crowd]:
                if rng.random() < share:
                    yield from ((key, person.pk, day) for key in keys if rng.random() < 0.6)
