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
from .attachments import (
    attach_statement,
    give_feedback,
    remove_statement,
    take_feedback_back,
)
from .cells import (
    AskedCell,
    SheetReport,
    write_cells,
    write_sheet,
)
from .competences import (
    CodeTaken,
    CompetenceInUse,
    carry_competence_rule,
    keep_competence_rule,
    keep_competences,
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
from .levels import OtherGradesThere, PartsDecide
from .looks import (
    note_look_at_ledger,
    note_look_at_results,
    note_look_at_sheet,
    note_taking_ledger,
)
from .parts import (
    AskedPart,
    MoreThanItsParts,
    NothingToAdd,
    PartInUse,
    choose_parts,
    copy_parts,
)
from .periods import (
    AlreadyClosed,
    NotClosed,
    close_gradebook,
    close_period,
    reopen_gradebook,
)
from .rubrics import (
    AskedCriterion,
    RubricChangedMeanwhile,
    RubricEmpty,
    RubricFilled,
    attach_rubric,
    copy_rubric,
    fill_rubric,
    keep_rubric,
)
from .sub_grades import (
    SubGradeChangedMeanwhile,
    write_parts,
    write_sub_grade,
    write_whole_parts,
)
from .words import (
    InAnotherGroup,
    NothingToStar,
    OffTheScale,
    choose_result,
    deliberate_result,
    write_comment,
)
