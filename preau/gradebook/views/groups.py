"""The list of gradebooks, and the way to the one in course."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from preau.kit import slots
from preau.kit.access import reaches, sees
from preau.kit.acts import show
from preau.kit.http import Request
from preau.structure.models import CourseGroup
from preau.structure.queries import current_period

from .. import queries
from ..places import GRADEBOOKS
from ..rules import leads, may_keep_gradebook, may_open_gradebook, may_open_gradebooks, may_read_gradebook

MOST_OTHERS = 200


@require_safe
@sees(may_read_gradebook, to=may_open_gradebooks, groups=CourseGroup)
def groups(request: Request, groups: QuerySet[CourseGroup]) -> HttpResponse:
    """List the gradebooks one keeps, then those one may read."""
    period = current_period()
    here = groups.filter(school_year=period.school_year_id) if period else groups.none()
    mine = may_keep_gradebook.among(here, request.person)
    lines = queries.course_groups_of(mine, period) if period else []
    others = here.exclude(pk__in=[line.group.pk for line in lines])
    words = request.GET.get("q", "").strip()[:60]
    if words:
        others = queries.named_like(others, words)
    elif leads.admits(request.person):
        others = others.none()
    context = {
        "period": period,
        "lines": lines,
        "others": others.select_related("course__year_level")[:MOST_OTHERS],
        "words": words,
        "earlier": queries.earlier_groups(request.person),
        "leads": leads.admits(request.person),
        "pieces": slots.pieces(GRADEBOOKS, request, None),
    }
    return show(request, "gradebook/groups.html", **context)


@require_safe
@reaches(may_open_gradebook, group=CourseGroup)
def gradebook(request: Request, group: CourseGroup) -> HttpResponse:
    """Open the gradebook at the period in course; where one taught it, at the last in which one did."""
    period = queries.period_taught(group, request.person) or queries.period_to_open(group)
    return redirect("gradebook:sheet", group.pk, period.pk)
