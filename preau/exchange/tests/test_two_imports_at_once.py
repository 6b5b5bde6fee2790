"""Two people import the same file at the same moment: one waits for the other, and nobody comes in twice."""

import threading

import pytest
from django.db import connection, connections

from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import ClassGroup, Enrolment
from tests.imports import SCHOOL, bring


@pytest.mark.django_db(transaction=True)
def test_the_second_sees_what_the_first_brought(tmp_path):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")
    moment, reports = clock.now(), []
    start = threading.Barrier(2)

    def go(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        with clock.at(moment):
            start.wait()
            reports.append(bring(folder, "people", SCHOOL))
        connections.close_all()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(report.counts["new"] for report in reports) == [0, 4]
    assert all(report.applied for report in reports)
    assert (Person.objects.filter(family_name="Haddad").count(), Enrolment.objects.count()) == (2, 4)
    assert ClassGroup.objects.count() == 3
