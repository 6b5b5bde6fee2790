"""Invitations as people receive them: a sheet of paper for a home, or an e-mail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext, ngettext

from preau.accounts import codes
from preau.accounts.actions import Invited
from preau.design.context import school_face
from preau.kit.pdf import compile_pdf
from preau.mail.letters import Letter
from preau.people.models import Household, Person, Relationship, Residence

TEMPLATE = Path(__file__).parent / "invitation.typ"


def sheets(invited: Iterable[Invited], address: str) -> bytes:
    """
    Return one PDF: a sheet for each home, with a slip for each person invited there.

    :param address: where this Préau is, e.g. `https://preau.example.be/`
    """
    everybody = list(invited)
    pupils = _pupils_by_guardian(one.person for one in everybody)
    letters = [_sheet(home, address, pupils) for home in _homes(everybody, pupils)]
    return compile_pdf(TEMPLATE, {"title": gettext("Invitations to Préau"), "letters": letters})


def mails(invited: Iterable[Invited], address: str) -> list[Letter]:
    """Return the e-mail for each person invited who has one, in their language."""
    everybody = [one for one in invited if one.account.email]
    pupils = _pupils_by_guardian(one.person for one in everybody)
    return [_mail(one, address, pupils.get(one.person.pk, [])) for one in everybody]


def _mail(one: Invited, address: str, pupils: list[Person]) -> Letter:
    with translation.override(one.person.language):
        facts = _facts(one, address, pupils) | {"school": _school()}
        subject = gettext("%(school)s invites you to Préau") % {"school": _school()}
        return Letter(
            kind="accounts.invitation",
            to=one.account.email,
            person=one.person,
            language=one.person.language,
            subject=subject,
            text=render_to_string("accounts/mail/invitation.txt", facts),
            not_after=one.invitation.expires_at,
            is_secret=True,
        )


@dataclass(frozen=True)
class Home:
    """Where a sheet goes: an address, if we know it, and those invited there."""

    household: Household | None
    invited: list[Invited]


def _homes(invited: list[Invited], pupils: dict[int, list[Person]]) -> Iterator[Home]:
    """Yield the homes of those invited, by name, guardians first; who has no address gets an own sheet."""
    mains = Residence.objects.filter(person__in=[one.person for one in invited], is_main=True)
    households = {residence.person_id: residence.household for residence in mains.select_related("household")}
    by_home: defaultdict[Any, list[Invited]] = defaultdict(list)
    for one in sorted(invited, key=lambda one: one.person.sort_name):
        household = households.get(one.person.pk)
        by_home[household.pk if household else f"person {one.person.pk}"].append(one)
    for members in by_home.values():
        guardians_first = sorted(members, key=lambda one: not pupils.get(one.person.pk))
        yield Home(households.get(members[0].person.pk), guardians_first)


def _sheet(home: Home, address: str, pupils: dict[int, list[Person]]) -> dict[str, Any]:
    """Return what a sheet says, in the language of the first person on it; each slip in its person's own."""
    first = home.invited[0]
    with translation.override(first.person.language):
        sheet = {
            "language": first.person.language,
            "school": _school(),
            "to": [one.person.full_name for one in home.invited],
            "address": _address_lines(home.household),
            "date": formats.date_format(timezone.localdate(first.invitation.created_at), "DATE_FORMAT"),
            "title": gettext("Your way into Préau"),
            "opening": _opening(home),
            "steps": _steps(address),
            "closing": gettext(
                "Cut along the dashes: each code is for one person and opens once. Keep it safe until it is "
                "used; afterwards it is worth nothing. Lost it, or too late? The school makes a new one."
            ),
        }
    return sheet | {"slips": [_slip(one, address, pupils.get(one.person.pk, [])) for one in home.invited]}


def _opening(home: Home) -> str:
    words = ngettext(
        "%(school)s shares results, report cards and news in one place: Préau. "
        "This sheet holds what you need to come in for the first time.",
        "%(school)s shares results, report cards and news in one place: Préau. "
        "Each of you has an own way in; this sheet holds what you need to come in for the first time.",
        len(home.invited),
    )
    return words % {"school": _school()}


def _steps(address: str) -> list[str]:
    place = urlsplit(address).netloc + reverse("accounts:invitation")
    return [
        gettext("Point a phone at the square, or open %(place)s and type the code.") % {"place": place},
        gettext("Choose a password that you use nowhere else."),
        gettext("That is all: from then on you sign in with your user name and your password."),
    ]


def _slip(one: Invited, address: str, pupils: list[Person]) -> dict[str, Any]:
    with translation.override(one.person.language):
        facts = _facts(one, address, pupils)
        drawn = BytesIO()
        segno.make(facts["link"], error="m").save(drawn, kind="svg", border=0, scale=4, xmldecl=False)
        return facts | {
            "language": one.person.language,
            "username_words": gettext("User name"),
            "code_words": gettext("Code"),
            "until_words": gettext("Until %(day)s") % {"day": facts["until"]},
            "square": drawn.getvalue().decode(),
            "square_words": gettext("Square to scan, the same as the code of %(name)s")
            % {"name": one.person.full_name},
        }


def _facts(one: Invited, address: str, pupils: list[Person]) -> dict[str, Any]:
    """Return what both paper and e-mail say to one person. The language is set by then."""
    path = reverse("accounts:invitation_code", kwargs={"code": codes.in_groups(one.code)})
    until = timezone.localdate(one.invitation.expires_at)
    return {
        "name": one.person.full_name,
        "username": one.account.username,
        "code": codes.in_groups(one.code),
        "link": address.rstrip("/") + path,
        "until": formats.date_format(until, "SHORT_DATE_FORMAT"),
        "for_whom": _for_whom(pupils),
    }


def _for_whom(pupils: list[Person]) -> str:
    if not pupils:
        return ""
    *others, last = (pupil.full_name for pupil in pupils)
    if not others:
        return gettext("to follow %(name)s") % {"name": last}
    return gettext("to follow %(names)s and %(name)s") % {"names": ", ".join(others), "name": last}


def _pupils_by_guardian(persons: Iterable[Person]) -> dict[int, list[Person]]:
    keys = [person.pk for person in persons]
    ties = Relationship.objects.in_force().filter(guardian__in=keys).select_related("pupil")
    pupils: defaultdict[int, list[Person]] = defaultdict(list)
    for tie in ties.order_by("pupil__born_on", "pupil__sort_name"):
        pupils[tie.guardian_id].append(tie.pupil)
    return pupils


def _address_lines(household: Household | None) -> list[str]:
    if household is None:
        return []
    return [line for line in (household.street, f"{household.postcode} {household.city}".strip()) if line]


def _school() -> str:
    return school_face().name or gettext("The school")
