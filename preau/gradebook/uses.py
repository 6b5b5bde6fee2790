"""What the gradebook keeps files for."""

from preau.files.contents import DOCUMENTS
from preau.files.uses import MB, Use, declare

from .rules import may_read_feedback, may_read_statement

STATEMENT = declare(
    Use(
        "gradebook.statement",
        accepts=DOCUMENTS,
        heaviest=10 * MB,
        opened_by=may_read_statement,
        through="statement__file",
    )
)
FEEDBACK = declare(
    Use(
        "gradebook.feedback",
        accepts=DOCUMENTS,
        heaviest=10 * MB,
        opened_by=may_read_feedback,
    )
)
