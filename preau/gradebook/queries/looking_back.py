"""What those who taught a group read on of its gradebook: what was done in their days, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from preau.people.models import Person
from preau.people.ties import in_force
from preau.structure.models import CourseGroup, ReportPeriod, TeachingAssignment
from preau.structure.place import place_of
from preau.structure.queries import current_year
from preau.structure.relations import groups_of

from ..models import Assessment
from ..rules import may_look_back_at_assessment, may_look_back_at_row
from .cells import assessments_before, assessments_in
from .narrowing import keep_columns
from .rows import rows_read
from .scores import live_result
from .sheet_values import Sheet
from .sheets import share, sheet


@dataclass(frozen=True, slots=True)
class EarlierGroup:
    """A group that somebody taught, from when to when (excluded), and the last day on which they read it."""

    group: CourseGroup
    starts_on: date
    ends_on: date | None
    """None for a group of an earlier year that nobody has taken from them yet."""

    @property
    def read_until(self) -> date | None:
        return self.ends_on and self.ends_on + timedelta(days=settings.FORMER_TEACHERS_READ_DAYS - 1)

    @property
    def last_day(self) -> date | None:
        return self.ends_on and self.ends_on - timedelta(days=1)


def earlier_groups(teacher: Person) -> list[EarlierGroup]:
    """Return the groups somebody taught, and reads on though they teach them no more, the latest first."""
    mine, year = groups_of(teacher), current_year()
    over = Q(pk__in=place_of(teacher).taught) & ~Q(group__in=mine)
    of_another_year = Q(in_force(), teacher=teacher.pk) & ~Q(group__school_year=year)
    ties = TeachingAssignment.objects.filter(over | of_another_year)
    spans: dict[int, EarlierGroup] = {}
    for tie in ties.select_related("group__course", "group__school_year").order_by("-starts_on", "pk"):
        latest = spans.get(tie.group_id)
        spans[tie.group_id] = EarlierGroup(
            tie.group, tie.starts_on, latest.ends_on if latest else tie.ends_on
        )
    return sorted(spans.values(), key=_latest_first)


def earlier_group(group: CourseGroup, teacher: Person) -> EarlierGroup | None:
    """Return the group as one that somebody taught, nothing when they do not look back at it."""
    return next((each for each in earlier_groups(teacher) if each.group.pk == group.pk), None)


def _latest_first(earlier: EarlierGroup) -> tuple[int, str, str]:
    return (-(earlier.ends_on or date.max).toordinal(), earlier.group.course.name, earlier.group.name)


def rows_taught(group: CourseGroup, teacher: Person) -> frozenset[int]:
    """Return the pupils whose rows somebody reads on because they taught them in this group."""
    ties = may_look_back_at_row.among(group.memberships.all(), teacher)
    return frozenset(ties.values_list("pupil", flat=True))


def sheet_read_by(reader: Person, group: CourseGroup, period: ReportPeriod) -> Sheet:
    """Return the sheet of a group as one reads it: whole, the rows of one's class, or what was one's own."""
    read = rows_read(group, reader)
    if read is None or read:
        return sheet(group, period, read)
    return _as_taught(sheet(group, period, rows_taught(group, reader)), reader)


def reads_result(reader: Person, group: CourseGroup, period: ReportPeriod, pupil: Person) -> bool:
    """
    Say whether somebody reads the result of a pupil in a group, and why it is so.

    Who looks back does where each assessment that may count was theirs: a figure tells what it is made of.
    """
    read = rows_read(group, reader)
    if read is None or pupil.pk in read:
        return True
    page = sheet(group, period, frozenset({pupil.pk}))
    return pupil.pk in rows_taught(group, reader) and _is_all_theirs(page, reader)


def rows_at(assessment: Assessment, reader: Person) -> frozenset[int] | None:
    """Return whose rows somebody reads at an assessment; None stands for all."""
    read = rows_read(assessment.group, reader)
    if read is None or not may_look_back_at_assessment.allows(reader, assessment):
        return read
    return read | rows_taught(assessment.group, reader)


def period_taught(group: CourseGroup, teacher: Person) -> ReportPeriod | None:
    """Return the last period in which somebody taught a group they teach no more."""
    earlier = earlier_group(group, teacher)
    if earlier is None or earlier.ends_on is None:
        return None
    periods = ReportPeriod.objects.filter(school_year=group.school_year_id, starts_on__lt=earlier.ends_on)
    return periods.order_by("-starts_on").first()


def _as_taught(page: Sheet, reader: Person) -> Sheet:
    """Keep of a sheet the assessments of a former teacher; the results where all of them were theirs."""
    if _is_all_theirs(page, reader):
        return page
    keep_columns(page, _theirs([assessment.pk for assessment in page.assessments], reader))
    for row in page.rows:
        row.trend = [share(cell, column) for cell, column in zip(row.cells, page.assessments, strict=True)]
        row.result, row.kept = live_result(row.pupil.pk, page.group.pk, page.scheme, ()), None
        if row.comment and row.comment.written_by_id != reader.pk:
            row.comment = None
    page.comments_written = sum(1 for row in page.rows if row.comment)
    return page


def _is_all_theirs(page: Sheet, reader: Person) -> bool:
    counted = [assessment.pk for assessment in assessments_in(page.group.pk, page.period.pk)]
    if page.scheme.is_cumulative:
        before = assessments_before(page.group.pk, page.group.school_year_id, page.period.starts_on)
        counted += [assessment.pk for assessment in before]
    return _theirs(counted, reader) == set(counted)


def _theirs(assessments: list[int], reader: Person) -> frozenset[int]:
    known = Assessment.objects.filter(pk__in=assessments)
    return frozenset(may_look_back_at_assessment.among(known, reader).values_list("pk", flat=True))
