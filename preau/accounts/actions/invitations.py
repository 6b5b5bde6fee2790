"""Inviting people to choose a password, and answering."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.accounts import codes
from preau.accounts.events import InvitedAgain
from preau.accounts.models import Account, Invitation
from preau.kit.events import announce
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.trail.actions import note

from .keeping import choose_language, end_sessions
from .opening import open_accounts

MOST_AT_ONCE = 300


class NobodyChosen(Refusal):
    words = _("Nobody is chosen: tick the people to invite, then try again.")


class TooMany(Refusal):
    words = _("At most %(most)s people are invited at once: go class by class.")


class NoSuchInvitation(Refusal):
    words = _(
        "This code opens nothing: it may be mistyped, too old, or replaced by a newer letter. "
        "Ask the school for a new one."
    )


class AlreadyAnswered(NoSuchInvitation):
    words = _(
        "This code was used already: sign in with the password you chose, or ask the school for a new one."
    )


@dataclass(frozen=True)
class Invited:
    """A person who was just invited, with the code. It is known only now: afterwards its digest is kept."""

    person: Person
    account: Account
    invitation: Invitation
    code: str


INVITE = TracedAct("accounts.invite", _("invited to choose a password"))
INVITE_AGAIN = TracedAct(
    "accounts.invite_again", _("invited somebody who signs in already to choose another password"), told=True
)


@transaction.atomic
def invite(
    *, persons: Iterable[Person], by: Person | None, at: datetime, channel: Invitation.Channel
) -> list[Invited]:
    """
    Invite persons to choose a password; earlier invitations of theirs end. Accounts are opened as needed.

    :raises NobodyChosen: without persons
    :raises TooMany: with more than can be printed or sent at once
    """
    chosen = list(persons)
    if not chosen:
        raise NobodyChosen
    if len(chosen) > MOST_AT_ONCE:
        raise TooMany(most=MOST_AT_ONCE)
    open_accounts(chosen)
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=chosen)}
    Invitation.objects.open_at(at).filter(person__in=chosen).update(expires_at=at)
    invited = [_invite(person, accounts[person.pk], by, at, channel) for person in chosen]
    Invitation.objects.bulk_create([one.invitation for one in invited])
    for one in invited:
        is_again = one.account.has_usable_password()
        note(INVITE_AGAIN if is_again else INVITE, by=by, about=one.person, channel=str(channel))
        if is_again:
            announce(InvitedAgain(one.account.pk, at))
    return invited


def those_with_email(persons: Iterable[Person]) -> tuple[list[Person], list[Person]]:
    """
    Part those who can be invited by e-mail from those who cannot. Accounts are opened as needed.

    :raises NobodyChosen: without anybody who has an e-mail
    """
    chosen = list(persons)
    open_accounts(chosen)
    reached = set(
        Account.objects.filter(person__in=chosen).exclude(email="").values_list("person", flat=True)
    )
    if not reached:
        raise NobodyChosen(_("None of them has an e-mail: make letters."))
    with_email = [person for person in chosen if person.pk in reached]
    return with_email, [person for person in chosen if person.pk not in reached]


def _invite(
    person: Person, account: Account, by: Person | None, at: datetime, channel: Invitation.Channel
) -> Invited:
    code = codes.new_code()
    invitation = Invitation(
        person=person,
        code_digest=codes.digest(code),
        channel=channel,
        created_by=by,
        created_at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    return Invited(person, account, invitation, code)


def invitation_of(code: str, at: datetime) -> Invitation:
    """
    Return the invitation that a code answers.

    :raises AlreadyAnswered: when it was answered before
    :raises NoSuchInvitation: when the code is wrong, too old or replaced
    """
    found = Invitation.objects.filter(code_digest=codes.digest(codes.as_typed(code)))
    invitation = found.select_related("person__account").first()
    if invitation is None or not invitation.person.account.is_active:
        raise NoSuchInvitation
    if invitation.used_at:
        raise AlreadyAnswered
    if invitation.expires_at <= at:
        raise NoSuchInvitation
    return invitation


def void(invitation: Invitation, *, at: datetime) -> None:
    """Let an invitation open nothing any more."""
    invitation.expires_at = at
    invitation.save(update_fields=["expires_at"])


ACCEPT_INVITATION = TracedAct("accounts.accept_invitation", _("answered the invitation and chose a password"))


@transaction.atomic
def accept_invitation(*, code: str, password: str, at: datetime, language: str = "") -> Account:
    """
    Answer an invitation: the person's password is the one chosen, and every session under an older one ends.

    :raises NoSuchInvitation: see `invitation_of`
    """
    invitation = invitation_of(code, at)
    answered = Invitation.objects.open_at(at).filter(pk=invitation.pk).update(used_at=at)
    if not answered:
        raise AlreadyAnswered
    account: Account = invitation.person.account
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account)
    if language:
        choose_language(person=invitation.person, language=language, by=invitation.person, at=at)
    note(ACCEPT_INVITATION, by=invitation.person, about=invitation.person)
    return account
