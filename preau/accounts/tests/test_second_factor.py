import json

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse

from preau.accounts.middleware import AskSecondFactor
from preau.kit.access import opens, signed_in
from preau.kit.jobs import do_what_waits
from preau.kit.sensitive import sensitive
from preau.trail.models import Trace

from .builders import (
    ANOTHER,
    PASSWORD,
    ask,
    browser,
    code_now,
    is_inside,
    send_whole,
    set_up_app,
    sign_in,
    with_password,
)

INSIDE = (
    "portal:today",
    "accounts:security",
    "account_change_password",
    "mfa_activate_totp",
    "accounts:my_email",
)


@pytest.fixture
def secret(school, client):
    """Samira has set up an app; her browser is signed out."""
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    secret = set_up_app(client)
    client.post(reverse("account_logout"))
    return secret


def test_setting_up_an_app_asks_the_password_then_shows_recovery_codes(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")

    before = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    secret = wrong.context["form"].secret
    done = send_whole(client, "mfa_activate_totp", {"code": code_now(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes"))
    do_what_waits()

    assert before.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert page.context["form"].secret in page.text
    assert "This code does not fit" in wrong.text
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(codes.context["unused_codes"]) == 10
    assert "Codes by an app are set up" in mail.outbox[-1].subject


def test_the_secret_of_the_app_is_sealed_in_the_database(secret):
    kept = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in kept


def test_with_the_password_alone_one_is_nowhere(secret, client):
    answer = sign_in(client, "samira.haddad")

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    for door in INSIDE:
        assert client.get(reverse(door)).headers["Location"].startswith(reverse("account_login"))
    assert not is_inside(client)


def test_then_the_code_of_the_app_lets_in(secret, client):
    sign_in(client, "samira.haddad")

    page = client.get(reverse("mfa_authenticate"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret, step=1)})

    assert "One step more" in page.text
    assert "This code does not fit" in wrong.text
    assert is_inside(client)
    assert Trace.objects.filter(act="accounts.fail_second_factor").count() == 1


def test_a_code_lets_in_once(secret, client):
    code = code_now(secret, step=1)
    sign_in(client, "samira.haddad")
    client.post(reverse("mfa_authenticate"), {"code": code})
    overseer = browser()

    sign_in(overseer, "samira.haddad")
    overseer.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_inside(overseer)


def test_codes_cannot_be_tried_without_end(secret, client):
    sign_in(client, "samira.haddad")

    for _attempt in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret, step=1)})

    assert "Wait five minutes" in answer.text
    assert not is_inside(client)


def test_a_recovery_code_lets_in_once_when_the_phone_is_lost(school, secret, client):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    for _time in range(2):
        sign_in(client, "samira.haddad")
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        if _time == 0:
            assert is_inside(client)
            client.post(reverse("account_logout"))

    assert not is_inside(client)


def test_a_new_password_by_mail_does_not_skip_the_second_factor(school, secret, client):
    ask(client, "samira.haddad@example.org")
    link = next(word for word in mail.outbox[-1].body.split() if "password/reset" in word)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    client.post(form.context["action_url"], {"password1": ANOTHER, "password2": ANOTHER})

    answer = sign_in(client, "samira.haddad", ANOTHER)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_inside(client)


def test_taking_the_app_away_asks_the_password_and_is_written_down(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    set_up_app(client)

    page = client.get(reverse("mfa_deactivate_totp"))
    send_whole(client, "mfa_deactivate_totp", {})

    assert "asked no more" in page.text
    assert not Authenticator.objects.exists()
    assert {"accounts.add_app", "accounts.remove_app"} <= set(Trace.objects.values_list("act", flat=True))


def test_a_passkey_is_asked_for_by_the_page_and_refused_when_it_is_none(school, client):
    with_password(school.samira)

    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    forged = json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}})
    client.post(reverse("mfa_login_webauthn"), {"credential": forged})
    client.post(reverse("mfa_login_webauthn"), {"credential": ""})

    assert options.json()["request_options"]["publicKey"]["challenge"]
    assert not is_inside(client)


def test_the_page_that_adds_a_passkey_hands_the_browser_its_question(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse("mfa_add_webauthn"))

    assert 'id="passkey-options"' in page.text
    assert "accounts/elements/pass-key.js" in page.text


@sensitive
@opens(signed_in)
def publication(request):
    return HttpResponse("done")


@pytest.fixture
def pass_by(rf, client):
    """Knock at a sensitive door with the session of the test's browser."""
    from django.contrib.messages.storage.fallback import FallbackStorage

    def pass_by(person, method="get", **more):
        request = getattr(rf, method)("/report-cards/publication/", **more)
        request.session, request.user, request.person = client.session, person.account, person
        request._messages = FallbackStorage(request)
        return AskSecondFactor(publication).process_view(request, publication, (), {}) or publication(request)

    return pass_by


def test_a_sensitive_act_asks_a_second_factor_of_those_whose_duty_wants_one(
    school, client, settings, pass_by
):
    settings.SECOND_FACTOR_FOR = ["HEAD"]

    assert publication.rule is signed_in
    assert pass_by(school.maes).text == "done"
    assert pass_by(school.pirard).headers["Location"] == (
        f"{reverse('accounts:security')}?next=%2Freport-cards%2Fpublication%2F"
    )


def test_who_signed_in_with_a_code_passes_and_who_did_not_gives_one(school, client, settings, pass_by):
    settings.SECOND_FACTOR_FOR = ["HEAD"]
    with_password(school.pirard)
    sign_in(client, "paul.pirard")
    secret = set_up_app(client)

    asked = pass_by(school.pirard)
    client.post(reverse("mfa_reauthenticate"), {"code": code_now(secret, step=1)})

    assert asked.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert pass_by(school.pirard).text == "done"


def test_through_htmx_the_whole_page_is_led_to_the_second_factor(school, client, settings, pass_by):
    settings.SECOND_FACTOR_FOR = ["HEAD"]

    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/report-cards/"}
    answer = pass_by(school.pirard, "post", headers=headers)

    assert answer.status_code == 204
    assert "report-cards" in answer.headers["HX-Redirect"]
