"""The facts the gradebook announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GradesPublished:
    """Pupils, and after the school's delay their parents, may read the grades of an assessment."""

    assessment_id: int


@dataclass(frozen=True)
class PeriodClosed:
    """The gradebook of a group is closed for a period: its results are frozen."""

    group_id: int
    period_id: int
