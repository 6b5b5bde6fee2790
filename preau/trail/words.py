"""What the trail tells of an act, in the words declared beside the action (`kit.traces`)."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from preau.kit.traces import act_called, traced_acts
from preau.people.models import Duty

from .models import Trace

DUTIES = dict(Duty.Kind.choices)
UNNAMED = _("did something that has no name yet")


def is_named(code: str) -> bool:
    """Say whether an act has words."""
    return act_called(code) is not None


def sentence_of(trace: Trace) -> str:
    """Return what somebody did, in the language of the moment."""
    known = defaultdict(str, trace.details, subject=trace.subject)
    known["duty"] = str(DUTIES.get(known["duty"], ""))
    act = act_called(trace.act)
    return str(act.words if act else UNNAMED) % known


def named_acts() -> Iterator[tuple[str, str]]:
    """Yield each act that has words, with them as a filter shows them, sorted by the words."""
    blank: defaultdict[str, str] = defaultdict(lambda: "…")
    names = ((act.code, str(act.words) % blank) for act in traced_acts())
    yield from sorted(names, key=lambda named: named[1].casefold())
