"""The trail, as the house sees it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import MenuEntry, Module, declare

from . import queries
from .rules import may_read_given, may_read_trail


def _given(request: Any) -> str | None:
    """Tell the head of new ties and duties of those who work here; whoever holds a duty, of a second one."""
    traces = queries.lately_given(request.person)
    if not traces:
        return None
    context = {"traces": traces, "reads_all": may_read_given.admits(request.person)}
    return render_to_string("trail/_given.html", context, request)


declare(
    Module(
        key="trail",
        name=_("Trail"),
        icon="history",
        rank=920,
        menu=(
            MenuEntry(_("Who did what"), "history", "trail:acts", may_read_trail),
            MenuEntry(_("New ties and functions"), "id-badge", "trail:given", may_read_given),
        ),
        cards=(_given,),
        can_close=False,
    )
)
