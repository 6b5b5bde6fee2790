"""Having long work done: in the request when it is small, else aside."""

from preau.kit import jobs

from .actions import refuse
from .declared import declared
from .models import Work


@jobs.job
def do_work(work_id: int) -> None:
    work = Work.objects.select_related("asked_by").filter(pk=work_id).first()
    if work:  # Who asked has not asked for another since.
        known = declared(work.what)
        if work.asked_by and not known.open_to.admits(work.asked_by):
            refuse(work=work)
        else:
            known.act(work)


def start(work: Work, *, size: int | None = None) -> None:
    """Have ordered work done: at once when its size is known and small enough, else by the worker."""
    known = declared(work.what)
    if size is not None and size <= known.at_once_up_to:
        known.act(work)
    else:
        jobs.start(do_work, work_id=work.pk)
