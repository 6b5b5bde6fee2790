"""Assessments and grades of a bundle of ours: categories, line items, results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from preau.gradebook.models import Assessment, Grade
from preau.grading.models import Category, Token
from preau.kit.progress import Progress

from .ids import item_key

ORG = "school"
CHUNK = 2000
Facts = dict[str, Any]


class OutgoingMarks:
    """What some groups assessed, and what their pupils achieved."""

    def __init__(self, groups: list[int], user: Callable[[int], str]) -> None:
        self._groups, self._user = groups, user

    def grades(self) -> QuerySet[Grade]:
        return Grade.objects.filter(assessment__group__in=self._groups).written()

    def categories(self) -> Iterator[Facts]:
        used = Assessment.objects.filter(group__in=self._groups).values("category")
        for category in Category.objects.filter(pk__in=used):
            yield {
                "sourcedId": f"category-{category.pk}",
                "title": category.name,
                "metadata.code": category.code,
                "metadata.component": category.component,
            }

    def line_items(self) -> Iterator[Facts]:
        held = Assessment.objects.filter(group__in=self._groups)
        for assessment in held.select_related("scale").order_by("group", "period", "rank", "pk"):
            yield {
                "sourcedId": item_key(assessment.pk),
                "title": assessment.title,
                "description": assessment.remark,
                "assignDate": assessment.held_on,
                "dueDate": assessment.held_on,
                "classSourcedId": f"group-{assessment.group_id}",
                "categorySourcedId": f"category-{assessment.category_id}",
                "gradingPeriodSourcedId": f"period-{assessment.period_id}",
                "schoolSourcedId": ORG,
                "resultValueMin": "0",
                "resultValueMax": plain_number(assessment.max_points),
                "metadata.weight": plain_number(assessment.weight),
                "metadata.purpose": assessment.purpose,
                "metadata.neutralised": yes_or_no(assessment.is_neutralised),
                "metadata.countsFrom": assessment.counts_from,
                "metadata.scale": assessment.scale.name if assessment.scale else "",
            }

    def results(self, progress: Progress) -> Iterator[Facts]:
        grades = (
            self.grades()
            .order_by("pk")
            .values_list(
                "pk", "assessment_id", "assessment__group_id", "pupil_id", "points", "token__code",
                "token__effect", "level__code", "written_at", "remark",
            )
        )  # fmt: skip
        total = grades.count()
        for done, grade in enumerate(grades.iterator(chunk_size=CHUNK), start=1):
            yield self._result(*grade)
            progress(done, total)

    def _result(
        self,
        key: int,
        assessment: int,
        group: int,
        pupil: int,
        points: Decimal | None,
        token: str | None,
        effect: str | None,
        level: str | None,
        at: datetime,
        remark: str,
    ) -> Facts:
        status = "fully graded"
        if token:
            status = "not submitted" if effect == Token.Effect.ZERO else "exempt"
        return {
            "sourcedId": f"grade-{key}",
            "lineItemSourcedId": item_key(assessment),
            "studentSourcedId": self._user(pupil),
            "scoreStatus": status,
            "score": "" if points is None else plain_number(points),
            "scoreDate": at.date(),
            "comment": remark,
            "textScore": level or "",
            "classSourcedId": f"group-{group}",
            "metadata.sign": token or level or "",
        }


def plain_number(number: Decimal) -> str:
    """Return a number as a bundle writes it: 12.5, never 1E+1."""
    return f"{number.normalize():f}"


def yes_or_no(is_so: bool) -> str:
    """Return what the standard writes of what is so, or not."""
    return "true" if is_so else "false"
