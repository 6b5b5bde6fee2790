"""Checking a user name or e-mail and a password; loading the account with its person in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db.models import QuerySet

from preau.kit.questions import asked_often

from .models import Account


class SchoolBackend(AuthenticationBackend):
    """Sign in by user name or e-mail. Demonstration accounts sign in only where demo mode is on."""

    def user_can_authenticate(self, user: Account) -> bool:
        return bool(user.is_active) and (settings.DEMO_MODE or not user.is_demo)

    def get_user(self, user_id: Any) -> Account | None:
        return next(filter(self.user_can_authenticate, account_of(user_id)), None)


@asked_often
def account_of(key: int) -> QuerySet[Account]:
    """Return the account of this key with its person, alone in its list: who asks, on every page."""
    return Account.objects.select_related("person").filter(pk=key)
