"""What leaves is written with the fact: once, in words that cannot break out of their place."""

from datetime import timedelta

import pytest
from django.core import mail as outbox_of
from django.db import transaction

from preau.kit import clock
from preau.kit.jobs import do_what_waits
from preau.mail.actions import send_later, send_many, withdraw
from preau.mail.conversation import body_of
from preau.mail.letters import Letter, comparable, row_of
from preau.mail.models import BouncingAddress, OutgoingMail, State

pytestmark = pytest.mark.django_db


def letter(**facts):
    said = {"kind": "test.word", "to": "samira@example.org", "subject": "Bonjour", "text": "Un mot."}
    return Letter(**{**said, **facts})


def test_a_letter_leaves_with_the_fact_and_not_without_it(school_day):
    with transaction.atomic():
        send_later(letter(), at=school_day)
        transaction.set_rollback(True)
    do_what_waits()
    assert not outbox_of.outbox

    row = send_later(letter(html="<p>Un mot.</p>", headers={"reply-to": "ecole@example.org"}), at=school_day)
    do_what_waits()

    (sent,) = outbox_of.outbox
    row.refresh_from_db()
    assert sent.message()["Message-ID"] == row.message_id
    assert sent.extra_headers["Reply-To"] == "ecole@example.org"
    assert sent.alternatives[0].content == "<p>Un mot.</p>"
    assert row.state is State.SENT
    assert (row.subject, row.text, row.html, row.headers) == ("Bonjour", "", "", {})


def test_the_same_key_is_queued_once(school_day):
    first = send_later(letter(key="post 4"), at=school_day)
    again = send_later(letter(key="post 4", subject="Autre"), at=school_day)
    new = send_many([letter(key="post 4"), letter(key="post 5"), letter(key="post 5")], at=school_day)

    assert again.pk == first.pk
    assert new == 1
    assert OutgoingMail.objects.count() == 2


def test_all_that_waits_is_found_page_by_page(school, visit, school_day):
    send_many([letter(to=f"parent{n}@example.org") for n in range(51)], at=school_day)

    first = visit("mail:mails", as_=school.maes)
    second = visit("mail:mails", query={"page": "2"})

    assert "?page=2" in first.text
    assert "parent50@example.org" in first.text
    assert "parent0@example.org" not in first.text
    assert "parent0@example.org" in second.text


def test_quiet_hours_hold_a_letter_back_and_what_is_late_does_not_leave(school_day):
    send_later(letter(not_before=school_day + timedelta(hours=9)), at=school_day)
    send_later(letter(subject="Vite", not_after=school_day - timedelta(minutes=1)), at=school_day)

    do_what_waits()
    assert not outbox_of.outbox
    with clock.at(school_day + timedelta(hours=9)):
        do_what_waits()

    assert [sent.subject for sent in outbox_of.outbox] == ["Bonjour"]
    assert OutgoingMail.objects.get(subject="Vite").state is State.GIVEN_UP


def test_what_waits_is_taken_back_and_what_left_is_not(school_day):
    send_many([letter(key="a"), letter(key="b", not_before=school_day + timedelta(hours=1))], at=school_day)
    do_what_waits()

    assert withdraw(keys=["a", "b", ""], at=school_day) == 1
    assert OutgoingMail.objects.get().key == "a"


def test_of_a_secret_nothing_is_kept_but_that_it_left(school_day):
    row = send_later(letter(is_secret=True, text="le code est 1234"), at=school_day)
    do_what_waits()

    row.refresh_from_db()
    assert "1234" in outbox_of.outbox[0].body
    assert (row.subject, row.text, row.state) == ("", "", State.SENT)


def test_an_address_that_bounces_waits(school_day):
    BouncingAddress.objects.create(address="samira@example.org", since=school_day, source="SERVER")
    send_later(letter(to="Samira@Example.org"), at=school_day)
    send_later(letter(to="nadia@example.org"), at=school_day)

    do_what_waits()

    assert [sent.to for sent in outbox_of.outbox] == [["nadia@example.org"]]


HOSTILE = [
    "Bonjour\r\nBcc: everybody@example.org",
    "Bonjour\nX-Evil: 1\n\nbody",
    "NUL \x00 and \ud800 and \u2028 and \u202eesrever",
    "é" * 1_000_000,
    "=?utf-8?q?=0D=0ABcc:_x@example.org?=",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_become_a_header(words, school_day):
    headers = {"Reply-To": words, "List-Unsubscribe": words}
    row = send_later(letter(subject=words, text=words, html=words, headers=headers), at=school_day)
    head = body_of(row).split(b"\r\n\r\n")[0].lower()
    do_what_waits()

    assert len(row.subject) <= 250
    assert b"\r\nbcc:" not in head
    assert b"\r\nx-evil:" not in head
    assert len(outbox_of.outbox) == 1


def test_no_app_says_a_header_that_is_not_its_own(school_day):
    with pytest.raises(ValueError, match="Bcc"):
        row_of(letter(headers={"Bcc": "x@example.org"}), school_day)


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b\r\nRCPT TO:<x@example.org>", "a\x00@example.org", "a b@example.org", "@example.org",
     "é@example.org", "a@" + "b" * 300 + ".org", "<x@example.org>",
     "x@example.org, y@example.org", "\ud800@e.org"],
)  # fmt: skip
def test_an_address_that_is_none_is_given_up_and_told(address, school_day):
    row = send_later(letter(to=address), at=school_day)
    do_what_waits()

    row.refresh_from_db()
    assert not outbox_of.outbox
    assert row.state is State.GIVEN_UP
    assert "not an address" in row.said
    assert row.text == ""


def test_a_domain_is_written_as_machines_do():
    assert comparable("Élève@école.be".replace("É", "e").replace("è", "e")) == "eleve@xn--cole-9oa.be"
    assert comparable(" SAMIRA@Example.ORG ") == "samira@example.org"


def test_without_a_mail_server_a_letter_is_given_up_and_its_secret_forgotten(settings, school_day):
    settings.EMAIL_BACKEND = "preau.kit.unsent.EmailBackend"
    row = send_later(letter(is_secret=True), at=school_day)
    do_what_waits()

    row.refresh_from_db()
    assert row.state is State.GIVEN_UP
    assert "PREAU_SMTP_HOST" in row.said
    assert row.text == row.subject == ""
