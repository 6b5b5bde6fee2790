"""The questions the pages of the trail ask."""

from dataclasses import dataclass
from datetime import date

from preau.people.models import Person

from .models import Trace, TraceQuerySet


@dataclass(frozen=True)
class Wanted:
    """Which traces somebody looks for; whatever is empty filters nothing."""

    who: str = ""
    about: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None
    """The last day, included."""


def acts_of(person: Person) -> TraceQuerySet:
    """Return what somebody did, the last first."""
    return _with_names(Trace.objects.acts().filter(by=person))


def acts(wanted: Wanted) -> TraceQuerySet:
    """Return what was done, the last first, as far as it is looked for."""
    found = Trace.objects.acts()
    if wanted.who:
        found = found.filter(by__in=Person.objects.named(wanted.who).values("pk"))
    if wanted.about:
        found = found.filter(about__in=Person.objects.named(wanted.about).values("pk"))
    if wanted.act:
        found = found.filter(act=wanted.act)
    if wanted.since:
        found = found.filter(at__date__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__date__lte=wanted.until)
    return _with_names(found)


def looks_at(person: Person) -> TraceQuerySet:
    """Return who looked at a person's file, the last first."""
    return _with_names(Trace.objects.looks().about(person))


def _with_names(traces: TraceQuerySet) -> TraceQuerySet:
    return traces.select_related("by", "about").order_by("-at", "-pk")
