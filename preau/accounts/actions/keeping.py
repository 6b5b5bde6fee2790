"""Keeping accounts: blocking, e-mail, second factor, sessions, language."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from preau.accounts.events import EmailChanged
from preau.accounts.models import Account, Invitation
from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.kit.unwritable import in_passing
from preau.people.models import Person
from preau.trail.actions import note


class OwnAccount(Refusal):
    words = _("You cannot block your own account: ask someone else who keeps the accounts.")


BLOCK = TracedAct("accounts.block", _("blocked the account"))


@transaction.atomic
def block(*, account: Account, by: Person, at: datetime) -> None:
    """
    Let nobody sign in with an account: its sessions end and its invitations are void.

    :raises OwnAccount: when it is one's own
    """
    if account.person_id == by.pk:
        raise OwnAccount
    account.is_active = False
    account.save(update_fields=["is_active"])
    Invitation.objects.open_at(at).filter(person=account.person_id).update(expires_at=at)
    end_sessions(account)
    note(BLOCK, by=by, about=account.person)


UNBLOCK = TracedAct("accounts.unblock", _("let the account sign in again"))


@transaction.atomic
def unblock(*, account: Account, by: Person, at: datetime) -> None:
    """Let the holder of an account sign in again, with the same password."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    note(UNBLOCK, by=by, about=account.person)


class LinkTooOld(Refusal):
    words = _("This link opens nothing any more: it was used already, or is too old. Ask for a new one.")


NEW_EMAIL = "accounts.new_email"
A_DAY = 60 * 60 * 24


def path_of_new_email(account: Account, email: str) -> str:
    """Return the path that makes an e-mail the account's: only who reads that mailbox learns it."""
    token = signing.dumps([account.pk, account.email, email.lower()], salt=NEW_EMAIL, compress=True)
    return reverse("accounts:my_email_confirmation", kwargs={"token": token})


def new_email_of(token: str) -> tuple[Account, str]:
    """
    Return the account and the new e-mail that a path stands for.

    :raises LinkTooOld: when it is not ours, older than a day, or the e-mail has changed since
    """
    try:
        key, former, new = signing.loads(token, salt=NEW_EMAIL, max_age=A_DAY)
    except signing.BadSignature as problem:
        raise LinkTooOld from problem
    account = Account.objects.select_related("person").filter(pk=key, email=former, is_active=True).first()
    if account is None:
        raise LinkTooOld
    return account, new


CHANGE_EMAIL = TracedAct("accounts.change_email", _("changed the e-mail of the account"))


@transaction.atomic
def change_email(*, account: Account, email: str, by: Person, at: datetime) -> None:
    """
    Note the e-mail with which a person signs in and gets back in. Both addresses are told.

    One that somebody else noted gives no new password for a day: who still reads the former one can object.
    """
    kept = Account.objects.select_for_update().get(pk=account.pk)
    former, account.email = kept.email, email.lower()
    if former == account.email:
        return
    account.email_given_at = None if by == account.person else at
    account.save(update_fields=["email", "email_given_at"])
    EmailAddress.objects.filter(user=account).delete()
    note(CHANGE_EMAIL, by=by, about=account.person)
    announce(EmailChanged(account.pk, former, account.email, at))


def path_of_reset(account: Account) -> str:
    """Return the path that lets somebody choose a new password, within the hour and once."""
    key = default_token_generator.make_token(account)
    names = {"uidb36": user_pk_to_url_str(account), "key": key}
    return reverse("account_reset_password_from_key", kwargs=names)


FORGET_SECOND_FACTOR = TracedAct("accounts.forget_second_factor", _("took away a lost second factor"))


@transaction.atomic
def forget_second_factor(*, account: Account, by: Person, at: datetime) -> None:
    """Take away every second factor of an account, for someone who lost the phone, and end its sessions."""
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    note(FORGET_SECOND_FACTOR, by=by, about=account.person)


END_SESSION = TracedAct("accounts.end_session", _("ended a session"))


@transaction.atomic
def end_session(*, session: UserSession, by: Person, at: datetime) -> None:
    """End a session of one's own, on another browser."""
    session.end()
    note(END_SESSION, by=by, about=by)


END_SESSIONS = TracedAct("accounts.end_sessions", _("ended all other sessions"))


@transaction.atomic
def end_other_sessions(*, account: Account, except_for: str, by: Person, at: datetime) -> int:
    """
    End the sessions of one's own account; return how many were.

    :param except_for: the key of the session that stays
    """
    note(END_SESSIONS, by=by, about=by)
    return end_sessions(account, except_for=except_for)


def end_sessions(account: Account, *, except_for: str = "") -> int:
    """
    End the sessions of an account; return how many were.

    :param except_for: the key of the session that stays
    """
    ended = list(UserSession.objects.filter(user=account).exclude(session_key=except_for))
    for session in ended:
        session.end()
    return len(ended)


def forget_sessions_that_are_over(*, account: Account | None = None, at: datetime) -> None:
    """
    Forget where an account was signed in until its session was over, whoever ended it; all, if none is named.

    What is left of the sessions themselves goes when the school says so (`accounts.sessions`).
    """
    lasting = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    whose = {"user": account} if account else {}
    UserSession.objects.filter(~Exists(lasting), **whose).delete()


def note_session_seen(session_key: str, at: datetime) -> None:
    """Note that a session is in use. Nobody is told who did what: only that it lives."""
    with in_passing():
        UserSession.objects.filter(session_key=session_key).update(last_seen_at=at)


def choose_language(*, person: Person, language: str, by: Person, at: datetime) -> None:
    """Speak to a person in this language from now on."""
    if language != person.language:
        person.language = language
        person.save(update_fields=["language"])
