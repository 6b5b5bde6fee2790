import pytest

from preau.people.models import Duty
from preau.trail.rules import may_read_trail, may_see_looks
from tests.cast import FIRST_DAY


@pytest.mark.parametrize(
    ("who", "reads_the_trail", "sees_who_looked_at_noor"),
    [
        ("pirard", True, True),  # is the head
        ("nys", True, False),  # looks after the system, not after the pupils
        ("maes", False, False),  # is the secretary
        ("vandamme", False, False),  # tutors and teaches Noor
        ("diallo", False, False),  # is an educator
        ("noor", False, True),  # it is her file
        ("samira", False, True),  # her mother
        ("karim", False, False),  # her father, who may not see marks
        ("emma", False, False),  # sits beside her
        ("ines", False, False),  # the mother of another
        ("zoe", False, False),  # knows nobody
    ],
)
def test_who_reads_the_trail_and_who_sees_who_looked(school, who, reads_the_trail, sees_who_looked_at_noor):
    _ = (school.maths_4tta, school.samira, school.karim)
    person = getattr(school, who)

    assert may_read_trail.admits(person) is reads_the_trail
    assert may_see_looks.allows(person, school.noor) is sees_who_looked_at_noor


def test_the_data_protection_officer_reads_both(school):
    Duty.objects.create(person=school.zoe, kind=Duty.Kind.DATA_PROTECTION, starts_on=FIRST_DAY)

    assert may_read_trail.admits(school.zoe)
    assert may_see_looks.allows(school.zoe, school.noor)
