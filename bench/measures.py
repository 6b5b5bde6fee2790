"""
What is measured, one entry each: a page that somebody asks for, or a piece of work whose seconds count.

A new part of the school adds its names here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from copy import copy
from functools import partial
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from bench.asking import TIMES, Ask, Figures, School
from preau.accounts.models import Account
from preau.gradebook.actions import close_period
from preau.gradebook.models import Assessment, Grade
from preau.gradebook.queries import simulate
from preau.grading.models import Category, CourseResult
from preau.grading.queries import Schemes
from preau.kit import clock
from preau.kit.demo import PASSWORD
from preau.mail.actions import send_many
from preau.mail.letters import Letter
from preau.people.models import Person
from preau.people.relations import wards_of
from preau.report_cards.models import ReportCard
from preau.structure.actions import bring_forward, open_school_year
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    GroupMembership,
    PupilStep,
    ReportPeriod,
    TeachingAssignment,
)
from preau.structure.queries import current_period, current_year, enrolled_pupils, rollover_plan
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
    lambda person: reverse("structure:class_group", kwargs={"class_group_id": class_of_tutor(person).pk}),
)


def class_of_tutor(tutor: Person) -> ClassGroup:
    return ClassGroup.objects.filter(pk__in=classes_of(tutor)).earliest("pk")


def sheet_of(teacher: Person, pupils: int, assessments: int) -> tuple[CourseGroup, ReportPeriod]:
    """Return a group of so many pupils and graded assessments, and its period; make it the first time."""
    period, code = current_period(), f"BENCH-{pupils}X{assessments}"
    group = CourseGroup.objects.filter(code=code).first()
    return group or _make_sheet(teacher, period, code, pupils, assessments), period


@transaction.atomic
def _make_sheet(teacher: Person, period: ReportPeriod, code: str, size: int, width: int) -> CourseGroup:
    year = current_year()
    course = CourseGroup.objects.filter(pk__in=groups_of(teacher)).earliest("pk").course
    course.pk, course.code = None, code  # Its own: nobody is in two groups of one course.
    course.save(force_insert=True)
    group = CourseGroup.objects.create(course=course, school_year=year, code=code, name=f"{size} × {width}")
    TeachingAssignment.objects.create(group=group, teacher=teacher, starts_on=year.starts_on)
    pupils = list(enrolled_pupils().order_by("pk")[:size])
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
        for number in range(1, width + 1)
    )
    Grade.objects.bulk_create(
        (
            Grade(
                assessment=assessment, pupil=pupil, points=(assessment.pk + pupil.pk) % 21, written_by=teacher
            )
            for assessment in assessments
            for pupil in pupils
        ),
        batch_size=2000,
    )
    return group


def the_teacher() -> Account:
    return Account.objects.select_related("person").get(username="teacher")


def a_colleague(place: int) -> Account:
    """Return a teacher whom no other measure asks, so that giant gradebooks weigh on nobody's other pages."""
    teaching = TeachingAssignment.objects.in_force().values("teacher")
    known = ("teacher", "tutor", "educator", "head", "secretary", "admin")
    others = Account.objects.filter(person__in=teaching).exclude(username__in=known)
    return others.select_related("person").order_by("pk")[place]


def sheet(pupils: int, assessments: int, whose: Callable[[], Account], times: int = TIMES) -> None:
    """Add the measure of a gradebook of that size, as its teacher opens it."""
    name = f"gradebook_{pupils}x{assessments}"

    def work(school: School) -> Figures:
        account = whose()
        group, period = sheet_of(account.person, pupils, assessments)
        ids = {"group_id": group.pk, "period_id": period.pk}
        ask = Ask(reverse("gradebook:sheet", kwargs=ids), account)
        return school.measure(name, lambda number: ask, times=times)

    MEASURES[name] = work


sheet(25, 20, the_teacher)
sheet(40, 60, partial(a_colleague, 0), times=50)
sheet(500, 160, partial(a_colleague, 1), times=10)


@measure
def grade_save(school: School) -> Figures:
    """One cell typed again and again: each time another grade, kept with its past."""
    account = the_teacher()
    group, period = sheet_of(account.person, 25, 20)
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


def first_child(parent: Person) -> Person:
    return Person.objects.filter(pk__in=wards_of(parent)).earliest("pk")


def results_of(pupil: Person) -> str:
    return reverse("gradebook:results", kwargs={"pupil_id": pupil.pk})


def card_of(pupil: Person) -> str:
    """Return where the document of the last report card is: opening it notes who read it."""
    card = ReportCard.objects.filter(pupil=pupil).latest("period__starts_on", "version")
    return reverse("report_cards:document", kwargs={"card_id": card.pk})


page("results_pupil", "pupil", results_of)
page("results_parent", "parent", lambda parent: results_of(first_child(parent)))
page("report_card_open", "parent", lambda parent: card_of(first_child(parent)))


@measure
def period_close_school(school: School) -> Figures:
    """Close the present period of every gradebook that is still open, then think better of it."""
    with transaction.atomic():
        before = CourseResult.objects.count()
        started = time.perf_counter()
        close_period(period=current_period(), by=None, at=clock.now())
        seconds = time.perf_counter() - started
        if CourseResult.objects.count() == before:
            raise RuntimeError("period_close_school: nothing was frozen")
        transaction.set_rollback(True)
    return Figures("period_close_school", value=round(seconds, 2))


@measure
def rollover_school(school: School) -> Figures:
    """Have everybody pass, read the plan of the next year, carry it out, then think better of it."""
    year, now = current_year(), clock.now()
    with transaction.atomic():
        coming = open_school_year(first_year=year.starts_on.year + 1, by=None, at=now)
        pupils = enrolled_pupils().values_list("pk", flat=True)
        PupilStep.objects.bulk_create(
            PupilStep(school_year=coming, pupil_id=pupil, decision=PupilStep.Decision.PASSES)
            for pupil in pupils
        )
        started = time.perf_counter()
        plan = rollover_plan(coming, by=None)
        done = bring_forward(school_year=coming, seen=plan.fingerprint, by=None, at=now)
        seconds = time.perf_counter() - started
        if not done.pupils:
            raise RuntimeError("rollover_school: nobody was placed")
        transaction.set_rollback(True)
    return Figures("rollover_school", value=round(seconds, 2))


@measure
def mail_whole_school(school: School) -> Figures:
    """Queue an e-mail for each of 2700 addresses, in the transaction of the fact."""
    letter = partial(Letter, kind="bench", subject="Demain", text="Un mot.")
    letters = [letter(to=f"parent{n}@example.org", key=f"bench {n}") for n in range(2700)]
    with transaction.atomic():
        started = time.perf_counter()
        if send_many(letters, at=clock.now()) != len(letters):
            raise RuntimeError("mail_whole_school: not all were queued")
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return Figures("mail_whole_school", value=round(seconds, 2))


@measure
def scheme_simulate_level(school: School) -> Figures:
    """See what a year level looks like with an examination that weighs half."""
    period = CourseResult.objects.exclude(exam=None).latest("period__starts_on").period
    level = Counter(
        enrolled_pupils().values_list("enrolments__class_group__year_level", flat=True)
    ).most_common(1)
    proposed = copy(Schemes(period.starts_on).of_school)
    proposed.year_level_id, proposed.exam_weight, proposed.daily_work_weight = level[0][0], 50, 50
    started = time.perf_counter()
    told = simulate(proposed, period)
    seconds = time.perf_counter() - started
    if not told.changed:
        raise RuntimeError("scheme_simulate_level: no result moves")
    return Figures("scheme_simulate_level", value=round(seconds, 2))


@measure
def report_cards_1000(school: School) -> Figures:
    """Make every report card of the present period, from the command line."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "preau.console", "report-cards", "build", "--period", current_period().code],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"report_cards_1000: {done.stdout[-500:]}{done.stderr[-500:]}")
    return Figures("report_cards_1000", value=round(seconds, 2))
