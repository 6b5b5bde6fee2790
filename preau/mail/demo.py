"""A few addresses to which nothing arrives any more, as every school has."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext, gettext_lazy

from preau.kit import clock
from preau.kit.demo import Book, chapter
from preau.mail.letters import Letter, comparable, row_of
from preau.mail.models import BouncingAddress
from preau.people.demo import Folk

MANY = 6


@chapter(rank=25, weight=1)
def mail(book: Book) -> None:
    """Have invitations to a few families come back, some weeks ago."""
    rng, now = book.rng("mail"), clock.now()
    reached = [person for _name, person in sorted(book.find(Folk).handles.items()) if person.email]
    for person in rng.sample(reached, min(MANY, len(reached))):
        then = now - timedelta(days=rng.randint(3, 60), minutes=rng.randint(0, 600))
        letter = Letter(kind="accounts.invitation", to=person.email, subject="", text="", person=person)
        row = row_of(letter, then)
        row.given_up_at = then
        row.said = f"550 5.1.1 <{comparable(person.email)}>: " + gettext("there is nobody of that name")
        row.save()
        BouncingAddress.objects.create(
            address=row.address_key, since=then, why=row.said, source=BouncingAddress.Source.SERVER
        )
    book.tell(gettext_lazy("addresses that bounce"), MANY)
