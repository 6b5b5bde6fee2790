"""What leaves for another program."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import CourseGroup, SchoolYear
from preau.trail.actions import note, place_of
from preau.work.actions import make_file, make_room, order
from preau.work.models import Work

from ..oneroster import Export, export_groups

BUNDLE = "exchange.oneroster"


class NothingToHandOver(Refusal):
    words = gettext_lazy("No group has an assessment in this year: there is nothing to hand over.")


EXPORT_GRADES = TracedAct("exchange.export_grades", gettext_lazy("took away %(subject)s"))


@transaction.atomic
def order_bundle(*, year: SchoolYear, version: str, by: Person, at: datetime) -> Work:
    """
    Order the grades of all groups of a year as a bundle, for the worker to make.

    :raises NothingToHandOver: when there is none
    """
    if not export_groups(year).exists():
        raise NothingToHandOver
    title = _("OneRoster %(version)s, grades of %(year)s") % {"version": version, "year": year.name}
    note(EXPORT_GRADES, by=by, subject=title)
    make_room(what=BUNDLE, by=by)
    address = reverse("exchange:exports")
    return order(what=BUNDLE, title=title, leads_to=address, by=by, at=at, year=year.pk, version=version)


EXPORT_GROUP = TracedAct(
    "exchange.export_group", gettext_lazy("took the grades of %(subject)s away for another program")
)


def take_group(*, group: CourseGroup, version: str, target: IO[bytes], by: Person, at: datetime) -> None:
    """Write the grades of a group as a bundle."""
    groups = export_groups(group.school_year, [group.pk])
    note(EXPORT_GROUP, by=by, subject=str(group), place=place_of(group))
    Export(groups, group.school_year, version).write(target)


def make_bundle(*, work: Work) -> None:
    """Make the bundle that was ordered."""
    year = SchoolYear.objects.get(pk=work.details["year"])
    bundle = Export(export_groups(year), year, work.details["version"])
    make_file(work=work, suffix="zip", write=bundle.write, total=bundle.results_count)
