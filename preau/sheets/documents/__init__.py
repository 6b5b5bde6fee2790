"""
What the gradebook puts on paper: the list of a class, the gradebook of a year, why results are what they are.

Each module gathers what its template of `paper/` draws, already in words; `kit.pdf` makes the document of it.
"""

from .blank import USUAL_COLUMNS, blank_list
from .books import BOOK, book, book_data
from .explaining import explanation_of

__all__ = ["BOOK", "USUAL_COLUMNS", "blank_list", "book", "book_data", "explanation_of"]
