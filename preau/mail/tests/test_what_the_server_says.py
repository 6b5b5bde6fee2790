"""The mail server refuses, hangs and cuts: what becomes of each e-mail, in a real conversation."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from preau.kit import clock
from preau.mail.actions import recover, send_again, send_later
from preau.mail.letters import Letter
from preau.mail.models import BouncingAddress, OutgoingMail, State
from preau.mail.owners import Owner, is_dead
from preau.mail.sending import PAUSES, STEPWISE, Sender

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.django_db


class Server:
    """A real mail server in a process of its own (`tests.crash.mail_server`)."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        command = [sys.executable, "-m", "tests.crash.mail_server", str(self.port), str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        until = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < until, "the mail server does not answer"
            time.sleep(0.05)

    def _answers(self):
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    def feels(self, mood):
        (self.folder / "mood").write_text(mood)

    @property
    def received(self):
        path = self.folder / "received"
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def server(tmp_path, settings):
    server = Server(tmp_path)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = STEPWISE, "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_LAST_ANSWER = False, 1.0
    settings.DATA_DIR = tmp_path
    yield server
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()


def queue(*names, at, **facts):
    said = {"kind": "test.word", "subject": "Bonjour", "text": ".\n..\nUn mot."}
    return [send_later(Letter(to=f"{name}@example.org", **said, **facts), at=at) for name in names]


def fresh(row):
    return OutgoingMail.objects.get(pk=row.pk)


def test_many_leave_in_one_conversation_and_one_address_that_is_unknown_stops_none(server, school_day):
    server.feels("gone@example.org 550 5.1.1 nobody of that name\nspam@example.org 550 5.7.1 policy")
    first, gone, policy, last = queue("samira", "gone", "spam", "nadia", at=school_day)

    Sender().step()

    assert [address for _name, address in server.received] == ["samira@example.org", "nadia@example.org"]
    assert [fresh(row).state for row in (first, gone, policy, last)] == [
        State.SENT, State.GIVEN_UP, State.GIVEN_UP, State.SENT
    ]  # fmt: skip
    assert BouncingAddress.objects.get().address == "gone@example.org"
    assert "nobody of that name" in fresh(gone).said


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_and_ends(server, school_day):
    server.feels("data 451 come back later")
    (row,) = queue("samira", at=school_day)
    at = school_day
    for pause in PAUSES:
        with clock.at(at):
            Sender().step()
        assert fresh(row).due_at == at + pause
        at += pause
    with clock.at(at):
        Sender().step()

    assert fresh(row).state is State.GIVEN_UP
    assert fresh(row).said == "451 come back later"
    assert not server.received


def test_a_server_that_is_not_there_costs_no_e_mail_a_try(settings, server, school_day):
    settings.EMAIL_PORT = 1
    (row,) = queue("samira", at=school_day)
    sender = Sender()

    assert not sender.step()
    settings.EMAIL_PORT = server.port
    Sender().step()

    assert fresh(row).tries == 1
    assert fresh(row).state is State.SENT


@pytest.mark.parametrize("mood", ["cut now", "hang now"])
def test_what_the_server_did_not_confirm_goes_again_under_the_same_name(mood, server, school_day):
    server.feels(mood)
    (row,) = queue("samira", at=school_day)

    Sender().step()
    unconfirmed = fresh(row)
    server.feels("")
    with clock.at(school_day + timedelta(minutes=2)):
        Sender().step()

    assert unconfirmed.state is State.WAITING
    assert unconfirmed.said
    assert fresh(row).state is State.SENT
    assert [name for name, _address in server.received] == [row.message_id] * 2


def test_what_a_dead_worker_was_handing_over_waits_for_a_person(server, school, school_day):
    begun, leaving = queue("samira", "nadia", at=school_day)
    dead, alive = Owner(), Owner()
    OutgoingMail.objects.filter(pk=begun.pk).update(claimed_by=dead.name, claimed_at=school_day)
    OutgoingMail.objects.filter(pk=leaving.pk).update(
        claimed_by=dead.name, claimed_at=clock.on_the_wall(), handing_over_at=clock.on_the_wall()
    )
    OutgoingMail.objects.filter(pk=begun.pk).update(claimed_at=clock.on_the_wall())
    recover(is_dead=is_dead, at=school_day)
    assert fresh(leaving).state is State.UNDER_WAY

    dead.leave()
    Sender().step()
    in_doubt = fresh(leaving).state
    send_again(mail=fresh(leaving), by=school.maes, at=school_day)
    Sender().step()

    assert in_doubt is State.IN_DOUBT
    assert [fresh(row).state for row in (begun, leaving)] == [State.SENT, State.SENT]
    assert [name for name, _address in server.received] == [begun.message_id, leaving.message_id]
    assert not is_dead(alive.name)


def test_a_worker_that_lost_its_claim_stops_before_the_last_dot(server, school_day, monkeypatch):
    (row,) = queue("samira", at=school_day)
    sender = Sender()
    before = sender._hand_over

    def stolen(mail):
        OutgoingMail.objects.filter(pk=mail.pk).update(claimed_by="somebody else")
        return before(mail)

    monkeypatch.setattr(sender, "_hand_over", stolen)
    sender.step()

    assert not server.received
    assert fresh(row).claimed_by == "somebody else"


def test_no_more_leave_in_a_minute_than_the_server_allows(server, settings, school_day):
    settings.EMAILS_A_MINUTE = 2
    queue("a", "b", "c", at=school_day)

    sender = Sender()
    while sender.step():
        pass
    assert len(server.received) == 2
    with clock.at(school_day + timedelta(minutes=1, seconds=1)):
        sender.step()

    assert len(server.received) == 3
