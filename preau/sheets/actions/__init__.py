"""What people do with sheets that come in and books that go out. The only place that writes."""

from .books import (
    NothingToTake,
    make_books,
    note_taking,
    order_books,
    take_book,
)
from .files import (
    LookAgain,
    StillWrong,
    bring_file,
    decide,
    give_file_up,
    lines_of_file,
    put_in,
)
