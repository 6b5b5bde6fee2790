"""The questions the screens of the gradebook, and the apps above, ask."""

from .groups import GroupLine, course_groups_of, missing_grades_of
from .reading import CourseReading, ReadGrade, readable_results
from .results import PeriodResult, figures_of, period_results
from .schemes import Schemes, tokens_by_sign
from .sheets import Cell, Column, Row, Sheet, column_of, history_of, row_result, sheet

__all__ = [
    "Cell",
    "Column",
    "CourseReading",
    "GroupLine",
    "PeriodResult",
    "ReadGrade",
    "Row",
    "Schemes",
    "Sheet",
    "column_of",
    "course_groups_of",
    "figures_of",
    "history_of",
    "missing_grades_of",
    "period_results",
    "readable_results",
    "row_result",
    "sheet",
    "tokens_by_sign",
]
