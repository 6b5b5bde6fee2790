"""
A sheet as a file: what leaves can come back, and what a teacher kept elsewhere can come in.

`labels` name the columns of an export, so that they are known again. `lines` finds the tables of a file of
any layout, `columns` guesses what each column is, `pupils` who each line is about; cells are read as those of
any import. `reading` brings that together under the choices of the teacher. `comparison` puts it beside the
sheet: what would be new, what would change, what is wrong. Nothing here writes: `actions.files` does.
"""

from .choices import Choices, ColumnChoice
from .comparison import Comparison, compare
from .labels import KEY_TITLE, column_labels
from .page import FilePage, page_of

__all__ = [
    "KEY_TITLE",
    "Choices",
    "ColumnChoice",
    "Comparison",
    "FilePage",
    "column_labels",
    "compare",
    "page_of",
]
