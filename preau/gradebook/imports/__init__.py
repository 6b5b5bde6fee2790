"""The files of grades that a school brings in."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports.kinds import Repeat, TableKind, declare

from . import undoing
from .columns import GRADE_TARGETS
from .grades import bring_grades, periods_to_choose, usual_maximum

declare(
    TableKind(
        key="grades",
        label=_("Grades"),
        lead=_("One line for each grade, or one column for each assessment."),
        rank=50,
        source="proeco",
        bring=bring_grades,
        may_make_missing=True,
        needs=(
            ("pupil_id", "family_name", "full_name"),
            ("group_code", "course_code", "course_name"),
            ("title",),
            ("period",),
            ("points",),
        ),
        targets=GRADE_TARGETS,
        repeat=Repeat(
            label=_("the grades of one assessment"),
            value="points",
            title="title",
            choice="period",
            choices=periods_to_choose,
            number="max_points",
            usual_number=usual_maximum,
        ),
    )
)
