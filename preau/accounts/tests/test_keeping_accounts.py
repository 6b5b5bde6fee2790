import re

import pytest
from django.urls import reverse

from preau.accounts.models import Account
from preau.people.models import Person
from preau.people.queries import relatives_of
from preau.trail.models import Trace

from .builders import browser, invited, is_inside, set_up_app, sign_in, with_password


def found(visit, as_, **query):
    page = visit("accounts:accounts", as_=as_, query=query)
    return [person.called for person in page.context["page"]]


def test_the_secretary_sees_who_waits_for_an_invitation(school, visit):
    _ = (school.samira, school.ines, school.zoe)
    with_password(school.ines)
    invited(school.samira)

    assert found(visit, school.maes, state="invited") == ["Samira"]
    assert found(visit, school.maes, state="open") == ["Inès"]
    assert "Zoé" in found(visit, school.maes, state="uninvited")
    assert "Samira" in found(visit, school.maes, state="waiting")
    assert found(visit, school.maes, group="guardians") == ["Inès", "Samira"]
    assert found(visit, school.maes, words="martin") == ["Zoé"]
    assert found(visit, school.maes, words="zoé.mar") == ["Zoé"]
    assert school.pirard.called not in found(visit, school.maes)
    assert school.pirard.called not in found(visit, school.nys)
    assert school.nys.called in found(visit, school.pirard)


def test_a_filter_that_does_not_exist_filters_nothing(school, visit):
    _ = school.zoe

    page = visit("accounts:accounts", as_=school.maes, query={"state": "x", "group": "class:1 or 1=1"})

    assert page.status_code == 200
    assert "Zoé Martin" in [person.full_name for person in page.context["page"]]


def test_a_long_list_costs_no_more_than_a_short_one(school, visit, django_assert_max_num_queries):
    for number in range(60):
        Person.objects.create(given_name=f"P{number}", family_name="Many")
    visit("accounts:accounts", as_=school.maes)

    with django_assert_max_num_queries(12):
        page = visit("accounts:accounts")

    assert len(page.context["page"]) == 50


def test_one_act_on_a_page_makes_the_letters_of_a_family(school, visit, tap):
    _ = (school.samira, school.ines, school.noor)
    with_password(school.ines)
    family = [school.samira, *relatives_of(school.samira)]

    page = visit("people:person", as_=school.maes, somebody_id=school.samira.pk)
    asked = {int(key) for key in re.findall(r'name="person" value="(\d+)"', page.text)}

    assert "Letters for the family (PDF)" in page.text
    assert asked == {person.pk for person in family if person != school.ines}
    made = tap("accounts:invitations", {"person": sorted(asked), "channel": "LETTER"}, as_=school.maes)
    assert made.headers["Content-Type"] == "application/pdf"
    alone = visit("people:person", as_=school.maes, somebody_id=school.thys.pk)
    assert "Letters for the family" not in alone.text


def test_blocking_ends_everything_at_once_and_can_be_undone(school, client, visit, tap):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    keeper = browser()
    keeper.force_login(school.maes.account)

    keeper.post(reverse("accounts:blocking", kwargs={"holder_id": school.samira.pk}))
    while_blocked = is_inside(client)
    keeper.post(reverse("accounts:unblocking", kwargs={"holder_id": school.samira.pk}))
    sign_in(client, "samira.haddad")

    assert not while_blocked
    assert is_inside(client)
    assert list(Trace.objects.filter(by=school.maes).values_list("act", flat=True)) == [
        "accounts.block",
        "accounts.unblock",
    ]


def test_one_does_not_block_oneself(school, tap):
    answer = tap("accounts:blocking", as_=school.nys, htmx=False, holder_id=school.nys.pk)

    assert answer.status_code == 422
    assert "your own account" in answer.text
    assert Account.objects.get(person=school.nys).is_active


@pytest.mark.parametrize("act", ["blocking", "unblocking", "email", "second_factor_lost"])
def test_the_secretary_touches_nothing_of_those_in_charge(school, tap, act):
    form = {"email": "mine@example.org"}

    assert (
        tap(f"accounts:{act}", form, as_=school.maes, htmx=False, holder_id=school.pirard.pk).status_code
        == 404
    )


@pytest.mark.parametrize("who", ["vandamme", "diallo", "samira", "noor", "zoe"])
def test_the_others_keep_no_accounts(school, visit, tap, who):
    person = getattr(school, who)

    assert visit("accounts:accounts", as_=person).status_code == 404
    assert visit("accounts:account", as_=person, holder_id=school.ines.pk).status_code == 404
    assert tap("accounts:blocking", as_=person, holder_id=school.ines.pk).status_code == 404
    tap("accounts:invitations", {"person": school.ines.pk, "channel": "LETTER"}, as_=person)
    assert not school.ines.invitations.exists()


def test_the_page_of_an_account_tells_where_it_stands(school, visit):
    invited(school.samira, by=school.maes)

    page = visit("accounts:account", as_=school.maes, holder_id=school.samira.pk)
    without = visit(
        "accounts:account", holder_id=Person.objects.create(given_name="New", family_name="Comer").pk
    )

    assert "not yet: no password was chosen" in page.text
    assert "invited to choose a password" in page.text
    assert "No account yet" in without.text


def test_a_mistyped_e_mail_is_corrected_and_a_wrong_one_is_said_so(school, tap):
    at = {"as_": school.maes, "htmx": False, "holder_id": school.samira.pk}

    wrong = tap("accounts:email", {"email": "not an e-mail"}, **at)
    tap("accounts:email", {"email": "Samira@Example.net"}, **at)

    assert wrong.status_code == 422
    assert Account.objects.get(person=school.samira).email == "samira@example.net"


def test_a_lost_phone_is_helped_by_those_in_charge(school, client, tap):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    set_up_app(client)
    keeper = browser()
    keeper.force_login(school.nys.account)

    door = reverse("accounts:second_factor_lost", kwargs={"holder_id": school.samira.pk})

    assert "Be sure it is the person who asks" in keeper.get(door).text
    keeper.post(door)
    assert is_inside(client)
    keeper.post(door, {"confirmed": "yes"})

    assert not is_inside(client)
    assert sign_in(client, "samira.haddad").headers["Location"] == reverse("portal:today")
    assert Trace.objects.filter(act="accounts.forget_second_factor", about=school.samira).exists()
