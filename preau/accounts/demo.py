"""The keys of the demonstration: everybody signs in with the same word, which works nowhere else."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from preau.accounts.models import Account
from preau.kit import clock
from preau.kit.demo import PASSWORD, Book, chapter
from preau.people.demo import Folk

SHORT_NAMES = {
    "pirard": "head",
    "maes": "secretary",
    "thys": "teacher",
    "vandamme": "tutor",
    "diallo": "educator",
    "noor": "pupil",
    "samira": "parent",
    "nys": "admin",
}
"""Whom one signs in as to see the school through eight pairs of eyes."""
SIGNED_IN = 0.82


@chapter(rank=20, weight=1)
def accounts(book: Book) -> None:
    """Open an account for everybody: first.last, and a short name for eight of them."""
    folk = book.find(Folk)
    short = {folk.cast[key].pk: username for key, username in SHORT_NAMES.items()}
    password, rng = make_password(PASSWORD), book.rng("accounts")
    opened = [
        Account(
            person=person,
            username=short.get(person.pk, handle),
            email=person.email,
            password=password,
            is_demo=True,
            last_login=_some_time_ago(rng) if rng.random() < SIGNED_IN else None,
        )
        for handle, person in folk.handles.items()
    ]
    Account.objects.bulk_create(opened, batch_size=500)
    book.tell(_("accounts"), len(opened))


def _some_time_ago(rng: random.Random) -> datetime:
    """Return a moment of the last weeks, more likely a recent one."""
    return clock.now() - timedelta(minutes=round(rng.expovariate(1 / 5000)))
