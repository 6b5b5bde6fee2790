import pytest

from preau.people.models import Person
from preau.structure.models import ClassGroup
from preau.structure.rules import (
    is_staff,
    may_configure_school,
    may_manage_structure,
    may_read_class_contacts,
    may_read_class_list,
    may_read_classmates,
    may_read_contacts,
    may_read_fellows,
    may_read_group,
    may_read_name,
    may_read_pupil,
    may_read_rights,
)


@pytest.mark.parametrize(
    ("who", "knows_the_name", "reads_identity", "reads_contacts", "reads_mothers_phone", "reads_rights"),
    [
        ("pirard", True, True, True, True, True),  # the head
        ("maes", True, True, True, True, True),  # the secretary
        ("diallo", True, True, True, True, True),  # an educator of the whole school
        ("nys", True, False, False, False, False),  # sets the system up
        ("vandamme", True, True, True, True, True),  # tutors her class
        ("thys", True, False, False, False, False),  # teaches elsewhere
        ("lemaire", True, False, False, True, False),  # tutors her brother, calls their mother
        ("noor", True, True, True, False, False),  # it is she
        ("emma", True, False, False, False, False),  # sits beside her: her name only
        ("elias", False, False, False, False, False),  # her brother, in another class
        ("samira", True, True, True, True, True),  # her mother: her own phone and rights
        ("karim", True, True, True, False, False),  # her father: not the mother's
        ("ines", False, False, False, False, False),  # another mother
        ("zoe", False, False, False, False, False),  # a stranger
    ],
)
def test_who_reads_what_of_a_pupil(
    school, who, knows_the_name, reads_identity, reads_contacts, reads_mothers_phone, reads_rights
):
    person = school.everybody[who]
    tie = school.noor.guardianships.get(guardian=school.samira)

    assert may_read_name.allows(person, school.noor) is knows_the_name
    assert may_read_pupil.allows(person, school.noor) is reads_identity
    assert may_read_contacts.allows(person, school.noor) is reads_contacts
    assert may_read_contacts.allows(person, school.samira) is reads_mothers_phone
    assert may_read_rights.allows(person, tie) is reads_rights


def test_a_teacher_of_the_pupil_who_tutors_elsewhere_reads_no_phone(school):
    assert school.everybody
    school.class_4tta.tutorships.all().delete()

    assert may_read_pupil.allows(school.vandamme, school.noor)
    assert not may_read_contacts.allows(school.vandamme, school.noor)
    assert may_read_class_list.allows(school.vandamme, school.class_4tta)
    assert not may_read_class_contacts.allows(school.vandamme, school.class_4tta)


@pytest.mark.parametrize(
    (
        "who",
        "is_here",
        "manages",
        "configures",
        "reads_list",
        "contacts",
        "reads_names",
        "group",
        "fellows",
    ),
    [
        ("pirard", True, True, True, True, True, True, True, True),  # the head
        ("maes", True, True, True, True, True, True, True, True),  # the secretary
        ("diallo", True, False, False, True, True, True, True, True),  # an educator
        ("nys", True, False, True, False, False, False, False, False),  # arranges the year, reads no class
        ("vandamme", True, False, False, True, True, True, True, True),  # tutors and teaches 4TTA
        ("thys", True, False, False, False, False, False, False, False),  # teaches elsewhere
        ("noor", False, False, False, False, False, True, False, True),  # sits there
        ("elias", False, False, False, False, False, False, False, False),  # sits elsewhere
        ("samira", False, False, False, False, False, False, False, False),  # a mother knows no class list
        ("zoe", False, False, False, False, False, False, False, False),  # a stranger
    ],
)
def test_who_arranges_the_school_and_reads_4tta(
    school, who, is_here, manages, configures, reads_list, contacts, reads_names, group, fellows
):
    person, class_4tta = school.everybody[who], school.class_4tta

    assert is_staff.admits(person) is is_here
    assert may_manage_structure.admits(person) is manages
    assert may_configure_school.admits(person) is configures
    assert may_read_class_list.allows(person, class_4tta) is reads_list
    assert may_read_class_contacts.allows(person, class_4tta) is contacts
    assert may_read_classmates.allows(person, class_4tta) is reads_names
    assert may_read_group.allows(person, school.maths_4tta) is group
    assert may_read_fellows.allows(person, school.maths_4tta) is fellows


def test_a_list_of_classes_holds_those_one_may_read(school):
    assert school.everybody

    assert set(may_read_class_list.among(ClassGroup.objects.all(), school.vandamme)) == {school.class_4tta}
    assert may_read_class_list.among(ClassGroup.objects.all(), school.maes).count() == 3
    assert set(may_read_pupil.among(Person.objects.all(), school.samira)) == {
        school.samira,
        school.noor,
        school.elias,
    }
