"""The questions the pages of accounts ask."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.people.models import Person
from preau.people.queries import relatives_of
from preau.trail.models import Trace, TraceQuerySet

from . import audiences
from .models import Account, Invitation

WAITING = Q(account=None) | Q(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
STATES: dict[str, Q] = {
    "waiting": WAITING & Q(account=None) | WAITING & Q(account__is_active=True),
    "invited": WAITING & Q(is_invited=True),
    "uninvited": WAITING & Q(is_invited=False),
    "open": ~WAITING & Q(account__is_active=True),
    "blocked": Q(account__is_active=False),
}


def holders(
    persons: QuerySet[Person], *, words: str = "", group: str = "", state: str = ""
) -> QuerySet[Person]:
    """Return persons by name with their accounts, narrowed by name or user name, by group and by state."""
    open_ones = Invitation.objects.open_at(clock.now()).filter(person=OuterRef("pk"))
    factors = Authenticator.objects.filter(user__person=OuterRef("pk"))
    found = persons.select_related("account").annotate(
        is_invited=Exists(open_ones), has_second_factor=Exists(factors)
    )
    if words:
        named = Person.objects.named(words).values("pk")
        found = found.filter(
            Q(pk__in=named) | Q(account__username__contains=words.lower()) | Q(account__email=words.lower())
        )
    if group:
        found = found.filter(audiences.members(group))
    if state:
        found = found.filter(STATES[state])
    return found.order_by("sort_name", "pk")


def family_waiting(persons: QuerySet[Person], member: Person) -> list[Person]:
    """Return those of a family, among these persons, who cannot sign in yet. Two queries."""
    family = {member.pk, *relatives_of(member).values_list("pk", flat=True)}
    if len(family) == 1:
        return []
    return list(holders(persons.filter(pk__in=family), state="waiting"))


def account_of(person: Person) -> Account | None:
    """Return the account of a person, if there is one."""
    return Account.objects.filter(person=person).first()


@dataclass(frozen=True)
class Standing:
    """Where one person stands: what the page of an account says and offers."""

    person: Person
    account: Account | None
    invitations: list[Invitation]
    factors: Keys
    traces: TraceQuerySet

    @property
    def has_a_way_in(self) -> bool:
        return bool(self.account and self.account.has_usable_password())


def standing_of(person: Person) -> Standing:
    """Return where one person stands: account, invitations, second factor, what was done about it."""
    account = account_of(person)
    invitations = list(person.invitations.select_related("created_by").order_by("-created_at")[:5])
    traces = Trace.objects.acts().about(person).filter(act__startswith="accounts.")
    return Standing(
        person,
        account,
        invitations,
        keys_of(account),
        traces.select_related("by").order_by("-at", "-pk")[:10],
    )


@dataclass(frozen=True)
class Keys:
    """The second factors of an account."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    recovery_codes_left: int

    @property
    def is_any(self) -> bool:
        return bool(self.app or self.passkeys)


def keys_of(account: Account | None) -> Keys:
    """Return the second factors of an account: the app, the passkeys, how many recovery codes are left."""
    factors = list(Authenticator.objects.filter(user=account).order_by("created_at")) if account else []
    by_type = {factor.type: factor for factor in factors}
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
    return Keys(
        app=by_type.get(Authenticator.Type.TOTP),
        passkeys=[factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


IN_USE = 20 * 60
"""For how many seconds a session that was seen counts as in use. Browsers live by the machine's clock."""


@dataclass(frozen=True)
class Device:
    """A browser in which a person is signed in, in words."""

    pk: int
    words: str
    icon: str
    is_this_one: bool
    is_in_the_same_place: bool
    address: str
    signed_in_at: datetime
    last_used_at: datetime

    @property
    def is_in_use(self) -> bool:
        return self.is_this_one or time.time() - self.last_used_at.timestamp() < IN_USE


def devices_of(account: Account, *, session_key: str | None, address: str) -> list[Device]:
    """Return where a person is signed in, this browser first, then the last used."""
    sessions = UserSession.objects.purge_and_list(account)
    devices = [_device(session, session_key, address) for session in sessions]
    return sorted(devices, key=lambda device: (not device.is_this_one, -device.last_used_at.timestamp()))


def _device(session: Any, session_key: str | None, address: str) -> Device:
    words, icon = in_words(session.user_agent)
    return Device(
        pk=session.pk,
        words=words,
        icon=icon,
        is_this_one=session.session_key == session_key,
        is_in_the_same_place=session.ip == address,
        address=session.ip,
        signed_in_at=session.created_at,
        last_used_at=session.last_seen_at,
    )


# The first that matches names the browser: most pretend to be some of those below them.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|Chromium/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone", "phone"),
    (r"iPad", "iPad", "phone"),
    (r"Android", "Android", "phone"),
    (r"CrOS", "Chromebook", "device-laptop"),
    (r"Windows", "Windows", "device-desktop"),
    (r"Macintosh|Mac OS", "Mac", "device-laptop"),
    (r"Linux|X11", "Linux", "device-desktop"),
)


def in_words(user_agent: str) -> tuple[str, str]:
    """Return what a browser says of itself as people say it (“Firefox on Linux”), and an icon."""
    browser = next((name for sign, name in BROWSERS if re.search(sign, user_agent)), "")
    system, icon = next(
        ((name, icon) for sign, name, icon in SYSTEMS if re.search(sign, user_agent)), ("", "world")
    )
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}, icon
    return browser or system or gettext("a browser we do not know"), icon


@dataclass(frozen=True)
class DemoRole:
    """One way into the demonstration: a user name, what the person is, and what to look at."""

    username: str
    title: str | Promise
    title_of_a_woman: str | Promise
    what: str | Promise


DEMO_ROLES = (
    DemoRole(
        "teacher",
        pgettext_lazy("a man", "Teacher"),
        pgettext_lazy("a woman", "Teacher"),
        _("Courses, grades, report cards"),
    ),
    DemoRole(
        "parent",
        pgettext_lazy("a man", "Parent"),
        pgettext_lazy("a woman", "Parent"),
        _("The children's results"),
    ),
    DemoRole(
        "pupil", pgettext_lazy("a man", "Pupil"), pgettext_lazy("a woman", "Pupil"), _("One's own results")
    ),
    DemoRole(
        "educator",
        pgettext_lazy("a man", "Educator"),
        pgettext_lazy("a woman", "Educator"),
        _("The pupils, class by class"),
    ),
    DemoRole("head", pgettext_lazy("a man", "Head"), pgettext_lazy("a woman", "Head"), _("The whole school")),
    DemoRole(
        "secretary",
        pgettext_lazy("a man", "Secretary"),
        pgettext_lazy("a woman", "Secretary"),
        _("Files, classes, imports"),
    ),
    DemoRole(
        "tutor",
        pgettext_lazy("a man", "Class tutor"),
        pgettext_lazy("a woman", "Class tutor"),
        _("A class and its report cards"),
    ),
    DemoRole(
        "admin",
        pgettext_lazy("a man", "Administrator"),
        pgettext_lazy("a woman", "Administrator"),
        _("Accounts, modules, trail"),
    ),
)


@dataclass(frozen=True)
class DemoCard:
    """A card of the sign-in page: enter as this person."""

    username: str
    person: Person
    title: str
    what: str


def demo_cards() -> Iterator[DemoCard]:
    """Yield the persons as whom one may enter the demonstration, in the order of the page."""
    names = [role.username for role in DEMO_ROLES]
    accounts = Account.objects.filter(username__in=names, is_demo=True, is_active=True)
    by_name = {account.username: account.person for account in accounts.select_related("person")}
    for role in DEMO_ROLES:
        if person := by_name.get(role.username):
            title = role.title_of_a_woman if person.gender == Person.Gender.FEMALE else role.title
            yield DemoCard(role.username, person, str(title), str(role.what))


NO_RESET_FOR = timedelta(days=1)


def accounts_reset_through(email: str, at: datetime) -> list[Account]:
    """
    Return the accounts whose password may be reset through an e-mail.

    Not those whom somebody else gave it during the last day.
    """
    having = Account.objects.filter(email=email.strip().lower(), is_active=True).exclude(email="")
    if not settings.DEMO_MODE:
        having = having.filter(is_demo=False)
    return list(having.exclude(email_given_at__gt=at - NO_RESET_FOR).select_related("person").order_by("pk"))


def holders_at(addresses: list[str]) -> dict[str, list[Person]]:
    """Return who signs in with these addresses, by address."""
    found: dict[str, list[Person]] = {}
    for account in Account.objects.filter(email__in=addresses).select_related("person"):
        found.setdefault(account.email, []).append(account.person)
    return found
