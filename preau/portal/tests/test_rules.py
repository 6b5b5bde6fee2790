"""Who opens Noor's file, and what of her family stands in it."""

import pytest

from preau.people.models import Duty, Household, Person, Relationship, Residence
from preau.portal.rules import (
    decides_what_is_open,
    may_open_file,
    may_read_contacts,
    may_read_parents_rights,
    may_read_urgent_phones,
    may_see_that_rights_are_limited,
    reads_school_figures,
)
from tests.cast import FIRST_DAY


@pytest.mark.parametrize(
    ("who", "opens", "contacts", "urgent", "limits", "rights"),
    [
        ("pirard", True, True, True, True, True),  # is the head
        ("maes", True, True, True, True, True),  # is the secretary
        ("diallo", True, True, True, True, True),  # is an educator
        ("nys", False, False, False, False, False),  # looks after the system, not after pupils
        ("vandamme", True, True, True, True, False),  # tutors 4TTA
        ("thys", False, False, False, False, False),  # teaches next door
        ("lemaire", False, False, False, False, False),  # tutors her brother's class
        ("noor", True, True, True, False, False),  # it is hers
        ("emma", False, False, False, False, False),  # sits beside her
        ("elias", False, False, False, False, False),  # is her brother
        ("samira", True, False, False, False, False),  # her mother: her own line, by kinship
        ("karim", True, False, False, False, False),  # her father, who may not see marks
        ("ines", False, False, False, False, False),  # is Emma's mother
        ("zoe", False, False, False, False, False),  # knows nobody
    ],
)
def test_who_may_read_what_of_noor(school, who, opens, contacts, urgent, limits, rights):
    person, noor = school.everybody[who], school.noor

    assert may_open_file.allows(person, noor) is opens
    assert may_read_contacts.allows(person, noor) is contacts
    assert may_read_urgent_phones.allows(person, noor) is urgent
    assert may_see_that_rights_are_limited.allows(person, noor) is limits
    assert may_read_parents_rights.allows(person, noor) is rights


@pytest.mark.parametrize(
    ("who", "decides", "counts"),
    [
        ("pirard", True, True),  # is the head
        ("nys", True, True),  # is the administrator
        ("maes", False, True),  # is the secretary
        ("vandamme", False, False),
        ("noor", False, False),
        ("samira", False, False),
        ("zoe", False, False),
    ],
)
def test_who_decides_what_is_open_and_reads_the_figures(school, who, decides, counts):
    person = getattr(school, who)

    assert decides_what_is_open.admits(person) is decides
    assert reads_school_figures.admits(person) is counts


@pytest.mark.parametrize(
    ("duty", "opens", "calls"),
    [
        (Duty.Kind.GUIDANCE, True, True),  # the CPMS agent writes to families
        (Duty.Kind.ADJUSTMENTS, True, False),
        (Duty.Kind.COORDINATOR, True, False),
        (Duty.Kind.DATA_PROTECTION, False, False),
    ],
)
def test_those_who_look_after_pupils_open_their_files(school, duty, opens, calls):
    _ = school.maths_4tta
    Duty.objects.create(person=school.zoe, kind=duty, starts_on=FIRST_DAY)

    assert may_open_file.allows(school.zoe, school.noor) is opens
    assert may_read_contacts.allows(school.zoe, school.noor) is calls


def test_a_file_is_that_of_a_person():
    assert may_open_file.model is Person


def test_nobody_is_a_pupil_without_having_been_enrolled(school):
    assert not may_open_file.allows(school.vandamme, school.vandamme)


@pytest.fixture
def two_homes(school):
    """Noor lives with her mother; her father has another address and limited rights."""
    _ = school.maths_4tta, school.samira, school.karim
    hers = Household.objects.create(street="Rue des Tilleuls 4", postcode="5000", city="Exempleville")
    his = Household.objects.create(street="Quai caché 9", postcode="4000", city="Ailleurs")
    for person in (school.samira, school.noor):
        Residence.objects.create(person=person, household=hers)
    Residence.objects.create(person=school.karim, household=his)
    Residence.objects.create(person=school.noor, household=his, is_main=False)
    for person, number in ((school.samira, "0478 11 11 11"), (school.karim, "0478 22 22 22")):
        person.mobile = number
        person.email = f"{person.given_name.lower()}@home.example"
        person.save()
    Relationship.objects.filter(guardian=school.karim).update(is_emergency_contact=False)
    return school


@pytest.mark.parametrize(
    ("who", "seen", "hidden"),
    [
        ("samira", ["Tilleuls 4", "0478 11 11 11"], ["Quai caché", "0478 22 22 22", "Karim"]),
        ("karim", ["Quai caché 9", "0478 22 22 22"], ["Tilleuls", "0478 11 11 11", "Samira"]),
        ("vandamme", ["Tilleuls 4", "Quai caché 9", "0478 22 22 22", "limited rights"], ["sees marks"]),
        ("maes", ["Quai caché 9", "sees marks and report cards", "limited rights"], []),
        ("noor", ["Tilleuls 4", "Quai caché 9", "Samira", "Karim"], ["limited rights", "0478 22 22 22"]),
    ],
)
def test_each_reads_of_the_family_what_the_school_allows(two_homes, visit, who, seen, hidden):
    page = visit("portal:pupil", as_=getattr(two_homes, who), pupil_id=two_homes.noor.pk)

    main = page.text[page.text.index("<main") :]
    assert [words for words in seen if words not in main] == []
    assert [words for words in hidden if words in main] == []


def test_a_teacher_who_is_no_tutor_reads_only_whom_to_call_in_an_emergency(two_homes, visit):
    from preau.structure.models import TeachingAssignment

    TeachingAssignment.objects.create(
        group=two_homes.maths_4tta, teacher=two_homes.thys, starts_on=two_homes.year.starts_on
    )

    page = visit("portal:pupil", as_=two_homes.thys, pupil_id=two_homes.noor.pk)

    main = page.text[page.text.index("<main") :]
    assert "0478 11 11 11" in main
    assert "samira@home.example" not in main
    assert "0478 22 22 22" not in main
    assert "Tilleuls" not in main
    assert "14/02/2011" not in main
