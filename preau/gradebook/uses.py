"""What the gradebook keeps files for."""

from preau.files.contents import DOCUMENTS
from preau.files.uses import MB, Use, declare

from .models import Assessment, Feedback
from .rules import may_read_grade, may_read_statement

STATEMENT = declare(
    Use(
        "gradebook.statement",
        accepts=DOCUMENTS,
        heaviest=10 * MB,
        opened_by=may_read_statement,
        hangs_on=Assessment,
        through="statement__file",
    )
)
FEEDBACK = declare(
    Use(
        "gradebook.feedback",
        accepts=DOCUMENTS,
        heaviest=10 * MB,
        opened_by=may_read_grade,
        hangs_on=Feedback,
    )
)
