"""Every address in the school has a rule on its door."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.doors import Door, doors, our_doors

# Where allauth lets people in before they have signed in: a list to read with care when it grows.
ALLAUTH_BEFORE_SIGNING_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


@pytest.mark.parametrize("door", our_doors(), ids=str)
def test_every_door_has_a_rule(door: Door):
    assert door.rule, f"{door.route} opens to anyone: give {door.view.__name__} a rule (opens, reaches, sees)"
    assert door.rule.words


@pytest.mark.parametrize("door", our_doors(), ids=str)
def test_every_door_says_what_it_answers(door: Door):
    assert door.methods, f"{door.view.__name__} answers any method: say require_safe, form_door or act_door"


@pytest.mark.parametrize("door", [door for door in our_doors() if door.may_be_written], ids=str)
def test_what_is_sent_is_taken_by_a_door_of_acts(door: Door):
    view = f"{door.view.__module__}.{door.view.__name__}"
    assert door.is_done_once, f"{view} does twice what is sent twice: make it a form_door or an act_door"


@pytest.mark.parametrize("door", our_doors(), ids=str)
def test_every_door_has_a_name_within_its_app(door: Door):
    if not door.name.startswith(("account_", "mfa_", "usersessions_")):
        assert ":" in door.name, f"{door.route} has no name: pages link to it by address, not by text"


@pytest.mark.parametrize("door", [door for door in doors() if not door.is_ours], ids=str)
def test_a_door_of_allauth_wants_a_signed_in_person_unless_it_is_on_the_list(door: Door):
    assert door.is_open_before_signing_in == (door.name in ALLAUTH_BEFORE_SIGNING_IN)


@pytest.mark.parametrize("door", our_doors(), ids=str)
def test_the_ids_in_an_address_are_numbers_or_codes_not_free_text(door: Door):
    """A path such as `<path:anything>` would let an address reach files or other addresses."""
    assert "<path:" not in door.route


def test_no_two_doors_share_a_name():
    names = [door.name for door in doors() if door.name]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("door", [door for door in our_doors() if not door.ids], ids=str)
def test_a_stranger_is_shown_to_the_sign_in_page_and_nowhere_else(db, client, door: Door):
    try:
        address = reverse(door.name)
    except NoReverseMatch:
        pytest.fail(f"{door} cannot be reached by its name")
    answer = client.get(address)
    if door.is_open_before_signing_in:
        assert answer.status_code != 500
    else:
        assert answer.status_code in {302, 405}
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith(reverse("account_login"))
