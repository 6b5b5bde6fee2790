"""What was kept long enough goes, once a day; the head reads beforehand what would."""

from datetime import timedelta

import pytest

from preau.accounts.actions import invite
from preau.accounts.models import Invitation
from preau.accounts.reactions import SIGN_IN
from preau.people.actions.duties import GIVE_DUTY
from preau.retention import actions
from preau.retention.tasks import erase_what_is_due
from preau.trail.actions import note
from preau.trail.models import Trace


@pytest.fixture
def old_and_new(school, school_day):
    """A sign-in and an act of two years ago, and the same of today."""
    for act in (SIGN_IN, GIVE_DUTY):
        for ago in (timedelta(days=730), timedelta()):
            trace = note(act, by=school.maes, about=school.maes)
            Trace.objects.filter(pk=trace.pk).update(at=school_day - ago)
    invite(persons=[school.zoe], by=None, at=school_day - timedelta(days=900), channel="LETTER")


def test_connections_go_after_a_year_and_what_was_done_stays(school, old_and_new):
    assert Trace.objects.filter(act=SIGN_IN.code).count() == 2

    erase_what_is_due.func()

    assert Trace.objects.filter(act=SIGN_IN.code).count() == 1
    assert Trace.objects.filter(act=GIVE_DUTY.code).count() == 2
    assert not Invitation.objects.exists()


def test_the_head_sees_what_would_go_and_nothing_goes_by_looking(school, visit, old_and_new):
    before = Trace.objects.count()

    page = visit("retention:periods", as_=school.pirard)

    due = {line.kept.key: line.due for line in page.context["lines"]}
    assert due["trail.connections"] == due["accounts.invitations"] == 1
    assert Trace.objects.count() == before
    assert visit("retention:periods", as_=school.vandamme).status_code == 404


def test_the_school_decides_otherwise_or_for_ever(school, old_and_new, settings, school_day):
    settings.RETENTION_DAYS = {"trail.connections": 0, "accounts.invitations": 2000}
    assert actions.erase_what_is_due(at=school_day) == {}

    settings.RETENTION_DAYS = {"trail.connections": 600}
    assert actions.erase_what_is_due(at=school_day) == {"trail.connections": 1, "accounts.invitations": 1}
