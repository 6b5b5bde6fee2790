"""What people do in the gradebook. The only place that writes."""

from .assessments import (
    HasGrades,
    change_assessment,
    neutralise,
    plan_assessment,
    publish_grades,
    reinstate,
    remove_assessment,
    withdraw_publication,
)
from .defaults import adopt_defaults
from .grades import GradebookClosed, GradeChangedMeanwhile, NotInGroup, write_grade
from .imports import ImportedGrade, import_grades
from .periods import AlreadyClosed, NotClosed, close_gradebook, close_period, reopen_gradebook
from .words import OffTheScale, choose_result, write_comment

__all__ = [
    "AlreadyClosed",
    "GradeChangedMeanwhile",
    "GradebookClosed",
    "HasGrades",
    "ImportedGrade",
    "NotClosed",
    "NotInGroup",
    "OffTheScale",
    "adopt_defaults",
    "change_assessment",
    "choose_result",
    "close_gradebook",
    "close_period",
    "import_grades",
    "neutralise",
    "plan_assessment",
    "publish_grades",
    "reinstate",
    "remove_assessment",
    "reopen_gradebook",
    "withdraw_publication",
    "write_comment",
    "write_grade",
]
