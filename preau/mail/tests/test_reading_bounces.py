"""Reports are read where they arrive: in a mailbox, or from a pipe."""

import imaplib
import re
import socketserver
import threading

import pytest

from preau.mail.actions import send_later
from preau.mail.letters import Letter
from preau.mail.models import BouncingAddress, OutgoingMail
from preau.mail.tasks import read_reports

from .test_bounces import report

KNOWN = {"host": "127.0.0.1", "port": 0, "user": "bounces", "password": "secret", "folder": "INBOX"}


class Mailbox(socketserver.StreamRequestHandler):
    """As much of an IMAP server as one mailbox needs."""

    def handle(self):
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, command = line.strip().split(b" ", 1)
            self.answer(command.upper())
            self.say(tag + b" OK done")
            if command.upper() == b"LOGOUT":
                return

    def answer(self, command):
        kept, seen = self.server.kept, self.server.seen
        if command == b"CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1")
        elif command.startswith(b"UID SEARCH"):
            self.say(b"* SEARCH " + b" ".join(b"%d" % number for number in kept if number not in seen))
        elif command.startswith(b"UID FETCH"):
            number = int(command.split()[2])
            most = int(re.search(rb"<0\.(\d+)>", command).group(1))
            raw = kept[number][:most]
            self.wfile.write(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (number, len(raw)) + raw + b")\r\n")
        elif command.startswith(b"UID STORE"):
            seen.add(int(command.split()[2]))
        elif command.startswith(b"SELECT"):
            self.say(b"* %d EXISTS" % len(kept))

    def say(self, line):
        self.wfile.write(line + b"\r\n")


@pytest.fixture
def mailbox(settings, monkeypatch):
    class Plain(imaplib.IMAP4):
        def __init__(self, host, port, *, ssl_context, timeout):
            assert ssl_context.check_hostname  # Only with a certificate that is theirs.
            super().__init__(host, port, timeout)

    monkeypatch.setattr(imaplib, "IMAP4_SSL", Plain)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.daemon_threads = True
        server.kept, server.seen = {}, set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.BOUNCES_IMAP = {**KNOWN, "port": server.server_address[1]}
        yield server
        server.shutdown()


@pytest.fixture
def row(db, school_day):
    said = {"kind": "test.word", "subject": "Bonjour", "text": "Un mot."}
    row = send_later(Letter(to="samira@example.org", **said), at=school_day)
    OutgoingMail.objects.filter(pk=row.pk).update(sent_at=school_day, handing_over_at=school_day)
    return row


def test_a_mailbox_is_read_once_whatever_lies_in_it(mailbox, row):
    mailbox.kept = {1: b"\x00" * 3_000_000, 2: report(row), 3: b"Subject: Vacances\r\n\r\nJe suis absent."}

    read_reports()
    read_reports()

    assert BouncingAddress.objects.get().address == "samira@example.org"
    assert mailbox.seen == {1, 2, 3}


def test_a_mailbox_that_is_away_or_not_named_stops_nothing(settings, db):
    for host in ("", "127.0.0.1"):
        settings.BOUNCES_IMAP = {**KNOWN, "host": host, "port": 1}
        assert not read_reports()
