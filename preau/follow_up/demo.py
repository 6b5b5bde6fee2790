"""Reasonable adjustments at the Lycée du Parc: seven pupils in a hundred, some to sign, some not read yet."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from preau.follow_up.models import Acknowledgement, Adjustment, AdjustmentPlan, Measure
from preau.gradebook.demo.assessments import at
from preau.kit.demo import Book, chapter
from preau.kit.rows import insert_records
from preau.people.demo import FIRST_DAY, Folk
from preau.people.models import Duty, Person
from preau.structure.demo import Year, Years
from preau.structure.models import Subject

PER_THOUSAND = 70
ALWAYS = ("emma", "elias", "alma")
"""They have a plan that holds today; their teachers of the tests have not read anything yet."""
TO_SIGN, ENDED, READ = 0.15, 0.06, 0.8
IN_ALL_SUBJECTS = ("TIME", "FONT", "AHEAD", "TWO_SHEETS", "FRONT", "COMPUTER", "READ_OUT")
IN_ONE = {"SPELLING": "FR", "CALCULATOR": "MATH", "ORAL": "NL"}
DETAILS = {"TIME": "interros et examens", "FONT": "interligne 1,5", "AHEAD": "la veille au plus tard"}
NOTES = (
    "",
    "Une consigne à la fois, et vérifier qu'elle est comprise.",
    "Préfère répondre par écrit. Ne pas faire lire à voix haute sans prévenir.",
    "Laisser recopier les devoirs en fin d'heure.",
)


@dataclass
class Adjusted:
    """What the chapter leaves: the plans, in the order of the pupils."""

    plans: list[AdjustmentPlan]


@chapter(rank=60)
def follow_up(book: Book) -> None:
    """Write the plans of the year, their measures, and which teachers have read them."""
    folk, year, rng = book.find(Folk), book.find(Years).all[0], book.rng("follow_up")
    keeper = _referent(folk)
    plans = [_plan(pupil, keeper, rng) for pupil in _chosen(folk, book.scaled(PER_THOUSAND), rng)]
    for plan in plans[: len(ALWAYS)]:
        plan.ends_on = None
    AdjustmentPlan.objects.bulk_create(plans)
    adjustments = _adjustments(plans, rng)
    insert_records(adjustments)
    insert_records(_readings(plans, adjustments, year, {person.pk for person in folk.cast.values()}, rng))
    book.tell(_("adjustment plans"), len(plans))
    book.leave(Adjusted(plans))


def _referent(folk: Folk) -> Person:
    """Return who keeps the plans: the referent, else the head."""
    found = Person.objects.filter(duties__kind=Duty.Kind.ADJUSTMENTS).order_by("pk").first()
    return found or folk.cast["pirard"]


def _chosen(folk: Folk, number: int, rng: random.Random) -> list[Person]:
    """Return the pupils who have a plan, those of the tests among them."""
    always = [folk.cast[key] for key in ALWAYS]
    others = [pupil.person for pupil in folk.pupils if pupil.person not in always]
    return [*always, *rng.sample(others, max(0, number - len(always)))]


def _plan(pupil: Person, keeper: Person, rng: random.Random) -> AdjustmentPlan:
    starts_on = FIRST_DAY + timedelta(days=rng.choice((7, 14, 21, 28, 70, 140)))
    ends_on = date(2027, 3, 1) if rng.random() < ENDED else None
    signed_on = None if rng.random() < TO_SIGN else starts_on + timedelta(days=rng.randrange(3, 25))
    return AdjustmentPlan(
        pupil=pupil,
        starts_on=starts_on,
        ends_on=ends_on,
        signed_on=signed_on,
        kept_by=keeper,
        note=rng.choice(NOTES),
        changed_at=at(starts_on, -3, 15),
    )


def _adjustments(plans: list[AdjustmentPlan], rng: random.Random) -> list[Adjustment]:
    """Give each plan two to four measures for all subjects, and often one in a single subject."""
    measures = {measure.code: measure for measure in Measure.objects.all()}
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    found = []
    for plan in plans:
        codes = {"TIME"} if rng.random() < 0.7 else set()
        codes |= set(rng.sample(IN_ALL_SUBJECTS, rng.randint(2, 3)))
        found += [
            Adjustment(plan=plan, measure=measures[code], detail=DETAILS.get(code, ""))
            for code in IN_ALL_SUBJECTS
            if code in codes
        ]
        code = rng.choice(sorted(IN_ONE))
        if rng.random() < 0.5 and IN_ONE[code] in subjects:
            found.append(Adjustment(plan=plan, measure=measures[code], subject=subjects[IN_ONE[code]]))
    return found


def _readings(
    plans: list[AdjustmentPlan], adjustments: list[Adjustment], year: Year, but: set[int], rng: random.Random
) -> list[Acknowledgement]:
    """Four teachers in five have read the plans of their pupils."""
    teachers: defaultdict[int, list[int]] = defaultdict(list)
    for group in year.groups:
        for tie in group.memberships:
            teachers[tie.pupil_id].append(group.teacher.pk)
    applied = {adjustment.plan_id for adjustment in adjustments}
    return [
        Acknowledgement(
            plan=plan, person_id=teacher, at=plan.changed_at + timedelta(minutes=rng.randrange(20, 20_000))
        )
        for plan in plans
        if plan.pk in applied
        for teacher in dict.fromkeys(teachers[plan.pupil_id])
        if rng.random() < READ and teacher not in but
    ]
