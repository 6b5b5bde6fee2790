"""What long work keeps files for: documents that were made for somebody to take away."""

from preau.files.uses import MB, Use, declare

from .rules import may_take_result

RESULT = declare(
    Use(
        "work.result",
        accepts=None,
        heaviest=4000 * MB,
        opened_by=may_take_result,
        through="result",
        is_counted=False,
        is_sensitive=True,
    )
)
