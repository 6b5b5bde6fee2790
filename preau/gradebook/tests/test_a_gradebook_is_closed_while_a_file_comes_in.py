"""A file brings grades while a teacher closes the gradebook: nothing is written in what is closed."""

import threading

import pytest
from django.db import connection, connections

from preau.gradebook import actions
from preau.gradebook.actions import imports as writing
from preau.gradebook.imports import assessments, grades
from preau.gradebook.models import Assessment, Grade
from preau.grading.models import Closing
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from tests.imports import bring, bring_school

LINES = "matricule;coursGrp;période;évaluation;cote;sur\n101;4 TT:MATH4-01;P1;Fractions;8;10\n"


def the_gradebook():
    return {
        "group": CourseGroup.objects.get(code="4 TT:MATH4-01"),
        "period": ReportPeriod.objects.get(code="P1"),
        "by": Person.objects.get(given_name="Claire"),
        "at": clock.now(),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("room", "step"), [(assessments, "plan_many"), (grades, "import_grades")])
def test_closed_after_the_file_was_compared_nothing_is_written(tmp_path, monkeypatch, room, step):
    bring_school(tmp_path)
    write = getattr(writing, step)

    def closed_meanwhile(**what):
        Closing.objects.create(
            **{f"closed_{name}" if name in {"by", "at"} else name: it for name, it in the_gradebook().items()}
        )
        return write(**what)

    monkeypatch.setattr(room, step, closed_meanwhile)
    report = bring(tmp_path, "grades", LINES)

    assert report.refused == "This gradebook is closed for the period. The head can reopen it."
    assert not Grade.objects.exists()
    assert not Assessment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_closes_waits_for_the_file(tmp_path, monkeypatch, school_day):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")
    bring_school(tmp_path)
    gradebook = the_gradebook()

    def close():
        with clock.at(school_day):
            actions.close_gradebook(**gradebook)
        connections.close_all()

    teacher = threading.Thread(target=close)
    waits = []

    def closing_meanwhile(**what):
        teacher.start()
        teacher.join(timeout=0.5)
        waits.append(teacher.is_alive())
        return writing.import_grades(**what)

    monkeypatch.setattr(grades, "import_grades", closing_meanwhile)
    assert bring(tmp_path, "grades", LINES).applied
    teacher.join()

    assert waits == [True]
    assert Closing.objects.get().group == gradebook["group"]
    assert Grade.objects.get().points == 8
