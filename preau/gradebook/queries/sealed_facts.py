"""
Which facts of each thing are sealed, by the names of their columns.

These lists belong to the format of seals: one more, or one less, is another format.
"""

WRITTEN = ("version", "points", "token_id", "level_id", "remark", "reason", "written_by", "written_at")
OF_GRADE = ("assessment__group", "pk", "assessment", "pupil", *WRITTEN)
OF_PAST = ("grade__assessment__group", "grade", "grade__assessment", "grade__pupil", *WRITTEN)
OF_ASSESSMENT = (
    "category",
    "purpose",
    "title",
    "held_on",
    "counts_from",
    "max_points",
    "weight",
    "scale",
    "composition",
    "neutralised_at",
    "neutralised_by",
)
OF_PART = ("assessment", "competence", "max_points", "scale")
OF_SUB_GRADE = ("version", "points", "level", "written_by", "written_at")
OF_COMMENT = ("text", "written_by", "written_at")
OF_CLOSING = ("closed_by", "closed_at", "reopened_by", "reopened_at", "reopened_because")
COMPUTED = (
    "scheme",
    "share",
    "computed",
    "daily_work",
    "exam",
    "exam_token",
    "is_assessable",
    "computed_at",
    "scores",
)
CHOSEN = ("chosen", "chosen_because", "chosen_by", "chosen_at")
DECIDED = ("attribute", "deliberated", "deliberated_because", "deliberated_by", "deliberated_at")
OF_SCHEME = (
    "year_level",
    "form",
    "course",
    "daily_work_weight",
    "exam_weight",
    "scale",
    "step",
    "rounding",
    "rounds_components",
    "by_points",
    "drop_lowest",
    "best_of",
    "is_cumulative",
    "pass_mark",
    "least_evidence",
    "allows_bonus",
    "starts_on",
)
