"""What pages ask about long work."""

from django.utils.translation import gettext as _

from .declared import declared
from .models import State, Work


def sentence(work: Work) -> str:
    """Say where a work is, in one sentence."""
    counts = {"done": work.done, "total": work.total}
    if work.state == State.FINISHED:
        return str(declared(work.what).ready) % counts
    if work.state == State.REFUSED:
        return work.refusal
    if work.state == State.LOST:
        words = _("The work stopped at %(done)s of %(total)s. Ask for it again where you asked before.")
        return words % counts
    if work.state == State.WAITING:
        return _("It waits for its turn…")
    return _("%(done)s of %(total)s are done.") % counts if work.total else _("It has begun…")
