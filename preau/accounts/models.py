"""How a person signs in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """The one key of one person: user name, e-mail, password. Rights come from ties, not from here."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="account")
    username = models.CharField(_("user name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.person.full_name

    # What allauth asks of any account. There are no Django groups, permissions or staff here: see `rules.py`.
    is_staff = False
    is_superuser = False

    def has_perm(self, permission: str, record: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False
