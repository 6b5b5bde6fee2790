"""The classes in which pupils of a bundle were before: the moves of the year, told by days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from preau.kit.imports.report import Change, Line, Status
from preau.kit.imports.work import Import
from preau.kit.tables import plain
from preau.people.imports.register import Register
from preau.people.models import Person
from preau.structure.actions import enrol_pupil
from preau.structure.imports.register import Structure
from preau.structure.imports.values import class_name
from preau.structure.models import ClassGroup, Enrolment, SchoolYear

from .lessons import Stay


def bring_earlier_classes(work: Import, stays: Mapping[str, Sequence[Stay]], year: SchoolYear) -> None:
    """Enrol pupils in the classes they have left, where nothing is known of these days."""
    structure, register = Structure(work, year), Register()
    past = [
        (entry.person, stay)
        for user, found in stays.items()
        if (entry := register.numbered(work.source, user))
        for stay in found
        if stay.is_over(structure.today)
    ]
    classes = [_class(structure, stay) for _pupil, stay in past]
    structure.write()
    for (pupil, stay), group in zip(past, classes, strict=True):
        _enrol(work, pupil, group, stay, year)


def _class(structure: Structure, stay: Stay) -> ClassGroup:
    name = class_name(stay.class_name) or stay.class_name
    if known := structure.classes.get(plain(name)):
        return known
    level = structure.level_coded(stay.level) if stay.level else structure.level_for(name)
    return structure.new_class(name, level or structure.several_years())


def _enrol(work: Import, pupil: Person, group: ClassGroup, stay: Stay, year: SchoolYear) -> None:
    first = max(stay.starts_on or year.starts_on, year.starts_on)
    last = min(stay.ends_on or year.ends_on, year.ends_on)
    known = Enrolment.objects.filter(pupil=pupil, class_group__school_year=year)
    if last <= first or known.during(first, last).exists():
        return
    enrol_pupil(pupil=pupil, class_group=group, on=first, until=last, by=work.by, at=work.at)
    change = Change(
        _("Class"),
        "",
        f"{group.name}, {first:%d/%m/%Y} – {last:%d/%m/%Y}",
    )
    work.report.add(Line(Status.CHANGED, subject=pupil.list_name, changes=[change]))
