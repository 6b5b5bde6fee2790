"""
What is measured, one entry each: a page that somebody asks for, or a piece of work whose seconds count.

A new part of the school adds its names here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from bench.asking import Ask, Figures, School
from preau.accounts.models import Account
from preau.gradebook.models import Assessment, Category, Grade
from preau.kit.demo import PASSWORD
from preau.people.models import Person
from preau.people.relations import wards_of
from preau.structure.models import ClassGroup, CourseGroup, GroupMembership, ReportPeriod, TeachingAssignment
from preau.structure.queries import current_period, current_year, enrolled_pupils
from preau.structure.relations import classes_of, groups_of

Measure = Callable[[School], Figures]
MEASURES: dict[str, Measure] = {}


def measure(work: Measure) -> Measure:
    """Add a measure under the name of its function."""
    MEASURES[work.__name__] = work
    return work


def page(name: str, username: str, address: Callable[[Person], str]) -> None:
    """Add the measure of a page, as one of the demonstration's people opens it."""

    def work(school: School) -> Figures:
        account = Account.objects.select_related("person").get(username=username)
        ask = Ask(address(account.person), account)
        return school.measure(name, lambda number: ask)

    MEASURES[name] = work


def at(name: str, **ids: int) -> Callable[[Person], str]:
    return lambda person: reverse(name, kwargs=ids)


@measure
def floor(school: School) -> Figures:
    return school.measure("floor", lambda number: Ask(reverse("floor")), times=300)


@measure
def sign_in(school: School) -> Figures:
    return school.measure("sign_in", lambda number: Ask(reverse("account_login")))


@measure
def sign_in_check(school: School) -> Figures:
    """Checking the password is slow on purpose: Argon2."""
    form = urlencode({"login": "teacher", "password": PASSWORD, "csrfmiddlewaretoken": "a" * 32}).encode()
    ask = Ask(reverse("account_login"), body=form, content_type="application/x-www-form-urlencoded")
    return school.measure("sign_in_check", lambda number: ask, times=20)


for who in ("teacher", "pupil", "parent", "head"):
    page(f"today_{who}", who, at("portal:today"))


page(
    "class_list",
    "tutor",
    lambda person: reverse("structure:class", kwargs={"class_id": class_of_tutor(person).pk}),
)


def class_of_tutor(tutor: Person) -> ClassGroup:
    return ClassGroup.objects.filter(pk__in=classes_of(tutor)).earliest("pk")


SHEET_PUPILS = 25
SHEET_ASSESSMENTS = 20


def sheet_25x20(teacher: Person) -> tuple[CourseGroup, ReportPeriod]:
    """Return a group of 25 pupils and 20 graded assessments, and its period; make it the first time."""
    period = current_period()
    group = CourseGroup.objects.filter(code="BENCH-25X20").first()
    if group is None:
        group = _make_sheet(teacher, period)
    return group, period


def _make_sheet(teacher: Person, period: ReportPeriod) -> CourseGroup:
    year = current_year()
    taught = CourseGroup.objects.filter(pk__in=groups_of(teacher)).earliest("pk")
    group = CourseGroup.objects.create(
        course=taught.course, school_year=year, code="BENCH-25X20", name="25 × 20"
    )
    TeachingAssignment.objects.create(group=group, teacher=teacher, starts_on=year.starts_on)
    pupils = list(enrolled_pupils().order_by("pk")[:SHEET_PUPILS])
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, pupil=pupil, starts_on=year.starts_on) for pupil in pupils
    )
    category = Category.objects.earliest("rank", "pk")
    assessments = Assessment.objects.bulk_create(
        Assessment(
            group=group,
            period=period,
            category=category,
            title=f"Interro {number}",
            held_on=period.starts_on,
            max_points=20,
            rank=number,
        )
        for number in range(1, SHEET_ASSESSMENTS + 1)
    )
    Grade.objects.bulk_create(
        Grade(assessment=assessment, pupil=pupil, points=(assessment.pk + pupil.pk) % 21, written_by=teacher)
        for assessment in assessments
        for pupil in pupils
    )
    return group


@measure
def gradebook_25x20(school: School) -> Figures:
    account = Account.objects.select_related("person").get(username="teacher")
    group, period = sheet_25x20(account.person)
    ask = Ask(reverse("gradebook:sheet", kwargs={"group_id": group.pk, "period_id": period.pk}), account)
    return school.measure("gradebook_25x20", lambda number: ask)


@measure
def grade_save(school: School) -> Figures:
    """One cell typed again and again: each time another grade, kept with its past."""
    account = Account.objects.select_related("person").get(username="teacher")
    group, period = sheet_25x20(account.person)
    grade = Grade.objects.filter(assessment__group=group).earliest("pk")
    address = reverse("gradebook:cells", kwargs={"group_id": group.pk, "period_id": period.pk})

    def ask(number: int) -> Ask:
        cell = [grade.assessment_id, grade.pupil_id, grade.version + number, str(number % 20)]
        return Ask(address, account, json.dumps({"cells": [cell]}).encode(), "application/json")

    figures = school.measure("grade_save", ask)
    grade_now = Grade.objects.get(pk=grade.pk)
    if grade_now.version == grade.version:
        raise RuntimeError("grade_save: nothing was saved")
    return figures


def results_of(pupil: Person) -> str:
    return reverse("gradebook:results", kwargs={"pupil_id": pupil.pk})


page("results_pupil", "pupil", results_of)
page("results_parent", "parent", lambda person: results_of(wards_of(person).earliest("pk")))


@measure
def report_cards_1000(school: School) -> Figures:
    """Make every report card of the present period in a copy of the school, from the command line."""
    copy = Path(settings.DATA_DIR) / "report_cards"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy / "preau.sqlite3")])
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "preau.console", "report-cards", "build", "--period", current_period().code],
        env={**os.environ, "PREAU_DATA": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    shutil.rmtree(copy, ignore_errors=True)
    if done.returncode:
        raise RuntimeError(f"report_cards_1000: {done.stdout[-500:]}{done.stderr[-500:]}")
    return Figures("report_cards_1000", value=round(seconds, 2))
