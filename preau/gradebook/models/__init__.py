"""The nouns of the gradebook."""

from .assessments import Assessment, Category, Grade, PastGrade, Publication, Token
from .files import Parcel, SheetFile
from .results import Closing, Comment, CourseResult
from .schemes import CategoryWeight, Scheme, TokenRule

__all__ = [
    "Assessment",
    "Category",
    "CategoryWeight",
    "Closing",
    "Comment",
    "CourseResult",
    "Grade",
    "Parcel",
    "PastGrade",
    "Publication",
    "Scheme",
    "SheetFile",
    "Token",
    "TokenRule",
]
