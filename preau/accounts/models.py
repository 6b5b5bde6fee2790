"""How a person signs in, and how the school invites to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person


class AccountQuerySet(models.QuerySet):
    def with_a_way_in(self) -> AccountQuerySet:
        """Keep the accounts whose holder chose a password: the others still wait for it."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> Account:
        account: Account = self.get(username=(username or "").lower())
        return account


class Account(AbstractBaseUser):
    """The one key of one person: user name, e-mail, password. Rights come from ties, not from here."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="account")
    username = models.CharField(_("user name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    email_given_at = models.DateTimeField(null=True, editable=False)
    """When somebody else than the holder noted this e-mail; nothing when the holder did."""
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="a_user_name_names_one_account_in_any_case")
        ]

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = self.username.lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.person.full_name

    # What allauth asks of any account. There are no Django groups, permissions or staff here: see `rules.py`.
    is_staff = False
    is_superuser = False

    def has_perm(self, permission: str, record: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class InvitationQuerySet(models.QuerySet):
    def open_at(self, moment: datetime) -> InvitationQuerySet:
        """Keep the invitations that can still be answered."""
        return self.filter(used_at=None, expires_at__gt=moment)


class Invitation(models.Model):
    """
    The school asks a person to choose a password, by a letter or an e-mail that holds a one-time code.

    Only a digest of the code is kept: whoever reads this table cannot answer for anybody.
    """

    class Channel(models.TextChoices):
        LETTER = "LETTER", _("by letter")
        EMAIL = "EMAIL", _("by e-mail")

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invitation_is_answered_after_it_was_made",
                condition=Q(used_at=None) | Q(used_at__gte=F("created_at")),
            )
        ]
        indexes = [models.Index(fields=["person", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_channel_display()}"


class Remembered(models.Model):
    """
    What all processes of the house remember together for a while: how often somebody has just tried.

    Django's database cache keeps its entries here (see CACHES in the settings), so that a limit holds
    whichever process answers. The shape of the table is Django's.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class Attempts(models.Model):
    """
    How often somebody has just tried to come in, for an account, a browser or an address.

    Keys are digests: what was typed, and from where, cannot be read here.
    """

    key = models.CharField(max_length=100, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.PositiveBigIntegerField(db_index=True)
    """The second in which the count begins anew."""

    def __str__(self) -> str:
        return self.key
