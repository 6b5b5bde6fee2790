import re
import time
from datetime import timedelta

import time_machine
from django.core import mail
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.accounts.actions import change_email
from preau.kit import clock
from preau.kit.jobs import do_what_waits

from .builders import ANOTHER, PASSWORD, ask, browser, is_inside, sign_in, with_password

CHOSEN = {"password1": ANOTHER, "password2": ANOTHER}


def link_of(letter):
    link = next(word for word in letter.body.split() if "password/reset" in word)
    return link.removeprefix("http://testserver")


def test_a_link_by_mail_leads_to_a_new_password(school, client):
    with_password(school.samira)

    done = ask(client, "Samira.Haddad@example.org")
    (letter,) = mail.outbox
    form = client.get(link_of(letter), follow=True)
    client.post(form.context["action_url"], CHOSEN)
    sign_in(client, "samira.haddad", ANOTHER)
    do_what_waits()

    assert done.headers["Location"] == reverse("account_reset_password_done")
    assert letter.to == ["samira.haddad@example.org"]
    assert "samira.haddad" in letter.body
    assert is_inside(client)
    assert "Your password was changed" in mail.outbox[-1].subject


def test_the_letter_speaks_the_language_of_its_reader(school, client):
    with_password(school.samira)
    school.samira.language = "fr"
    school.samira.save()

    ask(client, "samira.haddad@example.org")

    assert "Bonjour Samira Haddad" in mail.outbox[0].body


def test_an_unknown_e_mail_gets_the_same_answer_and_no_letter(school, client):
    with_password(school.samira)

    known, unknown = ask(client, "samira.haddad@example.org"), ask(client, "nobody@example.org")

    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(mail.outbox) == 1


def test_a_link_opens_once(school, client):
    with_password(school.samira)
    ask(client, "samira.haddad@example.org")
    link = link_of(mail.outbox[0])
    form = client.get(link, follow=True)
    client.post(form.context["action_url"], CHOSEN)

    again = browser().get(link, follow=True)

    assert "opens nothing any more" in again.text


def test_a_link_ends_after_an_hour(school, client):
    with_password(school.samira)
    ask(client, "samira.haddad@example.org")

    with time_machine.travel(time.time() + 61 * 60):
        page = client.get(link_of(mail.outbox[0]), follow=True)

    assert "opens nothing any more" in page.text


def test_a_mailbox_is_not_flooded(school, client):
    with_password(school.samira)

    answers = [
        ask(client, email).status_code
        for email in ["samira.haddad@example.org", "SAMIRA.haddad@example.org"] * 3
    ]

    assert len(mail.outbox) == 3
    assert answers[-1] == 429


def test_the_limit_tells_nothing_about_who_is_known(school, client):
    with_password(school.samira)

    known = [ask(client, "samira.haddad@example.org").status_code for _ in range(4)]
    unknown = [ask(client, "nobody@example.org").status_code for _ in range(4)]

    assert known == unknown


def test_every_session_under_the_former_password_ends(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    other = browser()
    ask(other, "samira.haddad@example.org")
    form = other.get(link_of(mail.outbox[0]), follow=True)

    other.post(form.context["action_url"], CHOSEN)

    assert not is_inside(client)


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(school, client):
    with_password(school.samira)
    other = browser()
    for anywhere in (client, other):
        sign_in(anywhere, "samira.haddad")

    wrong = client.post(reverse("account_change_password"), {"oldpassword": "no", **CHOSEN})
    done = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **CHOSEN})

    assert "not your present password" in wrong.text
    assert done.headers["Location"] == reverse("accounts:security")
    assert is_inside(client)
    assert not is_inside(other)


def ask_for_another_email(client, email):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("accounts:my_email"), {"email": email})
    do_what_waits()
    link = next(word for word in mail.outbox[-1].body.split() if "/account/email/" in word)
    return link.removeprefix("http://testserver")


def test_a_new_e_mail_counts_once_its_link_was_opened(school, client):
    account = with_password(school.samira)
    sign_in(client, "samira.haddad")

    unasked = client.get(reverse("accounts:my_email"))
    link = ask_for_another_email(client, "Samira@example.net")
    account.refresh_from_db()
    before = account.email
    page = browser().get(link)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(link)
    do_what_waits()
    account.refresh_from_db()

    assert unasked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert before == "samira.haddad@example.org"
    assert "samira@example.net" in page.text
    assert account.email == "samira@example.net"
    told = mail.outbox[-2:]
    assert [letter.to for letter in told] == [["samira.haddad@example.org"], ["samira@example.net"]]
    assert all("no longer samira.haddad@example.org" in letter.body for letter in told)


def test_the_link_to_a_new_e_mail_opens_once_and_cannot_be_made_up(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    link = ask_for_another_email(client, "samira@example.net")
    client.post(link)

    again = client.get(link)
    forged = client.get(reverse("accounts:my_email_confirmation", kwargs={"token": "x:y:z"}))

    assert again.status_code == forged.status_code == 422
    assert "opens nothing any more" in again.text


def test_nothing_is_looked_up_or_written_while_one_waits(school, client):
    """Known or not: the same questions, one line for the worker, no letter yet."""
    with_password(school.samira)
    ask(client, "nobody@example.net")  # What is asked once is asked now.

    counted = []
    for email in ("samira.haddad@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("account_reset_password"), {"email": email})
        counted.append([re.sub(r"'.*?'|[0-9]+", "", query["sql"]) for query in queries])

    assert counted[0] == counted[1]
    assert not mail.outbox


def test_an_e_mail_that_somebody_else_noted_resets_nothing_for_a_day(school, client, tap, school_day):
    account = with_password(school.vandamme)
    form = {"email": "mine@example.net"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        tap("accounts:email", form, as_=school.maes, htmx=False, holder_id=school.vandamme.pk)
    do_what_waits()

    told = [letter.to for letter in mail.outbox]
    assert told == [["claire.vandamme@example.org"], ["mine@example.net"]]
    ask(browser(), "mine@example.net")
    assert len(mail.outbox) == 2

    with clock.at(school_day + timedelta(days=1, minutes=1)):
        ask(browser(), "mine@example.net")
    assert mail.outbox[-1].to == ["mine@example.net"]
    assert "password/reset" in mail.outbox[-1].body

    account.refresh_from_db()
    change_email(account=account, email="own@example.net", by=school.vandamme, at=school_day)
    ask(browser(), "own@example.net")
    assert mail.outbox[-1].to == ["own@example.net"]


def test_who_signs_in_already_is_told_of_a_new_invitation_and_so_is_the_head(school, tap, visit):
    with_password(school.vandamme)
    form = {"person": school.vandamme.pk, "channel": "LETTER"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        tap("accounts:invitations", form, as_=school.nys, htmx=False)
    do_what_waits()

    (letter,) = mail.outbox
    assert letter.to == ["claire.vandamme@example.org"]
    assert "another password can be chosen" in letter.body
    assert "Claire Vandamme" in visit("trail:given", as_=school.pirard).text
