from datetime import date

import pytest
from django.db import IntegrityError, transaction

from preau.people import actions
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Duty, ExternalId, Person, Relationship, name_for_sorting


def test_a_person_is_found_whatever_accents_and_order(school, school_day):
    noel = actions.record_person(
        given_name=" Zoé ", family_name="d'Été-Noël", by=school.maes, at=school_day, language="nl"
    )

    assert noel.list_name == "d'Été-Noël Zoé"
    assert Person.objects.named("zoe ete").get() == noel
    assert Person.objects.named("NOËL").get() == noel
    assert not Person.objects.named("ete martin").exists()


def test_a_number_of_another_system_names_one_person(school, school_day):
    told = {"system": "ProEco", "by": school.maes, "at": school_day}
    first = actions.note_external_id(person=school.noor, value="12345", **told)
    assert actions.note_external_id(person=school.noor, value="12345", **told) == first

    with pytest.raises(actions.NumberTaken, match="ProEco 12345 is already the number of Noor Haddad"):
        actions.note_external_id(person=school.emma, value="12345", **told)

    actions.note_external_id(person=school.noor, value="777", **told)
    number = ExternalId.objects.get(person=school.noor)
    assert number.value == "777"
    actions.drop_external_id(number=number, by=school.maes, at=school_day)
    assert not ExternalId.objects.exists()


def test_a_duty_starts_and_ends_on_days(school, school_day):
    duty = actions.give_duty(
        person=school.thys,
        kind=Duty.Kind.EDUCATOR,
        starts_on=date(2026, 11, 1),
        by=school.pirard,
        at=school_day,
    )
    assert Person.objects.get(pk=school.thys.pk).holds(Duty.Kind.EDUCATOR)

    with pytest.raises(actions.AlreadyHeld, match="Marc Thys already holds"):
        actions.give_duty(
            person=school.thys,
            kind=Duty.Kind.EDUCATOR,
            starts_on=date(2026, 12, 1),
            by=school.pirard,
            at=school_day,
        )

    actions.end_duty(duty=duty, on=date(2026, 11, 24), by=school.pirard, at=school_day)
    assert not Person.objects.get(pk=school.thys.pk).holds(Duty.Kind.EDUCATOR)
    with pytest.raises(Exception, match="starts on 01/11/2026: choose a later end"):
        actions.end_duty(duty=duty, on=date(2026, 11, 1), by=school.pirard, at=school_day)


def test_nobody_gives_oneself_a_duty(school, school_day):
    with pytest.raises(actions.NobodyPromotesOneself):
        actions.give_duty(
            person=school.nys, kind=Duty.Kind.HEAD, starts_on=date(2026, 9, 1), by=school.nys, at=school_day
        )


def test_a_duty_that_never_began_is_forgotten(school, school_day):
    duty = actions.give_duty(
        person=school.thys,
        kind=Duty.Kind.COORDINATOR,
        starts_on=date(2027, 1, 4),
        by=school.pirard,
        at=school_day,
    )

    actions.end_duty(duty=duty, on=date(2027, 1, 4), by=school.pirard, at=school_day)

    assert not school.thys.duties.exists()


@pytest.mark.parametrize(
    ("names", "sorted_as"),
    [
        (("D'Hoogh", "Éva"), "d hoogh eva"),
        (("Van-den Bossche", ""), "van den bossche"),
        (("Ødegård",), "ødegard"),
    ],
)
def test_names_are_sorted_as_french_lists_sort_them(names, sorted_as):
    assert name_for_sorting(*names) == sorted_as


def test_many_persons_are_recorded_at_once_with_their_sorting_name(db):
    people = bulk_create_persons(Person(given_name="Ève", family_name=name) for name in ("Noël", "Été"))

    assert [p.pk for p in Person.objects.by_name()] == [people[1].pk, people[0].pk]


def test_the_database_keeps_its_promises(school):
    impossible = [
        lambda: Relationship.objects.create(pupil=school.noor, guardian=school.noor),
        lambda: Relationship.objects.create(pupil=school.noor, guardian=school.samira),
        lambda: Duty.objects.create(
            person=school.zoe, kind="HEAD", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 1)
        ),
    ]
    for act in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
