"""The questions the screens of the gradebook, and the apps above, ask."""

from ..typed import Typed
from .competences import (
    CompetenceReading,
    HeatMap,
    competence_tabs,
    ended_competences,
    heat_map,
    open_competences,
    readable_competences,
    subjects_with_competences,
)
from .dossiers import held_about
from .explaining import explained_results, explanation
from .extras import extras_of
from .figures import (
    TestFigures,
    past_of,
    test_figures,
    trend_of,
)
from .groups import GroupLine, course_groups_of, gradebooks_of, missing_grades_of
from .looking_back import (
    EarlierGroup,
    earlier_group,
    earlier_groups,
    period_taught,
    reads_result,
    rows_at,
    rows_taught,
    sheet_read_by,
)
from .narrowing import Choice, narrow
from .new_grades import new_grades
from .overload import (
    ClassLoad,
    load_of,
    overload_in_words,
)
from .pages import (
    Anomaly,
    anomalies_of,
    around,
    named_like,
    parallel_groups,
    period_tabs,
    period_to_open,
    periods_begun,
    publication_of,
    pupils_read_by,
    usual_assessment,
)
from .parts import (
    PartsPage,
    as_begun_from,
    competences_of,
    earlier_assessments,
    feedback_of,
    files_of,
    parts_as_data,
    parts_of,
    parts_page,
    parts_stamp,
    statement_of,
    sub_history,
)
from .read_grades import ReadGrade
from .reading import CourseReading, readable_results
from .results import period_results, results_of_periods
from .rows import Rows, rows_read
from .rubrics import (
    RubricLine,
    RubricTable,
    filling_lines,
    filling_of,
    next_pupil,
    rubric_of,
    rubric_table,
    rubrics_known,
)
from .scores import PupilResult
from .seal_files import NotALedger, TakenLedger, ledger_file, read_ledger, replaced_since
from .seals import (
    Ledger,
    erased_on,
    ledger_of,
    public_keys,
    seals_with_keys,
    was_erased,
    words_of_end,
    words_of_problems,
)
from .sheet_values import Cell, Column, Row, Sheet
from .sheets import column_of, history_of, sheet
from .simulation import Simulation, simulate
from .stamps import stamp_of
from .years import year_of, year_of_pupil
