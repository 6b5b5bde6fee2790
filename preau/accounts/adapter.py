"""How allauth behaves in a school: nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class SchoolAdapter(DefaultAccountAdapter):
    """Accounts are opened by the school, never by their holder."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
