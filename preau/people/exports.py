"""Families as a table to take away."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from preau.kit.tables import Cell

from .queries import FamilyLine


def family_columns() -> list[str]:
    return [
        _("Family name"),
        _("Given name"),
        _("Children"),
        _("Language"),
        _("E-mail"),
        _("Mobile phone"),
        _("Phone"),
        _("Street and number"),
        _("Postcode"),
        _("Town"),
    ]


def family_rows(lines: Iterable[FamilyLine]) -> Iterator[list[Cell]]:
    """Yield one row per adult, at the address that receives the letters."""
    for line in lines:
        person, home = line.guardian, line.homes[0].household if line.homes else None
        yield [
            person.family_name,
            person.given_name,
            ", ".join(tie.pupil.full_name for tie in line.ties),
            person.get_language_display(),
            person.email,
            person.mobile,
            person.phone,
            home.street if home else "",
            home.postcode if home else "",
            home.city if home else "",
        ]
