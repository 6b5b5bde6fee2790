"""What stands around a sheet: other periods and groups, the spread, what has changed, what looks odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.pieces import cote
from preau.design.tabs import Tab
from preau.kit import clock
from preau.people.models import Person
from preau.people.relations import wards_of
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.place import place_of
from preau.structure.queries import current_period, current_year, groups_named, periods_of
from preau.structure.relations import groups_of

from ..models import Assessment, Publication
from ..pictures import middle
from .cells import pupils_named
from .sheet_values import Row, Sheet

SOON = 14
"""From how many days before its end the tab of a period says when it ends."""


def period_to_open(group: CourseGroup) -> ReportPeriod:
    """Return the period in course, or the last of the group's own year when that is over."""
    now = current_period()
    if now and now.school_year_id == group.school_year_id:
        return now
    return ReportPeriod.objects.filter(school_year=group.school_year_id).order_by("-starts_on")[0]


def named_like(groups: QuerySet[CourseGroup], words: str) -> QuerySet[CourseGroup]:
    """Keep the groups whose course or name holds every word typed."""
    for word in words.split():
        groups = groups.filter(course__name__holds=word) | groups.filter(name__holds=word)
    return groups


def around(page: Sheet, keeps: bool, person: Person, *, looks_back: bool = False) -> dict[str, Any]:
    """Return what the page shows beside the sheet itself."""
    year = next((year for year in [current_year()] if year and year.pk == page.group.school_year_id), None)
    periods = periods_of(year) or list(page.period.school_year.periods.order_by("starts_on"))
    return {
        "tabs": [*(_tab(period, page) for period in periods), *([] if looks_back else [_year(page.group)])],
        "my_groups": groups_named(groups_of(person)) if keeps else (),
        "median": middle(page.shown, page.scheme.step),
    }


def _year(group: CourseGroup) -> Tab:
    return Tab(_("Year"), reverse("gradebook:year", args=[group.pk]))


def _tab(period: ReportPeriod, page: Sheet) -> Tab:
    days = (period.ends_on - clock.today()).days
    ends = (
        ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days} if 0 < days <= SOON else ""
    )
    url = reverse("gradebook:sheet", args=[page.group.pk, period.pk])
    return Tab(period.name, url, period.pk == page.period.pk, ends)


def parallel_groups(group: CourseGroup, teacher: Person) -> list[CourseGroup]:
    """Return the other groups of the same course that a teacher keeps this year."""
    return [
        other
        for other in groups_named(groups_of(teacher))
        if other != group
        and (other.course_id, other.school_year_id) == (group.course_id, group.school_year_id)
    ]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something a teacher would want to look at before closing."""

    words: str
    url: str = ""


def anomalies_of(page: Sheet) -> list[Anomaly]:
    """Return what looks odd in a sheet: missing grades, unpublished ones, results that say nothing."""
    found = []
    for column in page.columns:
        url = reverse("gradebook:assessment", args=[column.assessment.pk])
        if column.missing:
            words = ngettext(
                "“%(title)s”: %(count)s grade is missing.",
                "“%(title)s”: %(count)s grades are missing.",
                column.missing,
            )
            found.append(Anomaly(words % {"title": column.assessment.title, "count": column.missing}, url))
        if column.written and not hasattr(column.assessment, "publication"):
            words = _("“%(title)s” is not visible to pupils and parents.")
            found.append(Anomaly(words % {"title": column.assessment.title}, url))
    if not page.columns:
        found.append(Anomaly(_("No assessment this period: pupils will have no result in this course.")))
    found += [
        Anomaly(
            _("%(pupil)s has too little to be assessed: the council will decide.")
            % {"pupil": row.pupil.full_name}
        )
        for row in page.rows
        if page.columns and row.result.is_open_question
    ]
    found += [Anomaly(_star_of_then(row)) for row in page.rows if row.result.star_is_of_then]
    without = len(page.rows) - page.comments_written
    if without > 0:
        words = ngettext(
            "%(count)s comment is still to write.", "%(count)s comments are still to write.", without
        )
        found.append(Anomaly(words % {"count": without}))
    return found


def _star_of_then(row: Row) -> str:
    """Say that a council gave a pupil the examination, which was corrected since."""
    words = _(
        "The council gave %(pupil)s the examination instead of the result, %(was)s then; it is %(now)s now. "
        "Ask the head to note the decision again."
    )
    result = row.result
    facts = {"was": cote(result.decisions.deliberated), "now": cote(result.exam) or "–"}
    return words % {"pupil": row.pupil.full_name, **facts}


def usual_assessment(group: CourseGroup) -> dict[str, Any]:
    """Return what the group's last assessment was like: most are alike. The first is out of 20."""
    last = Assessment.objects.filter(group=group).order_by("-pk").first()
    if last is None:
        return {"max_points": 20, "weight": 1}
    return {"category": last.category_id, "max_points": last.max_points, "weight": last.weight}


def publication_of(assessment: Assessment) -> Publication | None:
    """Return the publication of an assessment, if there is one."""
    return Publication.objects.filter(assessment=assessment).select_related("published_by").first()


def pupils_read_by(person: Person) -> list[Person]:
    """Return oneself when one is a pupil, and the pupils one answers for, by name."""
    own = [person.pk] if place_of(person).is_a_pupil else []
    return pupils_named(list({*own, *wards_of(person)}))


def periods_begun() -> list[ReportPeriod]:
    """Return the periods of the year in course that have begun."""
    return [period for period in periods_of(current_year()) if period.starts_on <= clock.today()]


def period_tabs(periods: Sequence[ReportPeriod], current: ReportPeriod | None) -> list[Tab]:
    """Return the periods as tabs of a page that takes `?period=`."""
    return [
        Tab(period.name, f"?period={period.pk}", current is not None and period.pk == current.pk, "")
        for period in periods
    ]
