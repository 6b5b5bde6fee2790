"""The facts grading announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchemeFollowed:
    """A scheme is ended and another goes on in its place: what hangs on the first goes with the second."""

    scheme_id: int
    next_id: int
