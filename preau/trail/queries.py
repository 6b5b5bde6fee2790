"""The questions the pages of the trail ask."""

from datetime import date, timedelta

from django.db.models import Q

from preau.kit import clock
from preau.kit.traces import traced_acts
from preau.people.actions.duties import GIVE_DUTY
from preau.people.models import Person

from .models import Trace, TraceQuerySet
from .places import while_there
from .rules import may_read_given, may_read_reserved

TOLD_FOR = timedelta(days=14)
"""How long Today speaks of a new tie or duty."""
SHOWN = 5


def acts_of(person: Person) -> TraceQuerySet:
    """Return what somebody did, the last first."""
    return _with_names(Trace.objects.acts().filter(by=person))


def acts(
    *,
    reader: Person,
    who: str = "",
    about: str = "",
    act: str = "",
    since: date | None = None,
    until: date | None = None,
) -> TraceQuerySet:
    """
    Return what was done, the last first, as far as the reader looks for it and may read it.

    :param until: the last day, included
    """
    found = Trace.objects.acts()
    if not may_read_reserved.admits(reader):
        found = found.exclude(act__in=[act.code for act in traced_acts() if act.reserved])
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


def given() -> TraceQuerySet:
    """Return which ties and duties those who work here were given, the last first."""
    return _with_names(Trace.objects.acts().filter(act__in=_told()))


def lately_given(reader: Person) -> list[Trace]:
    """
    Return the last ties and duties of which somebody is told: all that others gave, to whoever reads of them
    all; to others who hold a duty, that somebody else was given it too. One query, none to who holds none.
    """
    lately = Trace.objects.acts().filter(at__gt=clock.now() - TOLD_FOR)
    if may_read_given.admits(reader):
        lately = lately.filter(act__in=_told())
    elif reader.duties_in_force:
        same = sorted(reader.duties_in_force)
        lately = lately.filter(act=GIVE_DUTY.code, details__duty__in=same).exclude(about=reader.pk)
    else:
        return []
    by_others = Q(by=None) | ~Q(by=reader.pk)
    return list(_with_names(lately.filter(by_others))[:SHOWN])


def _told() -> list[str]:
    return [act.code for act in traced_acts() if act.told]


def looks_at(person: Person) -> TraceQuerySet:
    """Return who looked at a person, or took away a list in which the person is, the last first."""
    of_oneself = Q(about=person.pk, is_look=True)
    return _with_names(Trace.objects.filter(of_oneself | while_there(person)).exclude(by=person.pk))


def _with_names(traces: TraceQuerySet) -> TraceQuerySet:
    return traces.select_related("by", "about").order_by("-at", "-pk")
