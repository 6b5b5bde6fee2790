import pytest

from preau.accounts.rules import may_forget_second_factor, may_keep_account, may_see_accounts


@pytest.mark.parametrize(
    ("who", "sees_accounts", "keeps_a_mothers", "keeps_the_heads", "takes_away_a_lost_factor"),
    [
        ("pirard", True, True, True, True),  # is the head
        ("nys", True, True, True, True),  # looks after the system
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
    assert may_forget_second_factor.admits(person) is takes_away_a_lost_factor
