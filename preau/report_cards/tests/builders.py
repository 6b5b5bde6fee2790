"""Classes with results, built with the very actions that people use."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpResponse
from pypdf import PdfReader

from preau.gradebook.tests.builders import assessment, grade
from preau.report_cards import actions
from preau.report_cards.models import Build, ReportCard
from preau.structure.models import CourseGroup

FRIDAY = datetime(2026, 12, 18, 14, 0, tzinfo=ZoneInfo("Europe/Brussels"))
EVENING = FRIDAY + timedelta(hours=2)
CONFIRMED = {"confirmed": "yes"}
OCTOBER = datetime(2026, 10, 16, 9, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@dataclass
class Results:
    """4TTA with marks in two courses and two periods; Elias and Alma with one each in December."""

    french: CourseGroup


def graded(school) -> Results:
    """
    Give Noor 58 % then the worked example in mathematics (47), 70 % then 60 % in French.

    Emma has 80 % then 75 % in mathematics; Elias and Alma 13 out of 20 in December.
    """
    assert school.everybody
    french = school._group("FRA", "Français", 5, school.class_4tta, school.lemaire, school.noor)
    _october(school, french)
    _december(school, french)
    return Results(french)


def _october(school, french) -> None:
    maths = assessment(
        school.maths_4tta, school.first_period, by=school.vandamme, out_of=100, held_on=date(2026, 10, 1)
    )
    grade(maths, school.noor, "58", by=school.vandamme)
    grade(maths, school.emma, "80", by=school.vandamme)
    text = assessment(french, school.first_period, by=school.lemaire, out_of=100, held_on=date(2026, 10, 1))
    grade(text, school.noor, "70", by=school.lemaire)


def _december(school, french) -> None:
    by, period = school.vandamme, school.december
    test = assessment(school.maths_4tta, period, by=by, title="Puissances", out_of=10)
    work = assessment(school.maths_4tta, period, by=by, title="Fiche 3", weight=2)
    oral = assessment(school.maths_4tta, period, by=by, title="Radicaux", out_of=15)
    exam = assessment(school.maths_4tta, period, by=by, title="Examen", category="EXAMEN", out_of=100)
    for it, typed in ((test, "7"), (work, "NR"), (oral, "CM"), (exam, "62")):
        grade(it, school.noor, typed, by=by)
    grade(exam, school.emma, "75", by=by)
    text = assessment(french, period, by=school.lemaire, out_of=10)
    grade(text, school.noor, "6", by=school.lemaire)
    for group, teacher, pupil in (
        (school.french_2cb, school.lemaire, school.elias),
        (school.physics_5ttb, school.thys, school.alma),
    ):
        grade(assessment(group, period, by=teacher), pupil, "13", by=teacher)


def made(school, *, at=FRIDAY, draw=False) -> Build:
    return actions.build_report_cards(period=school.december, by=school.pirard, at=at, draw=draw)


def published(school, *, at=FRIDAY) -> None:
    made(school, at=at)
    actions.publish_report_cards(period=school.december, by=school.pirard, at=at)


def card_of(pupil, version=1) -> ReportCard:
    return ReportCard.objects.select_related("period", "pupil").get(pupil=pupil, version=version)


def behind_our_back(card: ReportCard, **changes) -> None:
    """Change the row of a card in the database, as no code of the house can."""
    super(type(ReportCard.objects.all()), ReportCard.objects.filter(pk=card.pk)).update(**changes)


def content(answer: HttpResponse) -> bytes:
    return b"".join(answer) if isinstance(answer, FileResponse) else answer.content


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())
