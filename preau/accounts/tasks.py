"""Letters that leave aside. Codes and links are made here: no job holds one, and a row only until it left."""

from datetime import datetime

from django.db import transaction

from preau.kit import clock
from preau.kit.events import upon
from preau.kit.jobs import job, once_a_day, start
from preau.mail.actions import send_many
from preau.people.models import Person

from . import actions, letters, queries
from .actions.attempts import forget_old_attempts
from .actions.keeping import forget_sessions_that_are_over
from .events import EmailChanged, InvitedAgain
from .letters.mail import post
from .models import Account, Invitation
from .rules import may_keep_account


@job
def invite_by_email(*, persons: list[int], by: int, address: str) -> None:
    """Invite persons by e-mail: those whose keys are still for whoever asked to keep."""
    keeper = Person.objects.get(pk=by)
    with transaction.atomic():
        invited = actions.invite(
            persons=may_keep_account.among(Person.objects.filter(pk__in=persons), keeper),
            by=keeper,
            at=clock.now(),
            channel=Invitation.Channel.EMAIL,
        )
        send_many(letters.mails(invited, address), at=clock.now())


@job
def reset_by_email(*, email: str, address: str) -> None:
    """Write to whoever signs in with an e-mail how to choose a new password; to nobody when there is none."""
    for account in queries.accounts_reset_through(email, clock.now()):
        link = address.rstrip("/") + actions.path_of_reset(account)
        facts = {"password_reset_url": link, "username": account.username}
        post("password_reset_key", to=account.email, account=account, **facts)


@job
def tell_of_new_email(*, account_id: int, former: str, new: str, at: str) -> None:
    """Write to both addresses that the e-mail of an account is another."""
    account = Account.objects.select_related("person").get(pk=account_id)
    for address in dict.fromkeys(filter(None, (former, new))):
        facts = {"from_email": former, "to_email": new, "timestamp": datetime.fromisoformat(at)}
        post("email_changed", to=address, account=account, **facts)


@job
def tell_of_new_invitation(*, account_id: int, at: str) -> None:
    """Write to somebody who signs in already that the school asks for another password."""
    account = Account.objects.select_related("person").get(pk=account_id)
    if account.email:
        post("invited_again", to=account.email, account=account, timestamp=datetime.fromisoformat(at))


@once_a_day
@job
def sweep_the_door() -> None:
    """Forget the attempts whose time is over, and where people were signed in until their sessions were."""
    forget_old_attempts(at=clock.on_the_wall())
    forget_sessions_that_are_over(at=clock.on_the_wall())


@upon(EmailChanged)
def write_to_both_addresses(event: EmailChanged) -> None:
    what = {"former": event.former, "new": event.new, "at": event.at.isoformat()}
    start(tell_of_new_email, account_id=event.account_id, **what)


@upon(InvitedAgain)
def write_to_who_is_invited_again(event: InvitedAgain) -> None:
    start(tell_of_new_invitation, account_id=event.account_id, at=event.at.isoformat())
