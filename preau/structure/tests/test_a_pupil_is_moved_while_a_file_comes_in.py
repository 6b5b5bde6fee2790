"""A file and the secretary move the same pupil at the same moment: one enrolment goes on, never two."""

import threading

import pytest
from django.db import connection, connections

from preau.kit import clock
from preau.people.models import Person
from preau.structure import actions
from preau.structure.actions import many
from preau.structure.imports import pupils
from preau.structure.models import ClassGroup, Enrolment, GroupMembership
from tests.imports import MEMBERSHIPS, SCHOOL, bring, bring_school


def open_classes(pupil):
    return sorted(
        Enrolment.objects.filter(pupil=pupil, ends_on=None).values_list("class_group__name", flat=True)
    )


@pytest.mark.django_db
def test_moved_after_the_file_was_compared_and_before_it_is_written(tmp_path, monkeypatch, school_day):
    bring(tmp_path, "people", SCHOOL)
    alma = Person.objects.get(given_name="Alma")
    elsewhere = ClassGroup.objects.get(name="2CB")

    def moved_meanwhile(**what):
        actions.move_pupil(pupil=alma, to=elsewhere, on=school_day.date(), by=None, at=school_day)
        many.place_many(**what)

    monkeypatch.setattr(pupils, "place_many", moved_meanwhile)
    report = bring(tmp_path, "people", SCHOOL.replace("5TTB", "5TTA"))

    assert report.applied
    assert open_classes(alma) == ["5TTA"]


@pytest.mark.django_db
def test_a_membership_made_meanwhile_is_not_made_twice(tmp_path, monkeypatch, school_day):
    bring_school(tmp_path)
    noor = Person.objects.get(given_name="Noor")
    group = GroupMembership.objects.get(pupil=noor).group
    GroupMembership.objects.filter(pupil=noor).delete()

    def added_meanwhile(**what):
        actions.add_membership(group=group, pupil=noor, on=school_day.date(), by=None, at=school_day)
        return many.follow_many(**what)

    monkeypatch.setattr("preau.structure.imports.memberships.follow_many", added_meanwhile)
    report = bring(tmp_path, "memberships", MEMBERSHIPS)

    assert report.applied
    assert GroupMembership.objects.filter(pupil=noor, group=group).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_moves_the_pupil_waits_for_the_file(tmp_path, monkeypatch, school_day):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")
    bring(tmp_path, "people", SCHOOL)
    alma = Person.objects.get(given_name="Alma")
    elsewhere = ClassGroup.objects.get(name="2CB")

    def move():
        with clock.at(school_day):
            actions.move_pupil(pupil=alma, to=elsewhere, on=school_day.date(), by=None, at=school_day)
        connections.close_all()

    secretary = threading.Thread(target=move)
    waits = []

    def written_meanwhile(**what):
        many.place_many(**what)
        secretary.start()
        secretary.join(timeout=0.5)
        waits.append(secretary.is_alive())

    monkeypatch.setattr(pupils, "place_many", written_meanwhile)
    assert bring(tmp_path, "people", SCHOOL.replace("5TTB", "5TTA")).applied
    secretary.join()

    assert waits == [True]
    assert open_classes(alma) == ["2CB"]
