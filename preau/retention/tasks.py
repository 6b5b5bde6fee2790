"""What is done every day: letting go what has been kept long enough."""

from preau.kit import clock
from preau.kit.jobs import job, once_a_day

from . import actions


@once_a_day
@job
def erase_what_is_due() -> None:
    actions.erase_what_is_due(at=clock.now())
