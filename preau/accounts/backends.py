"""Checking a user name or e-mail and a password; loading the account with its person in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from .models import Account


class SchoolBackend(AuthenticationBackend):
    """Sign in by user name or e-mail. Demonstration accounts sign in only where demo mode is on."""

    def user_can_authenticate(self, user: Account) -> bool:
        return bool(user.is_active) and (settings.DEMO_MODE or not user.is_demo)

    def get_user(self, user_id: Any) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None
