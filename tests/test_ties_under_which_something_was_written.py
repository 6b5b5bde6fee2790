"""A tie of a single day is forgotten, unless something was written under it: then it ends, and stays."""

from datetime import timedelta

import pytest

from preau.follow_up.actions import acknowledge, end_plan
from preau.follow_up.tests.builders import plan
from preau.gradebook.tests.builders import assessment, grade
from preau.people.ties import EndsBeforeItStarts
from preau.report_cards.actions import write_tutor_word
from preau.structure.actions import add_membership, assign_tutor, end_membership, end_tutorship
from preau.structure.actions.many import end_memberships
from preau.structure.models import GroupMembership, Tutorship


@pytest.fixture
def today(school_day):
    return school_day.date()


def test_a_class_whose_titulaire_wrote_a_word_was_theirs(school, today, school_day):
    given = {"class_group": school.class_4tta, "tutor": school.thys, "on": today}
    by = {"by": school.pirard, "at": school_day}
    _ = school.noor, school.december
    end_tutorship(tutorship=assign_tutor(**given, **by), on=today, **by)
    assert not Tutorship.objects.filter(tutor=school.thys).exists()

    used = assign_tutor(**given, **by)
    write_tutor_word(
        pupil=school.noor, period=school.december, text="Courage !", by=school.thys, at=school_day
    )
    end_tutorship(tutorship=used, on=today, **by)

    used.refresh_from_db()
    assert (used.starts_on, used.ends_on) == (today, today + timedelta(days=1))


@pytest.mark.parametrize("by_a_file", [False, True])
def test_a_group_in_which_a_pupil_was_graded_was_theirs(school, today, school_day, by_a_file):
    by = {"by": school.maes, "at": school_day}

    def end(membership):
        if by_a_file:
            end_memberships(keys=[membership.pk], on=today, **by)
        else:
            end_membership(membership=membership, on=today, **by)

    joined = {"group": school.maths_4tta, "pupil": school.elias, "on": today}
    end(add_membership(**joined, **by))
    assert not GroupMembership.objects.filter(pupil=school.elias, group=school.maths_4tta).exists()

    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    used = add_membership(**joined, **by)
    grade(test, school.elias, "12", by=school.vandamme)
    end(used)

    used.refresh_from_db()
    assert (used.starts_on, used.ends_on) == (today, today + timedelta(days=1))


def test_a_plan_that_was_read_never_ends_before_it_held(school, today, school_day):
    _ = school.maths_4tta, school.vandamme
    made = plan(school, school.noor, "TIME", starts_on=today)
    acknowledge(plan=made, by=school.vandamme, at=school_day)

    with pytest.raises(EndsBeforeItStarts):
        end_plan(plan=made, on=today, by=school.pirard, at=school_day)
    end_plan(plan=made, on=today + timedelta(days=1), by=school.pirard, at=school_day)

    assert made.acknowledgements.count() == 1
