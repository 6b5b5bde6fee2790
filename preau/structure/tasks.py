"""The long work of the structure."""

from preau.work.declared import long_work
from preau.work.models import Work

from . import actions
from .queries.rollover.applied import ROLLOVER
from .rules import may_manage_structure


@long_work(ROLLOVER, open_to=may_manage_structure, followed_by=may_manage_structure)
def bring_forward(work: Work) -> None:
    actions.make_rollover(work=work)
