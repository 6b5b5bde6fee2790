"""A grade as those at home read it: what stands there, told in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from preau.grading.averages import Score
from preau.grading.models import Scheme
from preau.structure.models import ReportPeriod

from ..models import Assessment, Grade
from ..told import Told, told_figure, told_level, told_sign
from .scores import weighed


@dataclass(frozen=True, slots=True)
class ReadGrade:
    """A published grade as families read it."""

    assessment: Assessment
    points: Decimal | None
    token: str
    token_name: str
    effect: str | None
    """What the token does under the scheme."""
    is_low: bool
    """Whether it is under the pass mark of the scheme."""
    remark: str
    level: str = ""
    level_name: str = ""
    level_icon: str = ""

    @property
    def share(self) -> float | None:
        return None if self.points is None else float(self.points / self.assessment.max_points)

    @property
    def told(self) -> Told:
        """Return the grade in words that a family understands."""
        if self.level:
            return told_level(self.level, self.level_name, self.level_icon)
        if self.token:
            return told_sign(self.token, self.token_name, self.effect)
        return told_figure(self.points, self.assessment.max_points, is_bad=self.is_low)

    def score(self, period: ReportPeriod) -> Score:
        """Return the grade as arithmetic sees it, for the result of a period."""
        is_earlier = self.assessment.period_id != period.pk
        sign = self.token or self.level
        return weighed(self.assessment, is_earlier=is_earlier).score(self.points, self.effect, sign)


def as_read(grade: Grade, scheme: Scheme) -> ReadGrade:
    """Return a grade, with its sign, level and assessment at hand, as it is read under a scheme."""
    token, level = grade.token, grade.level
    return ReadGrade(
        assessment=grade.assessment,
        points=grade.points,
        token=token.code if token else "",
        token_name=token.name if token else "",
        effect=scheme.effect(token.code, token.effect) if token else None,
        is_low=scheme.plan.is_low(grade.points, grade.assessment.max_points),
        remark=grade.remark,
        level=level.code if level else "",
        level_name=level.label if level else "",
        level_icon=level.icon if level else "",
    )
