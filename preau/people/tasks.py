"""What is done with the register of persons, aside."""

from preau.kit import clock
from preau.kit.jobs import job, once_a_day

from . import actions


@once_a_day
@job
def forget_merges() -> None:
    actions.forget_merges(at=clock.now())
