"""Opening accounts: one, or all of a school at once."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password
from django.db import transaction

from preau.accounts.models import Account
from preau.accounts.names import free_name, free_names, plain_name
from preau.people.models import Person

ROWS_AT_ONCE = 500


def propose_username(person: Person) -> str:
    """Return a user name for a person that nobody has: first.last, with a number if it must be."""
    wanted = plain_name(person)
    alike = Account.objects.filter(username__startswith=wanted).values_list("username", flat=True)
    return free_name(wanted, set(alike))


def open_account(
    person: Person, *, username: str = "", email: str = "", password: str | None = None, is_demo: bool = False
) -> Account:
    """
    Open the account of a person. Without a password nobody signs in with it before an invitation is answered.

    :param username: proposed from the name unless told
    :param email: the person's own unless told
    """
    account = Account(
        person=person,
        username=username or propose_username(person),
        email=(email or person.email).lower(),
        password=make_password(password),
        is_demo=is_demo,
    )
    account.save()
    return account


@transaction.atomic
def open_accounts(
    persons: Iterable[Person],
    *,
    usernames: Mapping[int, str] | None = None,
    password: str | None = None,
    is_demo: bool = False,
) -> list[Account]:
    """
    Open the accounts of many persons at once; those who have one keep it.

    :param usernames: by key of the person; the others get first.last
    :param password: the same for all, for a demonstration; its digest is computed once
    """
    chosen = usernames or {}
    having = set(Account.objects.values_list("person", flat=True))
    without = [person for person in persons if person.pk not in having]
    taken = [*Account.objects.values_list("username", flat=True), *chosen.values()]
    names = free_names((person for person in without if person.pk not in chosen), taken) | dict(chosen)
    digest = make_password(password)
    accounts = [
        Account(
            person=person,
            username=names[person.pk].lower(),
            email=person.email.lower(),
            password=digest if password else make_password(None),
            is_demo=is_demo,
        )
        for person in without
    ]
    Account.objects.bulk_create(accounts, batch_size=ROWS_AT_ONCE)
    return accounts
