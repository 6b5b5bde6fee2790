"""Lists of pupils and staff as tables to take away."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from preau.kit.tables import Cell

from .queries import PupilLine, StaffLine


def pupil_columns() -> list[str]:
    return [
        _("Family name"),
        _("Given name"),
        _("Class"),
        _("Born on"),
        _("Gender"),
        _("Language"),
        _("E-mail"),
        _("Guardian 1"),
        _("Phone 1"),
        _("E-mail 1"),
        _("Guardian 2"),
        _("Phone 2"),
        _("E-mail 2"),
    ]


def pupil_rows(lines: Iterable[PupilLine]) -> Iterator[list[Cell]]:
    """Yield one row per pupil, with at most two guardians, legal responsibles first."""
    for line in lines:
        pupil = line.pupil
        row: list[Cell] = [
            pupil.family_name,
            pupil.given_name,
            line.class_group.name if line.class_group else "",
            pupil.born_on,
            pupil.gender,
            pupil.get_language_display(),
            pupil.email,
        ]
        for tie in line.guardianships[:2]:
            guardian = tie.guardian
            row += [guardian.full_name, guardian.mobile or guardian.phone, guardian.email]
        yield row


def class_columns() -> list[str]:
    """Return the columns of a class list that a teacher may take away: no contacts."""
    return [_("Family name"), _("Given name"), _("Born on")]


def class_rows(lines: Iterable[PupilLine]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [line.pupil.family_name, line.pupil.called, line.pupil.born_on]


def staff_columns() -> list[str]:
    return [
        _("Family name"),
        _("Given name"),
        _("Functions"),
        _("Titulaire of"),
        _("Groups"),
        _("E-mail"),
        _("Phone"),
    ]


def staff_rows(lines: Iterable[StaffLine]) -> Iterator[list[Cell]]:
    for line in lines:
        person = line.person
        yield [
            person.family_name,
            person.given_name,
            ", ".join(str(duty.get_kind_display()) for duty in line.duties),
            ", ".join(class_group.name for class_group in line.tutored),
            line.group_count,
            person.email,
            person.mobile or person.phone,
        ]
