"""The nouns of the gradebook."""

from .assessments import Assessment, Category, Grade, PastGrade, Publication, Token
from .attachments import Feedback, Statement
from .competences import (
    AssessedCompetence,
    Competence,
    CompetenceRule,
    CompetenceThreshold,
    PastSubGrade,
    SubGrade,
)
from .files import Parcel, SheetFile
from .results import Closing, Comment, CourseResult
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
from .scales import Level, Scale
from .schemes import CategoryWeight, Scheme, TokenRule
from .seals import Seal
