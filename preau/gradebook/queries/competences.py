"""What pupils reach in the competences of a course: period by period, for teachers and for families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.tabs import Tab
from preau.grading.models import Level, Scale, Scheme
from preau.grading.queries import Schemes, scale_by_key, scales
from preau.kit.memory import remember
from preau.kit.questions import asked_often
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod, Subject
from preau.structure.queries import members_of

from ..competence_levels import Method, Outcome, outcome, rank_of
from ..models import Assessment, Competence, CompetenceRule, SubGrade
from ..rules import may_read_sub_grade
from ..told import Told, told_level
from .rows import Rows, only


@dataclass
class LevelCalculation:
    """How a scheme makes one level of several evaluations: the scale, the method, its thresholds."""

    scale: Scale | None
    method: Method = Method.MODE
    thresholds: dict[int, Fraction] = field(default_factory=dict)
    """By key of level."""

    @cached_property
    def levels(self) -> list[Level]:
        """Return the levels that count, the lowest first: the place of each is its rank."""
        return [level for level in reversed(self.scale.levels.all()) if level.is_rated] if self.scale else []

    def rank(self, sub_grade: SubGrade) -> int | None:
        """Return the rank of one evaluation, None when nothing was assessed."""
        level, part = sub_grade.level, sub_grade.part
        if level is not None and self.scale is not None and level.scale_id == self.scale.pk:
            return next((rank for rank, known in enumerate(self.levels) if known.pk == level.pk), None)
        if level is not None:
            share = Fraction(level.share) / 100 if level.is_rated and level.share is not None else None
        elif sub_grade.points is not None and part.max_points:
            share = Fraction(sub_grade.points) / Fraction(part.max_points)
        else:
            share = None
        return None if share is None else rank_of(share, self.reached_from)

    @cached_property
    def reached_from(self) -> list[Fraction | None]:
        return [
            None if level.from_percent is None else Fraction(level.from_percent) / 100
            for level in self.levels
        ]

    def outcome(self, evaluations: Iterable[SubGrade]) -> Outcome:
        """Return what the evaluations of a competence, from the oldest, come to."""
        least = {
            rank: self.thresholds[level.pk]
            for rank, level in enumerate(self.levels)
            if level.pk in self.thresholds
        }
        return outcome([self.rank(evaluation) for evaluation in evaluations], self.method, least)

    def level(self, found: Outcome) -> Level | None:
        """Return the level of an outcome."""
        return None if found.rank is None else self.levels[found.rank]

    def words(self, found: Outcome, *, in_full: bool = False) -> str:
        """Explain an outcome: how many evaluations, which levels (in letters unless told), how."""
        if not found.evaluations:
            return _("Not assessed yet.")
        met = ", ".join(
            f"{count} × {self.levels[rank].label if in_full else self.levels[rank].code}"
            for rank, count in sorted(found.met.items(), reverse=True)
        )
        counted = ngettext(
            "%(count)s evaluation: %(met)s.", "%(count)s evaluations: %(met)s.", found.evaluations
        )
        shown = _("Shown: %(method)s.") % {"method": CompetenceRule.Method(self.method.value).label}
        return f"{counted % {'count': found.evaluations, 'met': met}} {shown}"


def calculation_under(scheme: Scheme) -> LevelCalculation:
    """Return how a scheme makes levels; the first scale and the level met most often unless it says."""
    rule = _rules().get(scheme.pk or 0)
    if rule is None:
        return LevelCalculation(scales()[0] if scales() else None)
    thresholds = {
        threshold.level_id: Fraction(threshold.at_least) / 100 for threshold in rule.thresholds.all()
    }
    return LevelCalculation(scale_by_key(rule.scale_id), Method(rule.method), thresholds)


def _rules() -> dict[int, CompetenceRule]:
    rules = CompetenceRule.objects.prefetch_related("thresholds")
    return remember("competence rules", lambda: {rule.scheme_id: rule for rule in rules})


# ---- What a subject teaches ----


def competence_tabs(here: str, *, with_scales: bool) -> list[Tab]:
    """Return the pages about competences as tabs; `here` is the name of the address of the present one."""
    pages = [("gradebook:competence_subjects", _("Competences")), ("gradebook:rubrics", _("Rubrics"))]
    pages += [("gradebook:scales", _("Scales"))] if with_scales else []
    return [Tab(label, reverse(name), name == f"gradebook:{here}") for name, label in pages]


def subjects_with_competences() -> QuerySet[Subject]:
    """Return the subjects of the school with the number of competences in force."""
    number = Count("competences", filter=Q(competences__ends_on=None))
    return Subject.objects.annotate(number=number).order_by("rank", "name")


def open_competences(subject: Subject) -> QuerySet[Competence]:
    """Return the competences of a subject that have not ended, in order."""
    return Competence.objects.filter(subject=subject, ends_on=None).select_related("course")


def ended_competences(subject: Subject) -> QuerySet[Competence]:
    """Return the competences of a subject that have ended, the latest first."""
    return Competence.objects.filter(subject=subject, ends_on__isnull=False).order_by("-ends_on", "rank")


# ---- What a group reaches ----


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The level of a pupil in a competence."""

    level: Level | None
    heat: int
    """From 0 (the lowest level) to 3 (the best), for the colour; -1 for nothing."""
    words: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A pupil and the level in each competence."""

    pupil: Person
    cells: list[HeatCell]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Pupils by competences, for one group and period."""

    group: CourseGroup
    period: ReportPeriod
    calculation: LevelCalculation
    competences: list[Competence]
    rows: list[HeatRow]


def heat_map(group: CourseGroup, period: ReportPeriod, read: Rows = None) -> HeatMap:
    """Return what the pupils of a group reach in each competence over a period. Four queries."""
    calculation = calculation_under(Schemes(period.starts_on).for_course(group.course))
    counted = _in_time(Assessment.objects.filter(group=group, period=period))
    found: defaultdict[tuple[int, int], list[SubGrade]] = defaultdict(list)
    competences: dict[int, Competence] = {}
    for evaluation in _evaluations(SubGrade.objects.filter(assessment__in=counted), counted):
        competence = evaluation.part.competence
        found[evaluation.pupil_id, competence.pk].append(evaluation)
        competences[competence.pk] = competence
    columns = sorted(
        competences.values(), key=lambda competence: (competence.rank, competence.code, competence.pk)
    )
    rows = [
        HeatRow(pupil, [_heat(calculation, found[pupil.pk, competence.pk]) for competence in columns])
        for pupil in only(members_of(group, during=period), read)
    ]
    return HeatMap(group, period, calculation, columns, rows)


def _in_time(assessments: QuerySet[Assessment]) -> dict[int, Assessment]:
    """Return the assessments that count, from the oldest, by key."""
    return _counting(assessments.order_by("held_on", "rank", "pk"))


def _counting(assessments: Iterable[Assessment]) -> dict[int, Assessment]:
    return {assessment.pk: assessment for assessment in assessments if assessment.counts}


def _evaluations(sub_grades: QuerySet[SubGrade], assessments: dict[int, Assessment]) -> list[SubGrade]:
    """Return evaluations in the order in which pupils were assessed."""
    rows = sub_grades.exclude(points=None, level=None).select_related("part__competence", "level")
    order = {key: position for position, key in enumerate(assessments)}
    counted = (sub_grade for sub_grade in rows if sub_grade.assessment_id in order)
    return sorted(counted, key=lambda sub_grade: order[sub_grade.assessment_id])


def _heat(calculation: LevelCalculation, evaluations: list[SubGrade]) -> HeatCell:
    found = calculation.outcome(evaluations)
    if found.rank is None:
        return HeatCell(None, -1, calculation.words(found) if evaluations else "")
    most = max(len(calculation.levels) - 1, 1)
    return HeatCell(calculation.level(found), found.rank * 3 // most, calculation.words(found))


# ---- What a pupil and the parents read ----


@dataclass(frozen=True, slots=True)
class CompetenceReading:
    """A competence of a pupil: the level of the period, why, and the levels of earlier periods."""

    competence: Competence
    level: Level | None
    words: str
    past: list[tuple[ReportPeriod, Level]]

    @property
    def told(self) -> Told | None:
        """Return the level in words that a family understands."""
        return told_level(self.level.code, self.level.label, self.level.icon) if self.level else None


def readable_competences(
    pupil: Person, period: ReportPeriod, reader: Person
) -> dict[int, list[CompetenceReading]]:
    """
    Return, by group, the competences of a pupil that the reader may read: this period, and their own past.

    Levels are made of what is published to the reader alone.
    """
    counted = _counting(_assessed(pupil.pk, period.school_year_id, period.starts_on))
    if not counted:
        return {}
    readable = may_read_sub_grade.among(SubGrade.objects.filter(pupil=pupil), reader)
    found: defaultdict[tuple[int, int], defaultdict[int, list[SubGrade]]] = defaultdict(
        lambda: defaultdict(list)
    )
    periods: dict[int, ReportPeriod] = {}
    for evaluation in _evaluations(readable, counted):
        assessment = counted[evaluation.assessment_id]
        periods[assessment.period_id] = assessment.period
        of_competence = found[assessment.group_id, evaluation.part.competence_id]
        of_competence[assessment.period_id].append(evaluation)
    groups = {assessment.group_id: assessment.group for assessment in counted.values()}
    readings: defaultdict[int, list[CompetenceReading]] = defaultdict(list)
    for (group_id, _competence), by_period in found.items():
        calculation = calculation_under(Schemes(period.starts_on).for_course(groups[group_id].course))
        readings[group_id].append(_reading(calculation, by_period, period, periods))
    for of_group in readings.values():
        of_group.sort(key=lambda reading: (reading.competence.rank, reading.competence.code))
    return dict(readings)


@asked_often
def _assessed(pupil: int, school_year: int, starts_on: date) -> QuerySet[Assessment]:
    """Return what a pupil's competences were assessed at in periods begun by a day, from the oldest."""
    until = Assessment.objects.filter(
        sub_grades__pupil=pupil, period__school_year=school_year, period__starts_on__lte=starts_on
    )
    return until.distinct().select_related("period", "group__course").order_by("held_on", "rank", "pk")


def _reading(
    calculation: LevelCalculation,
    by_period: dict[int, list[SubGrade]],
    period: ReportPeriod,
    periods: dict[int, ReportPeriod],
) -> CompetenceReading:
    some = next(iter(by_period.values()))
    now = calculation.outcome(by_period.get(period.pk, []))
    past = []
    for key in sorted(by_period, key=lambda key: periods[key].starts_on):
        level = calculation.level(calculation.outcome(by_period[key]))
        if key != period.pk and level is not None:
            past.append((periods[key], level))
    return CompetenceReading(
        some[0].part.competence, calculation.level(now), calculation.words(now, in_full=True), past
    )
