"""What comes back counts when it names an e-mail of ours, and nothing else does."""

import pytest
from django.core import mail as outbox_of

from preau.kit.jobs import do_what_waits
from preau.mail.actions import note_bounce, send_later
from preau.mail.letters import Letter
from preau.mail.models import BouncingAddress, OutgoingMail, State
from preau.mail.reports import Report, report_in

REPORT = """\
From: MAILER-DAEMON@mx.example.org
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} nobody of that name

--b
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: Bonjour

Un mot.
--b--
"""


def report(row, **facts):
    known = {"address": row.address, "action": "failed", "status": "5.1.1", "message_id": row.message_id}
    return REPORT.format(**{**known, **facts}).encode()


@pytest.fixture
def row(school, school_day):
    said = {"kind": "test.word", "subject": "Bonjour", "text": "Un mot."}
    row = send_later(Letter(to=school.samira.email or "samira@example.org", **said), at=school_day)
    do_what_waits()
    row.refresh_from_db()
    return row


def test_a_report_about_an_e_mail_of_ours_keeps_the_address(row, school_day):
    assert note_bounce(report=report_in(report(row)), at=school_day)
    assert not note_bounce(report=report_in(report(row)), at=school_day)

    bouncing = BouncingAddress.objects.get()
    row.refresh_from_db()
    assert bouncing.address == row.address_key
    assert "nobody of that name" in bouncing.why
    assert row.bounced_at == school_day


def test_nobody_silences_an_address_with_a_report_of_their_own(row, school_day):
    for forged in ({"address": "head@example.org"}, {"message_id": "<made-up@example.org>"}):
        assert not note_bounce(report=report_in(report(row, **forged)), at=school_day)
    for harmless in ({"action": "delayed"}, {"status": "4.2.2"}, {"status": "5.7.1"}, {"status": "5.2.2"}):
        assert report_in(report(row, **harmless)) is None

    assert not BouncingAddress.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        b"x" * 25_000_000,
        (TYPE := b"Content-Type: multipart/report; boundary=b\n\n") + (b"--b\n" + TYPE) * 5000,
        b"Content-Type: multipart/report\n\nnothing",
        REPORT.format(address="", action="failed", status="5.1.1", message_id="").encode(),
        REPORT.replace("boundary=b", "boundary=c").encode(),
        b"Content-Type: \xff\xfe; charset=none\n\n\xff",
    ],
    ids=range(8),
)  # fmt: skip
def test_a_hostile_report_does_nothing(raw):
    assert report_in(raw) is None


def test_the_secretary_has_an_address_tried_again(row, school, school_day, visit, tap):
    note_bounce(report=Report(row.message_id, row.address, "gone"), at=school_day)
    bouncing = BouncingAddress.objects.get()
    send_later(Letter(kind="test.word", to=row.address, subject="Bis", text="."), at=school_day)
    do_what_waits()
    before = len(outbox_of.outbox)

    refused = tap("mail:retry", as_=school.vandamme, address_id=bouncing.pk)
    page = visit("mail:bounces", as_=school.maes).text
    done = tap("mail:retry", as_=school.maes, htmx=False, address_id=bouncing.pk)
    do_what_waits()

    assert refused.status_code == 404
    assert row.address in page
    assert done.status_code == 302
    assert not BouncingAddress.objects.exists()
    assert len(outbox_of.outbox) == before + 1


def test_what_may_have_left_is_sent_again_by_a_person_and_with_its_name(row, school, school_day, visit, tap):
    OutgoingMail.objects.filter(pk=row.pk).update(sent_at=None, in_doubt_at=school_day, text="Un mot.")

    page = visit("mail:mails", as_=school.maes).text
    tap("mail:again", as_=school.maes, mail_id=row.pk)
    do_what_waits()
    twice = tap("mail:again", as_=school.maes, htmx=False, mail_id=row.pk)

    row.refresh_from_db()
    assert "may have left" in page
    assert "Un mot." not in page
    assert row.state is State.SENT
    assert [sent.message()["Message-ID"] for sent in outbox_of.outbox] == [row.message_id] * 2
    assert twice.status_code == 422


def test_what_is_stuck_does_not_leave_to_an_address_that_bounces(row, school, school_day, tap):
    OutgoingMail.objects.filter(pk=row.pk).update(sent_at=None, given_up_at=school_day, text="Un mot.")
    BouncingAddress.objects.create(address=row.address_key, since=school_day, source="SERVER")

    refused = tap("mail:again", as_=school.maes, htmx=False, mail_id=row.pk)

    row.refresh_from_db()
    assert refused.status_code == 422
    assert row.state is State.GIVEN_UP
    assert len(outbox_of.outbox) == 1


def test_the_page_of_a_person_tells_that_their_e_mail_bounces(row, school, school_day, visit):
    school.samira.email = row.address
    school.samira.save()
    before = visit("people:person", as_=school.maes, somebody_id=school.samira.pk).text
    note_bounce(report=report_in(report(row)), at=school_day)

    page = visit("people:person", as_=school.maes, somebody_id=school.samira.pk).text

    assert "have come back since" in page
    assert "have come back since" not in before
    assert "Samira Haddad" in visit("mail:bounces", as_=school.maes).text
