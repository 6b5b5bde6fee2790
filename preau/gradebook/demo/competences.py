"""What the youngest learn to do: competences of the first degree, and the levels pupils reach in them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from preau.grading.models import Category, Scale
from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.kit.rows import insert_rows
from preau.people.demo import Folk
from preau.structure.demo import Year, Years
from preau.structure.models import Subject

from ..actions import AskedCriterion, keep_rubric
from ..models import AssessedCompetence, Assessment, Competence, Grade, SubGrade
from .assessments import at

FIRST_DEGREE = 1
COMPETENCES = {
    "FR": ("Lire un texte et le comprendre", "Écrire un texte", "Écouter", "Parler devant la classe"),
    "MATH": ("Calculer", "Résoudre un problème", "Construire et mesurer", "Justifier une démarche"),
    "SC": ("Observer et décrire", "Mener une expérience", "Expliquer un phénomène"),
    "NL": ("Luisteren", "Lezen", "Spreken", "Schrijven"),
    "EDM": ("Se situer dans le temps", "Se situer dans l'espace", "Exploiter un document"),
}
# Of a hundred pupils: how many have not acquired it, are on the way, and were not assessed.
NOT_ACQUIRED, ON_THE_WAY, NOT_ASSESSED = 0.08, 0.18, 0.04
LUCK = 0.12
COLUMNS = ("assessment", "part", "pupil", "points", "level", "version", "written_by", "written_at")
RUBRIC_LEVELS = ("insuffisant", "satisfaisant", "bien", "excellent")
RUBRIC = (
    ("Voix et regard", ("inaudible", "par moments", "on entend tout", "la classe est captivée")),
    ("Plan", ("absent", "peu clair", "annoncé", "annoncé, suivi et résumé")),
    ("Contenu", ("erroné", "incomplet", "correct", "correct et illustré")),
    ("Langue", ("familière", "hésitante", "correcte", "riche et précise")),
)

Row = tuple[int, int, int, None, int, int, int, datetime]


@chapter(rank=42, weight=2)
def competences(book: Book) -> None:
    """Write the competences of the first degree and what its pupils reached this year."""
    folk, year = book.find(Folk), book.find(Years).all[0]
    rng = book.rng("gradebook.competences")
    known = _write_competences(year)
    parts = _write_parts(year, known, rng)
    levels = {level.code: level.pk for level in Scale.objects.get(name="Acquisition").levels.all()}
    written = insert_rows(SubGrade, COLUMNS, _rate(parts, levels, rng))
    _write_rubric(folk)
    book.tell(_("levels of competences"), written)


def _write_competences(year: Year) -> dict[str, list[Competence]]:
    subjects = {subject.code: subject for subject in Subject.objects.filter(code__in=COMPETENCES)}
    known = {
        code: [
            Competence(
                subject=subject, code=f"C{rank + 1}", name=name, rank=rank, starts_on=year.record.starts_on
            )
            for rank, name in enumerate(COMPETENCES[code])
        ]
        for code, subject in subjects.items()
    }
    Competence.objects.bulk_create(competence for there in known.values() for competence in there)
    return known


def _write_parts(
    year: Year, known: dict[str, list[Competence]], rng: random.Random
) -> list[AssessedCompetence]:
    """Let every third test of the first degree look at two competences."""
    tests = Assessment.objects.filter(
        group__school_year=year.record,
        group__course__year_level__degree=FIRST_DEGREE,
        group__course__subject__code__in=known,
        category__component=Category.Component.DAILY_WORK,
        held_on__lte=clock.today(),
    ).select_related("group__course__subject")
    scale = Scale.objects.get(name="Acquisition")
    parts = [
        AssessedCompetence(assessment=test, competence=competence, scale=scale, rank=rank)
        for test in tests.order_by("pk")
        if test.rank % 3 == 0
        for rank, competence in enumerate(rng.sample(known[test.group.course.subject.code], 2))
    ]
    AssessedCompetence.objects.bulk_create(parts, batch_size=500)
    return parts


def _rate(parts: list[AssessedCompetence], levels: dict[str, int], rng: random.Random) -> Iterator[Row]:
    """Rate each pupil who has points: those who did worst at the test have not acquired it."""
    points: defaultdict[int, list[tuple[int, Decimal, int]]] = defaultdict(list)
    grades = Grade.objects.filter(
        assessment__in={part.assessment_id for part in parts}, points__isnull=False
    ).order_by("pk")
    for test, pupil, reached, by in grades.values_list("assessment", "pupil", "points", "written_by"):
        points[test].append((pupil, reached, by))
    for part in parts:
        test, there = part.assessment, points[part.assessment_id]
        out_of = float(test.max_points)
        order = sorted(there, key=lambda pupil: float(pupil[1]) / out_of + rng.gauss(0, LUCK))
        written_at = min(at(test.held_on, 4, 17), clock.now())
        for place, (pupil, _points, by) in enumerate(order):
            level = levels[_code(place / len(order), rng)]
            yield (test.pk, part.pk, pupil, None, level, 1, by, written_at)


def _code(place: float, rng: random.Random) -> str:
    if rng.random() < NOT_ASSESSED:
        return "NE"
    if place < NOT_ACQUIRED:
        return "NA"
    return "EVA" if place < NOT_ACQUIRED + ON_THE_WAY else "A"


def _write_rubric(folk: Folk) -> None:
    keep_rubric(
        rubric=None,
        title="Exposé oral",
        levels=RUBRIC_LEVELS,
        criteria=[
            AskedCriterion(
                title, [(text, Decimal(points)) for text, points in zip(words, (0, 2, 4, 5), strict=True)]
            )
            for title, words in RUBRIC
        ],
        by=folk.cast["vandamme"],
        at=clock.now(),
    )
