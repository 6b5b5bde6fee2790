"""The worker's part: e-mails that are due leave, a handful at a time."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils.translation import gettext

from preau.kit import clock

from . import actions
from .conversation import Answer, Conversation, Outcome, ServerAway
from .letters import message_of
from .models import BouncingAddress, OutgoingMail
from .owners import Owner, is_dead, sweep

log = logging.getLogger(__name__)

HANDFUL = 20
MINUTE = timedelta(minutes=1)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]
"""Between the tries of one e-mail: some four days, as mail servers do."""
LONGEST_REST = 60.0
SWEEPS_EVERY = 600.0
IDLE_AFTER = 20.0
STEPWISE = "django.core.mail.backends.smtp.EmailBackend"


class Sender:
    """Sends what is due: `step` once a second, and at once again when it says that there was something."""

    def __init__(self) -> None:
        self.owner = Owner()
        self._talks: Conversation | None = None
        self._spoke_at = 0.0
        self._rests_until = 0.0
        self._rest = 1.0
        self._swept_at = time.monotonic()
        self.is_wanted: Callable[[], bool] = lambda: True

    def step(self) -> bool:
        """Send a handful of what is due; say whether there was any."""
        now = time.monotonic()
        if now < self._rests_until:
            return False
        named = actions.recover(is_dead=is_dead, at=clock.now())
        if now - self._swept_at >= SWEEPS_EVERY:
            self._swept_at = now
            sweep({*named, self.owner.name})
        mails = actions.claim(owner=self.owner.name, most=self._allowance(), at=clock.now())
        if not mails and self._talks and now - self._spoke_at > IDLE_AFTER:
            self.hang_up()
        return self._send_all(mails) if mails else False

    def hang_up(self) -> None:
        """End the conversation with the mail server, if there is one."""
        if self._talks:
            self._talks.close()
            self._talks = None

    def _allowance(self) -> int:
        most = settings.EMAILS_A_MINUTE
        if not most:
            return HANDFUL
        lately = OutgoingMail.objects.filter(sent_at__gt=clock.now() - MINUTE).count()
        return min(HANDFUL, most - lately)

    def _send_all(self, mails: list[OutgoingMail]) -> bool:
        for place, mail in enumerate(mails):
            if not self.is_wanted():
                self._put_back(mails[place:])
                return False
            try:
                self._note(mail, self._send(mail))
            except ServerAway as away:
                log.warning("The mail server does not take e-mails now: %s", away)
                self._talks = None
                self._put_back(mails[place:], said=str(away))
                self._rests_until = time.monotonic() + self._rest
                self._rest = min(2 * self._rest, LONGEST_REST)
                return False
        return True

    def _put_back(self, mails: list[OutgoingMail], said: str = "") -> None:
        for mail in mails:
            actions.put_off(mail=mail, owner=self.owner.name, until=mail.due_at, said=said, is_a_try=False)

    def _send(self, mail: OutgoingMail) -> Answer:
        if settings.EMAIL_BACKEND != STEPWISE:
            return self._send_whole(mail)
        if self._talks is None or self._talks.is_over:
            self._talks = Conversation()
        answer = self._talks.send(mail, just_before=lambda: self._hand_over(mail))
        self._spoke_at, self._rest = time.monotonic(), 1.0
        return answer

    def _hand_over(self, mail: OutgoingMail) -> bool:
        try:
            return actions.hand_over(mail=mail, owner=self.owner.name)
        except DatabaseError:
            return False  # What cannot be written down does not leave; the claim ends by itself.

    def _send_whole(self, mail: OutgoingMail) -> Answer:
        """Send through another of Django's roads: a log, the memory of a test."""
        if not self._hand_over(mail):
            return Answer(Outcome.NOT_OURS)
        if get_connection().send_messages([message_of(mail)]):
            return Answer(Outcome.SENT)
        return Answer(Outcome.REFUSED, gettext("No mail server is set up (PREAU_SMTP_HOST)."))

    def _note(self, mail: OutgoingMail, answer: Answer) -> None:
        """Write what became of an e-mail; while the database is away, wait for it: it knows no other way."""
        while True:
            try:
                self._write(mail, answer)
            except DatabaseError:
                if connection.in_atomic_block or not self.is_wanted():
                    raise
                log.exception("What became of an e-mail could not be written; it is tried again.")
                with contextlib.suppress(DatabaseError):
                    connection.close()
                time.sleep(1.0)
            else:
                return

    def _write(self, mail: OutgoingMail, answer: Answer) -> None:
        owner, now = self.owner.name, clock.now()
        match answer.outcome:
            case Outcome.SENT:
                actions.mark_sent(mail=mail, owner=owner, at=now)
            case Outcome.AGAIN if mail.tries < len(PAUSES):
                until = now + PAUSES[mail.tries]
                actions.put_off(mail=mail, owner=owner, until=until, said=answer.said)
            case Outcome.AGAIN | Outcome.REFUSED:
                actions.give_up(mail=mail, owner=owner, said=answer.said, at=now)
            case Outcome.NO_SUCH_ADDRESS:
                actions.give_up(mail=mail, owner=owner, said=answer.said, at=now)
                source = BouncingAddress.Source.SERVER
                actions.keep_from(mail=mail, why=answer.said, source=source, at=now)
            case Outcome.NOT_OURS:
                log.info("Another worker has the e-mail %s in hand.", mail.pk)
