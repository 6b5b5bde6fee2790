"""The nouns of the gradebook."""

from .assessments import Assessment, Grade, PastGrade, Publication
from .attachments import Feedback, Statement
from .comments import Comment
from .competences import (
    AssessedCompetence,
    Competence,
    CompetenceRule,
    CompetenceThreshold,
    PastSubGrade,
    SubGrade,
)
from .rubrics import (
    Criterion,
    Descriptor,
    FillingChoice,
    PastFilling,
    Rubric,
    RubricFilling,
    RubricLevel,
    RubricUse,
)
from .seals import Seal, SealRegister
