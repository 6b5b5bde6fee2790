"""
Great acts are asked about first: what touches a class, a level, the school or families, or ends a right.

    @form_door
    @reaches(publishes, period=ReportPeriod)
    def closing(request: Request, period: ReportPeriod) -> HttpResponse:
        if is_confirmed(request):
            act(request, actions.close_gradebooks, period=period)
            return go_on(request, _("The gradebooks are closed."), "report_cards:period", period.pk)
        return confirm(request, queries.what_closing_does(period))

The door of the act shows the question when it is read, and when it is pressed without having been confirmed.
`{% great_act %}` draws the way to it: a dialog over the page, and without scripts a page of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from preau.kit.acts import show
from preau.kit.http import Request
from preau.kit.modules import Words


@dataclass(frozen=True)
class Question:
    """A great act before it is done. Its button says the act, never "OK"."""

    title: Words
    button: Words
    back: str
    """The address to go back to when it is not done."""
    does: Sequence[Words] = ()
    """What it does, in sentences with their counts."""
    loses: Sequence[Words] = ()
    """What is lost or missing then, in sentences with their counts."""
    tone: str = "danger"
    icon: str = "alert-triangle"


def confirm(
    request: Request,
    question: Question,
    form: BaseForm | None = None,
    page: str = "design/confirmation.html",
    **context: Any,
) -> HttpResponse:
    """Ask before a great act; with the form it needs, if any, which may have come back with reasons."""
    is_dialog = request.htmx and request.method == "GET"
    template = "design/confirmation_dialog.html" if is_dialog else page
    answer = show(request, template, question=question, form=form, act=request.path, **context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
