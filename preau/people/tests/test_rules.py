import pytest

from preau.people.models import Duty, Household, Person, Residence
from preau.people.rules import (
    may_end_duty,
    may_give_duties,
    may_manage_people,
    may_read_household,
    may_read_person,
    may_read_relationship,
)
from tests.cast import FIRST_DAY


@pytest.mark.parametrize(
    ("who", "manages_people", "gives_duties", "reads_noor", "reads_her_mothers_rights", "reads_her_address"),
    [
        ("pirard", True, True, True, True, True),  # the head
        ("maes", True, False, True, True, True),  # the secretary
        ("nys", False, True, False, False, False),  # sets the system up, reads no pupil
        ("diallo", False, False, False, False, False),  # an educator: see structure's rules
        ("vandamme", False, False, False, False, False),  # her teacher: see structure's rules
        ("noor", False, False, True, False, True),  # it is she, and her home
        ("samira", False, False, True, True, True),  # her mother, who lives there
        ("karim", False, False, True, False, False),  # her father, who lives elsewhere
        ("emma", False, False, False, False, False),  # sits beside her
        ("ines", False, False, False, False, False),  # another mother
        ("zoe", False, False, False, False, False),  # a stranger
    ],
)
def test_who_keeps_and_reads_the_register_of_persons(
    school, who, manages_people, gives_duties, reads_noor, reads_her_mothers_rights, reads_her_address
):
    person = school.everybody[who]
    home = Household.objects.create(street="Rue du Canal 3", city="Exempleville")
    for resident in (school.samira, school.noor):
        Residence.objects.create(person=resident, household=home)
    tie = school.noor.guardianships.get(guardian=school.samira)

    assert may_manage_people.admits(person) is manages_people
    assert may_give_duties.admits(person) is gives_duties
    assert may_read_person.allows(person, school.noor) is reads_noor
    assert may_read_relationship.allows(person, tie) is reads_her_mothers_rights
    assert may_read_household.allows(person, home) is reads_her_address


def test_nobody_who_has_not_signed_in_reads_anyone(school):
    assert school.everybody
    assert not may_read_person.among(Person.objects.all(), None).exists()
    assert not may_manage_people.admits(None)


@pytest.mark.parametrize(
    ("who", "of_the_head", "of_the_secretary", "of_the_administrator"),
    [
        ("pirard", True, True, True),  # the head
        ("lemaire", False, True, True),  # a deputy head, from here on
        ("nys", False, False, True),  # a system administrator makes no one who reads pupils
        ("maes", False, False, False),  # the secretary gives no duty
        ("zoe", False, False, False),  # a stranger
    ],
)
def test_who_ends_which_duty(school, who, of_the_head, of_the_secretary, of_the_administrator):
    person = school.everybody[who]
    Duty.objects.create(person=school.lemaire, kind=Duty.Kind.DEPUTY, starts_on=FIRST_DAY)

    for holder, ends in (("pirard", of_the_head), ("maes", of_the_secretary), ("nys", of_the_administrator)):
        duty = school.everybody[holder].duties.get()
        assert may_end_duty.allows(person, duty) is ends
