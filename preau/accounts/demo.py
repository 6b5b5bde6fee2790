"""The keys of the demonstration: everybody signs in with the same word, which works nowhere else."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from preau.accounts.models import Account
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


@chapter(rank=20, weight=1)
def accounts(book: Book) -> None:
    """Open an account for everybody: first.last, and a short name for eight of them."""
    folk = book.find(Folk)
    short = {folk.cast[key].pk: username for key, username in SHORT_NAMES.items()}
    password = make_password(PASSWORD)
    opened = [
        Account(
            person=person,
            username=short.get(person.pk, handle),
            email=person.email,
            password=password,
            is_demo=True,
        )
        for handle, person in folk.handles.items()
    ]
    Account.objects.bulk_create(opened, batch_size=500)
    book.tell(_("accounts"), len(opened))
