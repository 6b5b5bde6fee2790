"""The nouns of grading."""

from .categories import Category, Token
from .results import Closing, CourseResult
from .scales import PERCENT, Level, Scale
from .schemes import CategoryWeight, Scheme, TokenRule
