"""What keeps an import from being undone: gradebooks that are closed, ties under which somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _

from preau.grading.models import CourseResult
from preau.kit.imports.undoing import Footprint, Hindrance, holds_for_undoing, stands_in_the_way
from preau.kit.portions import portions
from preau.people.ties import was_used
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod, TeachingAssignment

from ..actions.imports import closed_among, hold_groups
from ..models import Assessment, Comment, Grade

Place = tuple[int, int]
"""A group and a period: one gradebook."""


@holds_for_undoing
def gradebooks(footprint: Footprint) -> None:
    """Hold the groups in whose gradebooks something would change, so that nobody closes them meanwhile."""
    hold_groups({group for group, _period in _places(footprint)})


@stands_in_the_way
def closed_gradebooks(footprint: Footprint) -> Iterator[Hindrance]:
    places = _places(footprint)
    closed = closed_among({group for group, _period in places}) & places
    groups = CourseGroup.objects.in_bulk({group for group, _period in closed})
    periods = ReportPeriod.objects.in_bulk({period for _group, period in closed})
    for group, period in sorted(closed):
        words = _("The gradebook of %(group)s is closed for “%(period)s”: reopen it first.")
        told = {"group": groups[group], "period": periods[period]}
        yield Hindrance(words % told, groups[group])


def _places(footprint: Footprint) -> set[Place]:
    found: set[Place] = set()
    for model, path in ((Assessment, ""), (Grade, "assessment__"), (Comment, "")):
        for rows in _records(model, footprint.of(model)):
            found |= set(rows.values_list(f"{path}group", f"{path}period"))
    return found


@stands_in_the_way
def ties_written_under(footprint: Footprint) -> Iterator[Hindrance]:
    """Yield the ties the file made under which somebody wrote since: it would hang in the air."""
    words = _("%(who)s, %(group)s: something was written in the gradebook since.")
    for rows in _records(TeachingAssignment, footprint.made(TeachingAssignment)):
        for tie in rows.filter(was_used(TeachingAssignment)).select_related("teacher", "group__course"):
            yield Hindrance(words % {"who": tie.teacher.full_name, "group": tie.group}, tie.group)
    for rows in _records(GroupMembership, footprint.made(GroupMembership)):
        written = _written_of(rows, footprint)
        for tie in rows.filter(pk__in=written).select_related("pupil", "group__course"):
            yield Hindrance(words % {"who": tie.pupil.full_name, "group": tie.group}, tie.group)


def _written_of(ties: QuerySet[GroupMembership], footprint: Footprint) -> set[int]:
    """Return the memberships of pupils of whom something stands in the group that the file did not bring."""
    places = {(tie.pupil_id, tie.group_id): tie.pk for tie in ties}
    found = set()
    for model, group in ((Grade, "assessment__group"), (Comment, "group"), (CourseResult, "group")):
        brought = set(footprint.made(model))
        rows = model._default_manager.filter(
            **{"pupil__in": {pupil for pupil, _group in places}, f"{group}__in": {of for _p, of in places}}
        )
        for key, pupil, of in rows.annotate(of=F(group)).values_list("pk", "pupil", "of"):
            if key not in brought and (pupil, of) in places:
                found.add(places[pupil, of])
    return found


def _records(model: type[Model], keys: list[Any]) -> Iterator[QuerySet[Any]]:
    return (model._base_manager.filter(pk__in=some) for some in portions(keys))
