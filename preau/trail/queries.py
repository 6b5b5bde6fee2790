"""The questions the pages of the trail ask."""

from datetime import date

from preau.people.models import Person

from .models import Trace, TraceQuerySet


def acts_of(person: Person) -> TraceQuerySet:
    """Return what somebody did, the last first."""
    return _with_names(Trace.objects.acts().filter(by=person))


def acts(
    *, who: str = "", about: str = "", act: str = "", since: date | None = None, until: date | None = None
) -> TraceQuerySet:
    """
    Return what was done, the last first, as far as it is looked for; whatever is empty filters nothing.

    :param until: the last day, included
    """
    found = Trace.objects.acts()
    if who:
        found = found.filter(by__in=Person.objects.named(who).values("pk"))
    if about:
        found = found.filter(about__in=Person.objects.named(about).values("pk"))
    if act:
        found = found.filter(act=act)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return _with_names(found)


def looks_at(person: Person) -> TraceQuerySet:
    """Return who looked at a person's file, the last first."""
    return _with_names(Trace.objects.looks().about(person))


def _with_names(traces: TraceQuerySet) -> TraceQuerySet:
    return traces.select_related("by", "about").order_by("-at", "-pk")
