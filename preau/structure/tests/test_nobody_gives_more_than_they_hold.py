"""Nobody gives, ends or opens what is above their own duty."""

import pytest

from preau.accounts.actions.invitations import NoSuchInvitation, invitation_of, invite
from preau.accounts.models import Invitation
from preau.people import actions
from preau.people.authority import EVERY_DUTY, above, gives
from preau.people.models import Duty, Person
from tests.cast import FIRST_DAY

Kind = Duty.Kind


@pytest.mark.parametrize(
    ("kind", "may_give", "may_not_keep_the_keys_of"),
    [
        (Kind.HEAD, EVERY_DUTY, set()),
        (Kind.DEPUTY, EVERY_DUTY - {Kind.HEAD, Kind.DEPUTY}, {Kind.HEAD}),
        (
            Kind.ADMINISTRATOR,
            {Kind.ADMINISTRATOR},
            {Kind.HEAD, Kind.DEPUTY, Kind.SECRETARY, Kind.DATA_PROTECTION},
        ),
        (Kind.SECRETARY, set(), {Kind.HEAD, Kind.DEPUTY, Kind.ADMINISTRATOR, Kind.DATA_PROTECTION}),
        (Kind.COORDINATOR, set(), EVERY_DUTY),
        (Kind.EDUCATOR, set(), EVERY_DUTY),
        (Kind.GUIDANCE, set(), EVERY_DUTY),
        (Kind.ADJUSTMENTS, set(), EVERY_DUTY),
        (Kind.DATA_PROTECTION, set(), EVERY_DUTY),
    ],
)
def test_what_each_duty_gives_and_whose_keys_it_keeps(school, kind, may_give, may_not_keep_the_keys_of):
    Duty.objects.create(person=school.zoe, kind=kind, starts_on=FIRST_DAY)

    assert gives(school.zoe) == may_give
    assert above(school.zoe) == may_not_keep_the_keys_of


@pytest.mark.parametrize("kind", sorted(EVERY_DUTY - {Kind.ADMINISTRATOR}))
def test_the_administrator_makes_nobody_who_reads_pupils(school, tap, kind):
    answer = tap(
        "structure:duties",
        {"kind": kind, "starts_on": "2026-11-24"},
        as_=school.nys,
        somebody_id=school.zoe.pk,
    )

    assert answer.status_code == 422
    assert not school.zoe.duties.exists()


def test_a_deputy_makes_no_head(school, school_day):
    Duty.objects.create(person=school.thys, kind=Kind.DEPUTY, starts_on=FIRST_DAY)
    given = {"person": school.zoe, "starts_on": school_day.date(), "by": school.thys, "at": school_day}

    with pytest.raises(actions.AboveOnesOwn):
        actions.give_duty(kind=Kind.HEAD, **given)
    with pytest.raises(actions.AboveOnesOwn):
        actions.give_duty(kind=Kind.DEPUTY, **given)
    actions.give_duty(kind=Kind.SECRETARY, **given)


def test_nobody_below_ends_the_duty_of_a_head_and_the_last_one_stays(school, tap, school_day):
    heads, ended = school.pirard.duties.get(), {"confirmed": "yes"}

    assert tap("structure:duty_end", ended, as_=school.nys, duty_id=heads.pk).status_code == 404
    refused = tap("structure:duty_end", ended, as_=school.pirard, htmx=False, duty_id=heads.pk)
    heads.refresh_from_db()
    assert heads.ends_on is None
    assert refused.status_code in {302, 422}

    for_a_while = Duty.objects.create(
        person=school.thys, kind=Kind.HEAD, starts_on=FIRST_DAY, ends_on="2027-01-01"
    )
    with pytest.raises(actions.NobodyElseLeads):
        actions.end_duty(duty=heads, on=school_day.date(), by=school.pirard, at=school_day)
    for_a_while.ends_on = None
    for_a_while.save()
    actions.end_duty(duty=heads, on=school_day.date(), by=school.pirard, at=school_day)
    assert not Person.objects.get(pk=school.pirard.pk).holds(Kind.HEAD)


@pytest.mark.parametrize("door", ["invitations", "email", "blocking", "second_factor_lost", "account"])
def test_the_administrator_does_not_touch_the_keys_of_the_head(school, tap, visit, door):
    ids = {} if door == "invitations" else {"holder_id": school.pirard.pk}
    form = {"person": school.pirard.pk, "channel": "LETTER", "email": "me@example.org", "confirmed": "yes"}
    if door == "account":
        assert visit("accounts:account", as_=school.nys, **ids).status_code == 404
        return

    answer = tap(f"accounts:{door}", form, as_=school.nys, htmx=False, **ids)

    assert answer.status_code in {404, 422, 302}
    assert not Invitation.objects.exists()
    school.pirard.account.refresh_from_db()
    assert school.pirard.account.email == "paul.pirard@example.org"
    assert school.pirard.account.is_active


def test_what_somebody_below_printed_opens_nothing_once_the_duty_is_given(
    school, school_day, django_capture_on_commit_callbacks
):
    by_the_administrator = invite(
        persons=[school.zoe], by=school.nys, at=school_day, channel=Invitation.Channel.LETTER
    )[0]
    by_the_head = invite(
        persons=[school.thys], by=school.pirard, at=school_day, channel=Invitation.Channel.LETTER
    )[0]
    assert invitation_of(by_the_administrator.code, school_day)

    with django_capture_on_commit_callbacks(execute=True):
        for person in (school.zoe, school.thys):
            actions.give_duty(
                person=person,
                kind=Kind.SECRETARY,
                starts_on=school_day.date(),
                by=school.pirard,
                at=school_day,
            )

    with pytest.raises(NoSuchInvitation):
        invitation_of(by_the_administrator.code, school_day)
    assert invitation_of(by_the_head.code, school_day)


def test_the_keys_of_who_will_lead_from_tomorrow_are_no_longer_for_the_administrator(school, visit):
    Duty.objects.create(person=school.zoe, kind=Kind.DEPUTY, starts_on="2026-11-25")

    assert visit("accounts:account", as_=school.nys, holder_id=school.zoe.pk).status_code == 404
    assert visit("accounts:account", as_=school.pirard, holder_id=school.zoe.pk).status_code == 200
