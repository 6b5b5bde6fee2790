"""How many tests pupils already have on a day and in its week, for whoever plans one more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.structure.models import CourseGroup, GroupMembership
from preau.structure.queries import classes_by_pupil

from ..models import Assessment


@dataclass(frozen=True, slots=True)
class ClassLoad:
    """What the busiest pupil of a class already has: that day, by course, and that week."""

    class_name: str
    that_day: list[str]
    that_week: int

    @property
    def is_too_much(self) -> bool:
        """Say whether one more test goes beyond what the school finds reasonable."""
        return len(self.that_day) >= settings.MOST_TESTS_A_DAY or self.that_week >= settings.MOST_TESTS_A_WEEK


def load_of(group: CourseGroup, day: date, *, but: int | None = None) -> list[ClassLoad]:
    """
    Return, for each class of a group, the tests its busiest pupil already has. Three queries.

    :param but: the key of an assessment that is being moved, and not counted
    """
    members = list(GroupMembership.objects.filter(group=group).in_force(day).values_list("pupil", flat=True))
    classes = classes_by_pupil(members, on=day)
    tests = _tests_of(members, day, but)
    busiest: dict[str, ClassLoad] = {}
    for pupil in members:
        if pupil not in classes:
            continue
        name = classes[pupil].name
        load = ClassLoad(name, [course for on, course in tests[pupil] if on == day], len(tests[pupil]))
        known = busiest.get(name)
        if known is None or (len(load.that_day), load.that_week) > (len(known.that_day), known.that_week):
            busiest[name] = load
    return sorted(busiest.values(), key=lambda load: load.class_name)


def _tests_of(pupils: list[int], day: date, but: int | None) -> dict[int, list[tuple[date, str]]]:
    """Return the tests of the week of a day, by pupil: when, and in which course."""
    monday = day - timedelta(days=day.weekday())
    week = Assessment.objects.filter(held_on__range=(monday, monday + timedelta(days=6))).exclude(pk=but)
    held: defaultdict[int, list[tuple[date, str]]] = defaultdict(list)
    for group_id, on, course in week.values_list("group", "held_on", "group__course__name"):
        held[group_id].append((on, course))
    found: defaultdict[int, list[tuple[date, str]]] = defaultdict(list)
    memberships = GroupMembership.objects.filter(pupil__in=pupils, group__in=list(held)).in_force(day)
    for pupil, group_id in memberships.values_list("pupil", "group").distinct():
        found[pupil] += held[group_id]
    return found


def overload_in_words(group: CourseGroup, day: date, *, but: int | None = None) -> list[str]:
    """Return a sentence for each class in which one more test that day would be much."""
    return [_sentence(load, day) for load in load_of(group, day, but=but) if load.is_too_much]


def _sentence(load: ClassLoad, day: date) -> str:
    told = {
        "class": load.class_name,
        "count": len(load.that_day),
        "day": date_format(day, "l j F"),
        "courses": ", ".join(sorted(load.that_day)),
        "week": load.that_week,
    }
    if not load.that_day:
        words = _("%(class)s already has %(week)s tests that week.")
    else:
        words = ngettext(
            "%(class)s already has %(count)s test on %(day)s (%(courses)s); %(week)s that week.",
            "%(class)s already has %(count)s tests on %(day)s (%(courses)s); %(week)s that week.",
            len(load.that_day),
        )
    return words % told
