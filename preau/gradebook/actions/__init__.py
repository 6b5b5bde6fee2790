"""What people do in the gradebook. The only place that writes."""

from .assessments import (
    HasGrades,
    LessThanGiven,
    change_assessment,
    copy_assessment,
    neutralise,
    place_assessment,
    plan_assessment,
    publish_all,
    publish_grades,
    reinstate,
    remove_assessment,
    withdraw_publication,
)
from .cells import (
    AskedCell,
    SheetReport,
    write_cells,
    write_sheet,
)
from .defaults import (
    adopt_defaults,
)
from .grades import (
    GradebookClosed,
    GradeChangedMeanwhile,
    NotInGroup,
    restore_grade,
    write_grade,
    write_remark,
)
from .imports import (
    ImportedGrade,
    import_grades,
)
from .periods import (
    AlreadyClosed,
    NotClosed,
    close_gradebook,
    close_period,
    reopen_gradebook,
)
from .schemes import (
    SchoolNeedsAScheme,
    end_scheme,
    keep_scheme,
)
from .words import (
    NothingToStar,
    OffTheScale,
    choose_result,
    deliberate_result,
    write_comment,
)

__all__ = [
    "AlreadyClosed",
    "AskedCell",
    "GradeChangedMeanwhile",
    "GradebookClosed",
    "HasGrades",
    "ImportedGrade",
    "LessThanGiven",
    "NotClosed",
    "NotInGroup",
    "NothingToStar",
    "OffTheScale",
    "SchoolNeedsAScheme",
    "SheetReport",
    "adopt_defaults",
    "change_assessment",
    "choose_result",
    "close_gradebook",
    "close_period",
    "copy_assessment",
    "deliberate_result",
    "end_scheme",
    "import_grades",
    "keep_scheme",
    "neutralise",
    "place_assessment",
    "plan_assessment",
    "publish_all",
    "publish_grades",
    "reinstate",
    "remove_assessment",
    "reopen_gradebook",
    "restore_grade",
    "withdraw_publication",
    "write_cells",
    "write_comment",
    "write_grade",
    "write_remark",
    "write_sheet",
]
