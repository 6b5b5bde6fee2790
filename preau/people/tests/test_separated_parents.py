from datetime import date

import pytest

from preau.kit import clock
from preau.people import actions
from preau.people.models import Household, Person, Relationship, Residence
from preau.people.relations import cares_for, ties_with, wards_of
from preau.people.rules import may_read_household, may_read_person, may_read_relationship

ALL_RIGHTS = dict.fromkeys(Relationship.RIGHTS, True)


@pytest.fixture
def two_homes(school, school_day):
    """Noor lives with her mother, and every other week with her father."""
    homes = {}
    for parent, street in ((school.samira, "Rue du Canal 3"), (school.karim, "Avenue du Lac 8")):
        home = Household.objects.create(street=street, postcode="5000", city="Exempleville")
        actions.move_household(
            persons=[parent, school.noor],
            household=home,
            is_main=parent == school.samira,
            by=school.maes,
            at=school_day,
        )
        homes[parent] = home
    return homes


def test_a_pupil_has_two_homes_and_letters_go_to_the_first(school, two_homes):
    homes = Residence.objects.filter(person=school.noor)

    assert homes.count() == 2
    assert homes.get(is_main=True).household == two_homes[school.samira]
    assert Residence.objects.get(person=school.karim).is_main


def test_neither_parent_reads_the_address_of_the_other(school, two_homes):
    assert may_read_household.allows(school.samira, two_homes[school.samira])
    assert not may_read_household.allows(school.samira, two_homes[school.karim])
    assert not may_read_household.allows(school.karim, two_homes[school.samira])
    assert may_read_household.allows(school.noor, two_homes[school.karim])


def test_both_parents_read_their_child_but_not_each_other(school):
    assert may_read_person.allows(school.samira, school.noor)
    assert may_read_person.allows(school.karim, school.noor)
    assert not may_read_person.allows(school.samira, school.karim)
    mine, theirs = (tie.guardianships.get(guardian=school.karim) for tie in (school.noor, school.elias))
    assert may_read_relationship.allows(school.karim, mine)
    assert not may_read_relationship.allows(school.samira, theirs)


def test_a_right_is_taken_only_on_a_document_that_was_checked(school, school_day):
    tie = school.noor.guardianships.get(guardian=school.samira)

    with pytest.raises(actions.RestrictionUnchecked, match="Rights are taken from Samira Haddad only on"):
        actions.change_rights(
            relationship=tie, rights={"may_collect_pupil": False}, by=school.maes, at=school_day
        )
    assert Relationship.objects.get(pk=tie.pk).may_collect_pupil

    restricted = actions.change_rights(
        relationship=tie,
        rights={"may_collect_pupil": False, "sees_marks": True},
        checked_on=date(2026, 11, 20),
        by=school.maes,
        at=school_day,
    )
    assert (restricted.restricted_by, restricted.restricted_on) == (school.maes, date(2026, 11, 20))
    assert restricted.sees_marks


def test_a_restriction_is_lifted_by_giving_the_rights_back(school, school_day):
    tie = school.noor.guardianships.get(guardian=school.karim)
    assert not cares_for("pk").over(Person).allows(school.karim, school.noor)

    lifted = actions.change_rights(relationship=tie, rights=ALL_RIGHTS, by=school.maes, at=school_day)

    assert lifted.restricted_on is None
    assert cares_for("pk").over(Person).allows(school.karim, school.noor)


def test_a_partner_has_only_the_rights_that_are_granted(school, school_day):
    tie = actions.relate_guardian(
        pupil=school.noor,
        guardian=school.zoe,
        kind=Relationship.Kind.PARTNER,
        is_legal_responsible=False,
        rights={"may_collect_pupil": True},
        by=school.maes,
        at=school_day,
    )

    assert tie.may_collect_pupil
    assert not tie.sees_marks
    assert school.noor.pk in wards_of(school.zoe, "may_collect_pupil")
    assert not cares_for("pk").over(Person).allows(school.zoe, school.noor)


def test_an_adult_answers_once_for_a_pupil_and_never_for_oneself(school, school_day):
    told = {"kind": Relationship.Kind.MOTHER, "by": school.maes, "at": school_day}

    with pytest.raises(actions.AlreadyRelated, match="Samira Haddad already answers for Noor Haddad"):
        actions.relate_guardian(pupil=school.noor, guardian=school.samira, **told)
    with pytest.raises(actions.NotAnsweringForOneself):
        actions.relate_guardian(pupil=school.noor, guardian=school.noor, **told)


def test_who_answered_before_may_take_it_up_again(school, school_day):
    tie = school.noor.guardianships.get(guardian=school.samira)
    actions.end_relationship(relationship=tie, on=date(2026, 10, 1), by=school.maes, at=school_day)
    assert not may_read_person.allows(school.samira, school.noor)

    again = actions.relate_guardian(
        pupil=school.noor,
        guardian=school.samira,
        kind=Relationship.Kind.MOTHER,
        by=school.maes,
        at=school_day,
    )

    assert (again.pk, again.ends_on) == (tie.pk, None)
    assert may_read_person.allows(school.samira, school.noor)


def test_a_household_that_everybody_left_is_forgotten(school, two_homes, school_day):
    lake, canal = two_homes[school.karim], two_homes[school.samira]

    actions.move_household(
        persons=[school.karim, school.noor], household=canal, leaving=lake, by=school.maes, at=school_day
    )
    assert not Household.objects.filter(pk=lake.pk).exists()
    assert Residence.objects.get(person=school.noor).is_main

    actions.leave_household(
        residence=Residence.objects.get(person=school.karim), by=school.maes, at=school_day
    )
    assert set(canal.residents.all()) == {school.samira, school.noor}


def test_an_address_is_corrected_for_all_who_live_there(school, two_homes, school_day):
    home = two_homes[school.samira]

    actions.change_household(
        household=home,
        street="Rue du Canal 5",
        postcode="5000",
        city="Exempleville",
        by=school.maes,
        at=school_day,
    )
    assert str(school.noor.households.get(pk=home.pk)) == "Rue du Canal 5, 5000 Exempleville"
    with pytest.raises(actions.NoAddress):
        actions.change_household(
            household=home, street=" ", postcode="", city="", by=school.maes, at=school_day
        )


def test_at_eighteen_a_pupil_objects_and_parents_no_longer_read(school, school_day):
    assert school.samira
    actions.change_person(person=school.noor, born_on=date(2008, 11, 24), by=school.maes, at=school_day)
    assert school.noor.is_adult()
    assert may_read_person.allows(school.samira, school.noor)

    actions.decide_parent_access(pupil=school.noor, is_granted=False, by=school.noor, at=school_day)
    assert not may_read_person.allows(school.samira, school.noor)
    assert may_read_person.allows(school.samira, school.elias)

    actions.decide_parent_access(pupil=school.noor, is_granted=True, by=school.noor, at=school_day)
    assert may_read_person.allows(school.samira, school.noor)
    with clock.at(date(2026, 11, 23)):
        assert not Person.objects.get(pk=school.noor.pk).is_adult()


def test_who_was_left_no_right_at_all_reads_nothing_of_the_child(school, school_day, visit):
    _ = school.class_4tta
    tie = school.noor.guardianships.get(guardian=school.samira)
    assert "Noor" in visit("portal:today", as_=school.samira).text

    for last, rights in (
        (True, dict.fromkeys(Relationship.RIGHTS[:-1], False)),
        (False, dict.fromkeys(Relationship.RIGHTS, False)),
    ):
        actions.change_rights(
            relationship=tie, rights=rights, checked_on=date(2026, 11, 20), by=school.maes, at=school_day
        )
        mother = Person.objects.get(pk=school.samira.pk)

        assert may_read_person.allows(mother, school.noor) is last
        assert (school.noor.pk in wards_of(mother, None)) is last
        assert ties_with(None).filter(guardian=mother, pupil=school.noor).exists() is last
        assert ("Noor" in visit("portal:today", as_=mother).text) is last
        file = visit("portal:pupil", as_=mother, pupil_id=school.noor.pk)
        assert file.status_code == (200 if last else 404)
        found = visit("portal:search", as_=mother, query={"q": "noor"}).text
        assert (f"/file/{school.noor.pk}/" in found) is last
    assert "Elias" in visit("portal:today", as_=school.samira).text
