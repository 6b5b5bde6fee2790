"""The register of persons, as the house sees it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import Found, MenuEntry, Module, declare

from .models import Person
from .queries import FOUND_AT_MOST, guardians_found
from .rules import may_manage_people


def adults_named(person: Person, words: str) -> Iterable[Found]:
    """Return the adults of that name, for those who keep the register."""
    if not may_manage_people.admits(person):
        return
    for adult in guardians_found(words=words)[:FOUND_AT_MOST]:
        yield Found(adult.full_name, str(_("family")), reverse("people:person", args=[adult.pk]), "users")


declare(
    Module(
        key="people",
        name=_("Families"),
        icon="users",
        rank=330,
        menu=(
            MenuEntry(_("Families"), "users", "people:families", may_manage_people),
            MenuEntry(_("Doubles"), "arrows-join", "people:doubles", may_manage_people),
        ),
        searches=(adults_named,),
        can_close=False,
    )
)
