"""Inviting many people by e-mail, aside. The codes are made here, so that no queue ever holds one."""

from django.core.mail import get_connection

from preau.kit import clock
from preau.kit.jobs import job
from preau.people.models import Person

from . import actions, letters
from .models import Invitation
from .rules import may_keep_account


@job
def invite_by_email(*, persons: list[int], by: int, address: str) -> None:
    """Invite persons by e-mail: those whose keys are still for whoever asked to keep."""
    keeper = Person.objects.get(pk=by)
    invited = actions.invite(
        persons=may_keep_account.among(Person.objects.filter(pk__in=persons), keeper),
        by=keeper,
        at=clock.now(),
        channel=Invitation.Channel.EMAIL,
    )
    get_connection().send_messages(letters.mails(invited, address))
