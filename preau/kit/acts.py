"""
What people do on a page, once and everywhere the same.

    @form_door
    @reaches(may_plan_for, pupil=Person)
    def plan_for(request: Request, pupil: Person) -> HttpResponse:
        form = NewPlanForm(typed(request))
        if plan := done(request, form, actions.make_plan, pupil=pupil):
            return go_on(request, _("The plan is made."), "follow_up:plan", plan.result.pk)
        return show(request, "follow_up/plan_form.html", form=form, pupil=pupil)

    @act_door
    @reaches(may_keep_plan, plan=AdjustmentPlan)
    def removal(request: Request, plan: AdjustmentPlan) -> HttpResponse:
        act(request, actions.remove_plan, plan=plan)
        return go_on(request, _("The plan is gone."), "follow_up:plans")

Actions are told who acts and when (`by`, `at`: one moment for the whole request). A refusal comes back on the
form, at the field it names, with all that was typed; on a button it becomes a sentence on the page one came
from (`design.middleware`). A form that is sent twice is done once (`kit.sendings`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.forms import BaseForm, CheckboxInput, MultipleHiddenInput
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from . import clock
from .access import View
from .clashes import taking_turns
from .http import Request
from .refusals import Refusal
from .sendings import done_once

T = TypeVar("T")
OK, TO_MEND = 200, 422
CONFIRMED, YES = "confirmed", "yes"
"""What the button of a confirmation sends (`design.confirmations`)."""


def form_door(view: View) -> View:
    """Let a view show a form (GET, HEAD) and take it (POST)."""
    return require_http_methods(["GET", "HEAD", "POST"])(done_once(view))


def act_door(view: View) -> View:
    """Let a view take an act (POST) that another page shows."""
    return require_http_methods(["POST"])(done_once(view))


@dataclass(frozen=True)
class Done(Generic[T]):
    """An act that was done, and what it made."""

    result: T


def typed(request: Request) -> QueryDict | None:
    """Return what was sent, nothing while the page is only read: `PlanForm(typed(request))`."""
    return request.POST if request.method == "POST" else None


def act(request: Request, action: Callable[..., T], **facts: Any) -> T:
    """
    Carry out an action in the name of whoever asks, at the moment of the request; return what it made.

    :raises Refusal: what cannot be done; nothing of it is written
    """
    made = taking_turns(lambda: action(**facts, by=request.person, at=moment_of(request)))
    request.has_acted = True
    return made


def done(request: Request, form: BaseForm, action: Callable[..., T], **facts: Any) -> Done[T] | None:
    """
    Carry out what a form asks; None when nothing was sent, or it cannot be done and the form says why.

    The action gets the fields of the form (or `form.facts`, when those are not its arguments) and the facts.
    """
    request.to_mend = form
    if request.method != "POST" or not is_understood(form):
        return None
    try:
        return Done(act(request, action, **{**_facts_of(form), **facts}))
    except Refusal as refusal:
        request.refusal = refusal
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def understood(form: BaseForm) -> Mapping[str, Any]:
    """
    Return what was asked on a form that no page draws again: the ticks of a list, the value of a button.

    :raises Refusal: with the reasons, when it is not understood
    """
    if not is_understood(form):
        raise Refusal(" ".join(str(words) for reasons in form.errors.values() for words in reasons))
    return _facts_of(form)


def _facts_of(form: BaseForm) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = getattr(form, "facts", form.cleaned_data)
    return facts


def go_on(request: Request, words: object, to: Any, *keys: Any, **named: Any) -> HttpResponse:
    """Say what is now true, and go where it shows: an address, a record, or a name and its keys."""
    said = str(words)
    if said:
        messages.success(request, said)
    request.said = said
    return HttpResponseRedirect(resolve_url(to, *keys, **named))


def show(request: Request, template: str, /, **context: Any) -> HttpResponse:
    """Draw a page. Its status is 422 when one of its forms was sent and came back with reasons."""
    status = status_of(*context.values()) if request.method == "POST" else OK
    return render(request, template, context, status=status)


def status_of(*things: object) -> int:
    """Return the status of what shows these things: 422 when a form among them came back with reasons."""
    forms = [thing for thing in things if isinstance(thing, BaseForm | BaseFormSet)]
    return TO_MEND if any(form.is_bound and not form.is_valid() for form in forms) else OK


def is_confirmed(request: Request) -> bool:
    """Say whether a great act was confirmed, on the page that tells what it does."""
    return request.method == "POST" and request.POST.get(CONFIRMED) == YES


def moment_of(request: Request) -> datetime:
    """Return the moment of the request: whatever it writes happened then."""
    if not hasattr(request, "moment"):
        request.moment = clock.now()
    return request.moment


def is_understood(form: BaseForm) -> bool:
    """Say whether all that was typed is understood. Nothing is not, nor a field sent with two answers."""
    if _came_without_answers(form):
        form.add_error(None, _("Nothing of this form arrived. Load the page again, and send it once more."))
    for name in _answered_twice(form):
        form.add_error(name, _("This came twice, with two answers. Choose one and send it again."))
    return form.is_valid()


def _came_without_answers(form: BaseForm) -> bool:
    """Say whether no field at all was sent: an empty one is, a box that is not ticked never is."""
    return (
        form.is_bound
        and bool(form.fields)
        and all(
            each.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))
            for name, each in form.fields.items()
        )
    )


def _answered_twice(form: BaseForm) -> Iterator[str]:
    if not isinstance(form.data, QueryDict):
        return
    for name, field in form.fields.items():
        takes_many = isinstance(field.widget, CheckboxInput | MultipleHiddenInput) or getattr(
            field.widget, "allow_multiple_selected", False
        )
        if not takes_many and len(set(form.data.getlist(form.add_prefix(name)))) > 1:
            yield name
