from datetime import date

import pytest

from preau.accounts.rules import may_forget_second_factor, may_keep_account, may_see_accounts
from preau.people.models import Duty
from tests.cast import FIRST_DAY

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("who", "sees_accounts", "keeps_a_mothers", "keeps_the_heads", "takes_away_a_lost_factor"),
    [
        ("pirard", True, True, True, True),  # is the head
        ("nys", True, True, False, False),  # looks after the system, not above the head
        ("maes", True, True, False, False),  # is the secretary
        ("vandamme", False, False, False, False),  # teaches and tutors
        ("diallo", False, False, False, False),  # is an educator
        ("noor", False, False, False, False),  # is a pupil
        ("samira", False, False, False, False),  # it is hers: she keeps her keys elsewhere
        ("karim", False, False, False, False),  # the father of the same children
        ("zoe", False, False, False, False),  # knows nobody
    ],
)
def test_who_keeps_which_accounts(
    school, who, sees_accounts, keeps_a_mothers, keeps_the_heads, takes_away_a_lost_factor
):
    person = getattr(school, who)

    assert may_see_accounts.admits(person) is sees_accounts
    assert may_keep_account.allows(person, school.samira) is keeps_a_mothers
    assert may_keep_account.allows(person, school.pirard) is keeps_the_heads
    assert may_forget_second_factor.allows(person, school.pirard) is takes_away_a_lost_factor


def test_the_secretary_keeps_the_account_of_who_was_in_charge_and_is_no_longer(school):
    duty = Duty.objects.create(person=school.thys, kind=Duty.Kind.DEPUTY, starts_on=FIRST_DAY)
    assert not may_keep_account.allows(school.maes, school.thys)

    duty.ends_on = TUESDAY
    duty.save()

    assert may_keep_account.allows(school.maes, school.thys)


def test_the_secretary_keeps_the_account_of_an_educator_not_of_the_data_protection_officer(school):
    Duty.objects.create(person=school.zoe, kind=Duty.Kind.DATA_PROTECTION, starts_on=FIRST_DAY)

    assert may_keep_account.allows(school.maes, school.diallo)
    assert not may_keep_account.allows(school.maes, school.zoe)
