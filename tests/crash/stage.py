"""
A school of its own for a server that will be killed.

`python -m tests.crash.stage make` fills the database that the environment names; `read` tells what is in its
gradebook. Both write JSON.
"""

import json
import os
import sys
from datetime import date

import django

PUPILS, ASSESSMENTS = 25, 40


def make() -> dict:
    from django.core.management import call_command
    from django.test import Client

    from preau.gradebook.models import Assessment
    from preau.grading.models import Category
    from preau.people.actions.many import bulk_create_persons
    from preau.people.models import Person
    from preau.structure.models import GroupMembership
    from tests.cast import FIRST_DAY, Cast

    call_command("migrate", verbosity=0)
    school = Cast()
    group, period = school.maths_4tta, school.december
    pupils = bulk_create_persons(Person(given_name=f"N{n}", family_name="Élève") for n in range(PUPILS))
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, pupil=pupil, starts_on=FIRST_DAY) for pupil in pupils
    )
    kind = Category.objects.earliest("rank")
    held = {
        "group": group,
        "period": period,
        "category": kind,
        "held_on": date(2026, 11, 20),
        "max_points": 20,
    }
    assessments = Assessment.objects.bulk_create(
        Assessment(title=f"Interro {n}", rank=n, **held) for n in range(ASSESSMENTS)
    )
    client = Client()
    client.force_login(school.vandamme.account)
    return {
        "cookie": client.cookies["preau_session"].value,
        "address": f"/gradebooks/{group.pk}/periods/{period.pk}/cells/",
        "cells": [[assessment.pk, pupil.pk] for assessment in assessments for pupil in pupils],
    }


def read() -> list:
    from preau.gradebook.models import Grade

    return [
        [grade.assessment_id, grade.pupil_id, str(grade.points), grade.version]
        for grade in Grade.objects.all()
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.stdout.write(json.dumps({"make": make, "read": read}[sys.argv[1]]()) + "\n")
