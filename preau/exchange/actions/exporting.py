"""What leaves for another program."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from preau.gradebook.actions import fill_parcel, order_parcel
from preau.gradebook.models import Parcel
from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.models import SchoolYear
from preau.trail.actions import note

from ..oneroster import Export, export_groups


class NothingToHandOver(Refusal):
    words = gettext_lazy("No group has an assessment in this year: there is nothing to hand over.")


def order_bundle(*, year: SchoolYear, version: str, by: Person, at: datetime) -> Parcel:
    """
    Order the grades of all groups of a year as a bundle, for the worker to make.

    :raises NothingToHandOver: when there is none
    """
    if not export_groups(year).exists():
        raise NothingToHandOver
    title = _("OneRoster %(version)s, grades of %(year)s") % {"version": version, "year": year.name}
    note("exchange.export_grades", by=by, subject=title)
    what = {"year": year.pk, "version": version}
    return order_parcel(kind=Parcel.Kind.ONEROSTER, title=title, what=what, by=by, at=at)


def make_bundle(*, parcel: Parcel) -> Parcel:
    """Make the bundle that was ordered."""
    year = SchoolYear.objects.get(pk=parcel.what["year"])
    bundle = Export(export_groups(year), year, parcel.what["version"])
    return fill_parcel(parcel=parcel, suffix="zip", write=bundle.write, total=bundle.results_count)
