"""The questions the screens of the gradebook, and the apps above, ask."""

from ..typed import Typed
from .groups import GroupLine, course_groups_of, gradebooks_of, missing_grades_of
from .pages import (
    Anomaly,
    anomalies_of,
    around,
    explanation,
    named_like,
    parallel_groups,
    period_tabs,
    period_to_open,
    periods_of_pupil,
    publication_of,
    pupils_read_by,
    sheet_as_data,
    show_only,
    usual_assessment,
)
from .reading import CourseReading, ReadGrade, new_grades, readable_results
from .results import PeriodResult, figures_of, period_results
from .schemes import Schemes, tokens, tokens_by_sign
from .sheets import Cell, Column, Row, Sheet, column_of, history_of, row_result, sheet, stamp_of
from .simulation import Simulation, simulate
from .years import year_of, year_share

__all__ = [
    "Anomaly",
    "Cell",
    "Column",
    "CourseReading",
    "GroupLine",
    "PeriodResult",
    "ReadGrade",
    "Row",
    "Schemes",
    "Sheet",
    "Simulation",
    "Typed",
    "anomalies_of",
    "around",
    "column_of",
    "course_groups_of",
    "explanation",
    "figures_of",
    "gradebooks_of",
    "history_of",
    "missing_grades_of",
    "named_like",
    "new_grades",
    "parallel_groups",
    "period_results",
    "period_tabs",
    "period_to_open",
    "periods_of_pupil",
    "publication_of",
    "pupils_read_by",
    "readable_results",
    "row_result",
    "sheet",
    "sheet_as_data",
    "show_only",
    "simulate",
    "stamp_of",
    "tokens",
    "tokens_by_sign",
    "usual_assessment",
    "year_of",
    "year_share",
]
