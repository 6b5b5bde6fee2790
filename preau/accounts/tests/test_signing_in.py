import pytest
from django.urls import reverse

from preau.accounts.models import Attempts
from preau.trail.models import Trace

from .builders import ANOTHER, PASSWORD, browser, is_inside, sign_in, with_password


@pytest.mark.parametrize(
    "login",
    [
        "samira.haddad",
        "Samira.Haddad",
        "  samira.haddad ",
        "samira.haddad@example.org",
        "SAMIRA.Haddad@Example.ORG",
    ],
)
def test_one_signs_in_by_user_name_or_e_mail_in_any_case(school, client, login):
    with_password(school.samira)

    answer = sign_in(client, login)

    assert answer.headers["Location"] == reverse("portal:today")
    assert is_inside(client)


def test_the_sign_in_page_offers_what_one_needs_and_nothing_else(school, client):
    page = client.get(reverse("account_login"))

    assert "User name or e-mail" in page.text
    assert "Forgotten password" in page.text
    assert "preau-demo" not in page.text
    assert "sign up" not in page.text.lower()


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(school, client):
    with_password(school.samira)

    wrong = sign_in(client, "samira.haddad", ANOTHER)
    unknown = sign_in(client, "nobody.here", ANOTHER)
    unknown_mail = sign_in(client, "nobody@example.org", ANOTHER)

    words = "do not go together"
    assert all(words in page.text for page in (wrong, unknown, unknown_mail))
    assert (
        wrong.context["form"].errors == unknown.context["form"].errors == unknown_mail.context["form"].errors
    )
    assert not is_inside(client)


def test_who_chose_no_password_yet_does_not_come_in(school, client):
    sign_in(client, "samira.haddad", "")
    sign_in(client, "samira.haddad", "!")

    assert school.samira
    assert not is_inside(client)


def test_the_session_gets_a_new_name_at_the_door(school, client):
    with_password(school.samira)
    client.get(reverse("account_login"))
    client.session["planted"] = True
    before = client.session.session_key

    sign_in(client, "samira.haddad")

    assert client.session.session_key != before


def test_one_stays_signed_in_only_if_one_asks_to(school):
    with_password(school.samira)
    passing, staying = browser(), browser()

    sign_in(passing, "samira.haddad")
    staying.post(reverse("account_login"), {"login": "samira.haddad", "password": PASSWORD, "remember": "on"})

    assert passing.cookies["preau_session"]["max-age"] == ""
    assert staying.cookies["preau_session"]["max-age"] > 1_000_000


def test_one_returns_to_the_page_one_asked_for(school, client):
    with_password(school.samira)

    asked = client.get(reverse("accounts:security"))
    answer = sign_in(client, "samira.haddad", next=reverse("accounts:security"))

    assert asked.headers["Location"] == "/account/login/?next=/account/security/"
    assert answer.headers["Location"] == reverse("accounts:security")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_nobody_is_led_elsewhere(school, client, elsewhere):
    with_password(school.samira)

    signed_in = sign_in(client, "samira.haddad", next=elsewhere)
    again = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": elsewhere})
    language = client.post(reverse("accounts:language"), {"language": "nl", "next": elsewhere})
    out = client.post(reverse("account_logout"), {"next": elsewhere})

    for answer in (signed_in, again, language, out):
        assert "evil" not in answer.headers["Location"]
        assert "javascript" not in answer.headers["Location"]


def test_signing_out_is_an_act_and_takes_everything_along(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    page = client.get(reverse("accounts:security"))

    asked = client.get(reverse("account_logout"))
    still_inside = is_inside(client)
    client.post(reverse("account_logout"))

    assert page.headers["Cache-Control"] == "private, no-store"
    assert asked.status_code == 200
    assert still_inside
    assert not is_inside(client)


def test_every_act_wants_the_token_of_its_form(school):
    with_password(school.samira)
    client = browser(enforce_csrf_checks=True)

    for door in ("account_login", "account_logout", "accounts:language", "accounts:invitation"):
        assert client.post(reverse(door), {"login": "samira.haddad", "password": PASSWORD}).status_code == 403


def test_what_happened_at_the_door_leaves_a_trace_without_what_was_typed(school, client):
    with_password(school.samira)

    sign_in(client, "samira.haddad", "my secret guess")
    sign_in(client, "my secret in the wrong field", "x")
    sign_in(client, "samira.haddad")
    client.post(reverse("account_logout"))

    traces = list(Trace.objects.order_by("pk").values_list("act", "by", "about"))
    samira = school.samira.pk
    assert traces == [
        ("accounts.fail_to_sign_in", None, samira),
        ("accounts.fail_to_sign_in", None, None),
        ("accounts.sign_in", samira, samira),
        ("accounts.sign_out", samira, samira),
    ]
    assert "secret" not in str(list(Trace.objects.values()))


def test_after_ten_wrong_passwords_even_the_right_one_waits(school, client):
    with_password(school.samira)

    for _attempt in range(10):
        sign_in(client, "samira.haddad", ANOTHER)
    answer = sign_in(client, "samira.haddad")

    assert "Wait five minutes" in answer.text
    assert not is_inside(client)


def test_the_wait_cannot_be_walked_around(school, client):
    with_password(school.samira)
    spellings = [
        "samira.haddad",
        "SAMIRA.HADDAD",
        " samira.haddad",
        "samira.haddad@example.org",
        "Samira.Haddad",
    ]

    for attempt in range(10):
        forged = {
            "HTTP_X_FORWARDED_FOR": f"203.0.113.{attempt}",
            "HTTP_HOST": ["localhost", "127.0.0.1"][attempt % 2],
        }
        sign_in(client, spellings[attempt % 5], ANOTHER, **forged)
    answer = sign_in(browser(), "samira.haddad", HTTP_X_FORWARDED_FOR="198.51.100.7")

    assert "Wait five minutes" in answer.text


def test_one_family_waiting_keeps_nobody_else_of_the_school_out(school, client):
    with_password(school.samira)
    with_password(school.ines)

    for _attempt in range(12):
        sign_in(client, "samira.haddad", ANOTHER)
    sign_in(client, "inès.claes")

    assert is_inside(client)


def test_attempts_are_counted_where_every_process_sees_them(school, client):
    sign_in(client, "samira.haddad", ANOTHER)

    assert sorted(Attempts.objects.values_list("number", flat=True)) == [1, 1]  # The account, the address.


def test_behind_one_proxy_the_address_it_saw_counts(school, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with_password(school.samira)

    sign_in(client, "samira.haddad", HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.5")

    assert Trace.objects.get(act="accounts.sign_in").details == {"address": "203.0.113.5"}


def test_a_blocked_account_is_told_so_only_with_the_right_password(school, client):
    account = with_password(school.samira)
    account.is_active = False
    account.save()

    assert "do not go together" in sign_in(client, "samira.haddad", ANOTHER).text
    assert sign_in(client, "samira.haddad").headers["Location"] == reverse("account_inactive")
    assert "The school has closed this account" in client.get(reverse("account_inactive")).text


def test_what_is_not_offered_is_not_there(client, db):
    for address in ("signup/", "social/login/cancelled/", "login/code/", "3rdparty/", "confirm-email/"):
        assert client.get(f"/account/{address}").status_code in {302, 404}
        assert not client.get(f"/account/{address}").headers.get("Location", "").startswith("/account/signup")


def test_strangers_who_try_passwords_do_not_lock_the_holder_out(school, client):
    """A browser in which the holder signed in before has a count of its own; it may not try for ever."""
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    client.post(reverse("account_logout"))
    stranger = browser()

    for _attempt in range(11):
        refused = sign_in(stranger, "samira.haddad", ANOTHER)
    assert "Wait five minutes" in refused.text
    assert "Wait five minutes" in sign_in(browser(), "samira.haddad").text

    sign_in(client, "samira.haddad")
    assert is_inside(client)
    client.post(reverse("account_logout"))
    for _attempt in range(10):
        sign_in(client, "samira.haddad@example.org", ANOTHER)
    assert "Wait five minutes" in sign_in(client, "samira.haddad").text


def test_a_browser_is_known_to_those_who_signed_in_there_and_to_nobody_else(school, client):
    for person in (school.samira, school.ines):
        with_password(person)
    sign_in(client, "samira.haddad")
    cookie = client.cookies["preau_browser"]
    client.post(reverse("account_logout"))

    assert cookie["httponly"]
    for _attempt in range(10):
        sign_in(browser(), "inès.claes", ANOTHER)
    assert "Wait five minutes" in sign_in(client, "inès.claes").text
    forged = browser()
    forged.cookies["preau_browser"] = f"{school.ines.account.pk}:x:y:z"
    assert "Wait five minutes" in sign_in(forged, "inès.claes").text
