"""What waits for the titulaire, the secretary and the head."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from preau.gradebook.models import Assessment
from preau.grading.models import Closing
from preau.people.models import Person
from preau.structure.models import ClassGroup, Enrolment, ReportPeriod
from preau.structure.queries import current_year, periods_of
from preau.structure.relations import classes_of

from ..models import Build, Release, TutorWord
from .records import day_of


@dataclass(frozen=True, slots=True)
class WordsToWrite:
    """A class one tutors, and the pupils to whom nobody has written yet."""

    class_group: ClassGroup
    missing: int


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of a period, with how much of it is left."""

    period: ReportPeriod
    count: int
    words: str


def words_to_write(tutor: Person, period: ReportPeriod) -> list[WordsToWrite]:
    """Return the classes of a titulaire with the words to write, until the cards are out. Three queries."""
    if Release.objects.filter(period=period).exists():
        return []
    pupils = dict(
        Enrolment.objects.in_force(day_of(period))
        .filter(class_group__in=classes_of(tutor), class_group__school_year=period.school_year_id)
        .values_list("pupil_id", "class_group_id")
    )
    written = TutorWord.objects.filter(period=period, pupil__in=pupils).exclude(text="")
    for pupil_id in written.values_list("pupil_id", flat=True):
        pupils.pop(pupil_id, None)
    left = Counter(pupils.values())
    classes = ClassGroup.objects.filter(pk__in=left).select_related("year_level")
    return [WordsToWrite(class_group, left[class_group.pk]) for class_group in classes]


def waiting_steps() -> list[Step]:
    """Return the periods of the year that have graded work and are not published. Four queries."""
    year = current_year()
    periods = {period.pk: period for period in periods_of(year)}
    released = set(Release.objects.filter(period__in=periods).values_list("period_id", flat=True))
    groups = Counter(
        Assessment.objects.filter(period__in=set(periods) - released)
        .values_list("period_id", "group_id")
        .distinct()
    )
    open_groups = set(groups) - set(
        Closing.objects.filter(period__in=periods, reopened_at=None).values_list("period_id", "group_id")
    )
    left = Counter(period_id for period_id, _group in open_groups)
    built = set(
        Build.objects.filter(period__in=periods, work__finished_at__isnull=False, is_whole=True).values_list(
            "period_id", flat=True
        )
    )
    return [
        _step(period, left[period.pk], period.pk in built)
        for period in periods.values()
        if any(key == period.pk for key, _group in groups)
    ]


def _step(period: ReportPeriod, left: int, is_built: bool) -> Step:
    if left:
        return Step(period, left, _("gradebooks to close"))
    return Step(period, 0, _("report cards to publish") if is_built else _("report cards to make"))
