import time

import time_machine
from django.core import mail
from django.urls import reverse

from .builders import ANOTHER, PASSWORD, browser, is_inside, sign_in, with_password

CHOSEN = {"password1": ANOTHER, "password2": ANOTHER}


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


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
    client.post(link)
    account.refresh_from_db()

    assert unasked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert before == "samira.haddad@example.org"
    assert "samira@example.net" in page.text
    assert account.email == "samira@example.net"
    assert mail.outbox[-1].to == ["samira.haddad@example.org"]
    assert "no longer samira.haddad@example.org" in mail.outbox[-1].body


def test_the_link_to_a_new_e_mail_opens_once_and_cannot_be_made_up(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    link = ask_for_another_email(client, "samira@example.net")
    client.post(link)

    again = client.get(link)
    forged = client.get(reverse("accounts:my_email_confirmation", kwargs={"token": "x:y:z"}))

    assert again.status_code == forged.status_code == 422
    assert "opens nothing any more" in again.text
