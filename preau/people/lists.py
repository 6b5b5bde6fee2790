"""The list of families."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.design.lists import linked
from preau.kit.lists.columns import AddressOf, Column, Empty, Link, Listing, Part

from . import queries
from .models import Household, Person, Relationship, Residence
from .queries import FamilyLine
from .rules import may_manage_people


def _none(words: str) -> SafeString:
    return format_html('<span class="faint">{}</span>', words)


def _child(tie: Relationship, href: AddressOf) -> SafeString:
    restricted = " · " + gettext("restricted") if tie.restricted_on else ""
    return format_html(
        '<div>{} <span class="soft small">{}{}</span></div>',
        linked(tie.pupil.called, href(tie.pupil)),
        tie.get_kind_display(),
        restricted,
    )


def _children(line: FamilyLine, href: AddressOf) -> SafeString:
    drawn = format_html_join("", "{}", ((_child(tie, href),) for tie in line.ties))
    return drawn or _none(gettext("none"))


def _home(home: Residence) -> SafeString:
    return format_html(
        '<div>{}<br><span class="soft small">{} {}</span></div>',
        home.household.street,
        home.household.postcode,
        home.household.city,
    )


def _homes(line: FamilyLine, href: AddressOf) -> SafeString:
    drawn = format_html_join("", "{}", ((_home(home),) for home in line.homes))
    return drawn or _none(gettext("no address"))


def _where_letters_go(told: Callable[[Household], str]) -> Callable[[FamilyLine], str]:
    """Return what tells something of the address that receives the letters."""
    return lambda line: told(line.homes[0].household) if line.homes else ""


def _phone(person: Person) -> str:
    return person.mobile or person.phone


def _reached(line: FamilyLine, href: AddressOf) -> SafeString | str:
    email, phone = line.guardian.email, _phone(line.guardian)
    if not email and not phone:
        return pieces.badge(gettext("cannot be reached"), "warning", "alert-triangle")
    lines = [("", email), ("soft small number", phone)]
    return format_html_join("", '<div class="{}">{}</div>', (line for line in lines if line[1]))


families: Listing[Person, FamilyLine] = Listing(
    "people.families",
    _("Families"),
    (
        Column(
            "name",
            _("Adult"),
            lambda line: line.guardian.list_name,
            links=(Link("people:person", lambda line: [line.guardian], may_manage_people),),
            sort=("sort_name",),
            in_files=(
                Part(_("Family name"), lambda line: line.guardian.family_name),
                Part(_("Given name"), lambda line: line.guardian.given_name),
            ),
        ),
        Column(
            "children",
            _("Children"),
            lambda line: ", ".join(tie.pupil.full_name for tie in line.ties),
            drawn=_children,
            links=(Link("people:person", lambda line: [tie.pupil for tie in line.ties], may_manage_people),),
        ),
        Column(
            "homes",
            _("Lives at"),
            _where_letters_go(str),
            drawn=_homes,
            in_files=(
                Part(_("Street and number"), _where_letters_go(lambda home: home.street)),
                Part(_("Postcode"), _where_letters_go(lambda home: home.postcode)),
                Part(_("Town"), _where_letters_go(lambda home: home.city)),
            ),
        ),
        Column(
            "reached",
            _("Reached by"),
            lambda line: line.guardian.email or _phone(line.guardian),
            drawn=_reached,
            in_files=(
                Part(_("E-mail"), lambda line: line.guardian.email),
                Part(_("Mobile phone"), lambda line: line.guardian.mobile),
                Part(_("Phone"), lambda line: line.guardian.phone),
            ),
        ),
        Column(
            "language", _("Language"), lambda line: line.guardian.get_language_display(), sort=("language",)
        ),
    ),
    ngettext_lazy("%(n)s adult", "%(n)s adults", "n"),
    Empty(
        _("Nobody is found"),
        "users",
        _("Change what you look for. Adults are added on the page of a pupil, or brought in from a file."),
    ),
    queries.family_lines,
    sorted_by="name",
    page_size=40,
    is_of_pupils=True,
)
