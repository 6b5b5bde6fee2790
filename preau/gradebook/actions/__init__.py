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
from .cells import AskedCell, SheetReport, write_cells, write_sheet
from .defaults import adopt_defaults
from .grades import GradebookClosed, GradeChangedMeanwhile, NotInGroup, write_grade
from .imports import ImportedGrade, import_grades
from .periods import AlreadyClosed, NotClosed, close_gradebook, close_period, reopen_gradebook
from .schemes import SchoolNeedsAScheme, end_scheme, keep_scheme
from .words import OffTheScale, choose_result, write_comment

__all__ = [
    "AlreadyClosed",
    "AskedCell",
    "GradeChangedMeanwhile",
    "GradebookClosed",
    "HasGrades",
    "ImportedGrade",
    "NotClosed",
    "NotInGroup",
    "OffTheScale",
    "SchoolNeedsAScheme",
    "SheetReport",
    "adopt_defaults",
    "change_assessment",
    "choose_result",
    "close_gradebook",
    "close_period",
    "end_scheme",
    "import_grades",
    "keep_scheme",
    "neutralise",
    "plan_assessment",
    "publish_grades",
    "reinstate",
    "remove_assessment",
    "reopen_gradebook",
    "withdraw_publication",
    "write_cells",
    "write_comment",
    "write_grade",
    "write_sheet",
]
