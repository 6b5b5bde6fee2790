"""The report cards of the Lycée du Parc: those of every closed period, published, read and acknowledged."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Avg
from django.utils.translation import gettext_lazy as _

from preau.gradebook.actions import close_gradebook, reopen_gradebook, write_grade
from preau.gradebook.demo import Marks
from preau.gradebook.demo.assessments import at
from preau.gradebook.models import Grade
from preau.gradebook.typed import Typed
from preau.grading.models import CourseResult
from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.kit.rows import insert_records
from preau.people.demo import Folk
from preau.people.models import Person, Relationship
from preau.report_cards.actions import (
    build_report_cards,
    correct_report_card,
    hold,
    lift_hold,
    publish_report_cards,
)
from preau.report_cards.models import Reading, ReportCard, TutorWord
from preau.structure.demo import Year, Years
from preau.structure.models import ReportPeriod, Tutorship

WITH_A_WORD = 0.9
READ, ACKNOWLEDGED = 0.7, 0.6
BANDS = (
    (
        75,
        "Une très belle période : le travail est régulier, l'attitude toujours positive. Félicitations !",
        "Le conseil souligne la qualité du travail et l'entraide en classe. À poursuivre sans rien changer.",
    ),
    (
        62,
        "Ensemble solide. Quelques cours demandent encore de l'attention, mais la volonté est là.",
        "Bonne période, avec des progrès visibles. Garder ce rythme jusqu'au bout de l'année.",
    ),
    (
        50,
        "Résultats en demi-teinte : un plan de travail pour chaque semaine aiderait à prendre de l'avance.",
        "Plusieurs cours restent fragiles. Je propose que nous en parlions ensemble à la prochaine réunion.",
    ),
    (
        0,
        "La situation est préoccupante. Je souhaite rencontrer la famille pour chercher des solutions.",
        "Trop d'échecs pour le moment. Les remédiations proposées sont une vraie chance : il faut la saisir.",
    ),
)


@dataclass
class Published:
    """What the chapter leaves: how many cards went home."""

    cards: int = 0


@chapter(rank=50, weight=18)
def report_cards(book: Book) -> None:
    """Make and publish the cards of every closed period; documents are drawn when first opened."""
    folk, years, closed = book.find(Folk), book.find(Years), book.find(Marks).closed
    rng, published = book.rng("report_cards"), Published()
    head = folk.cast["pirard"]
    order = sorted(closed, key=lambda period: period.starts_on)
    years_by_key = {year.record.pk: year for year in years.all}
    for done, period in enumerate(order, start=1):
        _write_words(period, years_by_key[period.school_year_id], rng)
        published.cards += _send_home(period, head)
        unread = {folk.cast["noor"].pk, folk.cast["samira"].pk} if done == len(order) else set()
        _let_families_read(period, unread, rng)
        book.is_at(done / len(order))
    _make_one_wait(order[-1], folk, head)
    _correct_one(order[-1], folk.stories["corrected_report_card"], head)
    book.tell(_("published report cards"), published.cards)
    book.leave(published)


def _send_home(period: ReportPeriod, head: Person) -> int:
    """Make the cards on the last day of the period, and publish them at four o'clock."""
    made_at, published_at = at(period.ends_on, -1, 14), at(period.ends_on, -1, 16)
    with clock.at(made_at):
        build = build_report_cards(period=period, by=head, at=made_at, draw=False)
    with clock.at(published_at):
        publish_report_cards(period=period, by=head, at=published_at)
    return build.made


def _write_words(period: ReportPeriod, year: Year, rng: random.Random) -> None:
    """Tutors write to nine pupils in ten."""
    results = CourseResult.objects.filter(period=period).order_by()
    averages = dict(results.values("pupil").annotate(average=Avg("computed")).values_list("pupil", "average"))
    tutors = dict(
        Tutorship.objects.filter(class_group__school_year=year.record)
        .order_by("-pk")
        .values_list("class_group", "tutor")
    )
    written_at = at(period.ends_on, -2, 20)
    insert_records(
        [
            TutorWord(
                pupil=pupil,
                period=period,
                text=_word_for(averages.get(pupil.pk), rng),
                written_by_id=tutors[room.record.pk],
                written_at=written_at,
            )
            for room in year.classes
            for pupil in room.pupils
            if rng.random() < WITH_A_WORD
        ]
    )


def _word_for(average: Decimal | None, rng: random.Random) -> str:
    if average is None:
        return "Bienvenue au Lycée du Parc ! L'intégration dans la classe se passe bien."
    return rng.choice(next(words for least, *words in BANDS if average >= least))


def _let_families_read(period: ReportPeriod, not_yet: set[int], rng: random.Random) -> None:
    """Most pupils and parents open the card within days; those who may sign take note of it."""
    cards = dict(ReportCard.objects.filter(period=period).order_by("pupil").values_list("pupil_id", "pk"))
    released_at = at(period.ends_on, -1, 16)
    readings = []
    ties = Relationship.objects.filter(pupil__in=cards, sees_marks=True).order_by("pk")
    readers = [(key, key, False) for key in cards] + list(
        ties.values_list("pupil_id", "guardian_id", "may_sign")
    )
    for pupil_id, reader_id, may_sign in readers:
        if rng.random() >= READ or reader_id in not_yet:
            continue
        moment = _some_time_after(released_at, rng)
        reading = Reading(card_id=cards[pupil_id], reader_id=reader_id, at=moment)
        if may_sign and rng.random() < ACKNOWLEDGED:
            reading.acknowledged_at = moment + timedelta(minutes=2)
        readings.append(reading)
    insert_records(readings)


def _some_time_after(moment: datetime, rng: random.Random) -> datetime:
    """Return a moment soon after, rarely days later."""
    return moment + timedelta(minutes=round(rng.expovariate(1 / 600)))


def _make_one_wait(period: ReportPeriod, folk: Folk, head: Person) -> None:
    """One card waited for a meeting with the family, and was let go."""
    pupil, moment = folk.stories["name_of_two_words"], at(period.ends_on, -1, 15)
    with clock.at(moment):
        held = hold(
            pupil=pupil, period=period, reason="Rencontre avec les parents lundi.", by=head, at=moment
        )
    let_go = moment + timedelta(days=3)
    with clock.at(let_go):
        lift_hold(hold=held, by=head, at=let_go)


def _correct_one(period: ReportPeriod, pupil: Person, head: Person) -> None:
    """A test was counted wrongly: the gradebook is reopened, the grade corrected, the card made again."""
    grade = _grade_to_correct(period, pupil)
    group, moment = grade.assessment.group, at(period.ends_on, 17, 10)
    with clock.at(moment):
        teacher = group.assignments.in_force().order_by("pk")[0].teacher
        reopen_gradebook(
            group=group,
            period=period,
            because="Une page du contrôle n'avait pas été comptée.",
            by=head,
            at=moment,
        )
        write_grade(
            assessment=grade.assessment,
            pupil=pupil,
            typed=Typed(points=grade.assessment.max_points),
            version=grade.version,
            by=teacher,
            at=moment,
            reason="Page oubliée lors de la correction",
        )
        close_gradebook(group=group, period=period, by=teacher, at=moment)
        card = ReportCard.objects.get(pupil=pupil, period=period)
        correct_report_card(card=card, reason="Un contrôle avait été mal compté.", by=head, at=moment)


def _grade_to_correct(period: ReportPeriod, pupil: Person) -> Grade:
    """Return the worst grade that counts where no result was lifted: correcting it changes the result."""
    lifted = CourseResult.objects.filter(pupil=pupil, period=period).exclude(chosen=None)
    grades = Grade.objects.exclude(assessment__group__in=lifted.values("group")).filter(
        pupil=pupil,
        assessment__period=period,
        assessment__purpose="CERTIFICATIVE",
        assessment__neutralised_at=None,
        points__isnull=False,
    )
    worst: Grade = min(
        grades.select_related("assessment__group").order_by("pk"),
        key=lambda grade: grade.points / grade.assessment.max_points,
    )
    return worst
