"""Two records of one person: proposed, looked at side by side, made one, made two again."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, is_confirmed, show, typed, understood
from preau.kit.http import Request
from preau.kit.sensitive import sensitive

from .. import actions, confirmations, merging, queries
from ..doubles import doubles as possible_doubles
from ..doubles import merges, told_apart
from ..forms import OtherRecordForm
from ..models import Merge, Person, ToldApart
from ..rules import may_manage_people


@require_safe
@sensitive
@opens(may_manage_people)
def doubles(request: Request) -> HttpResponse:
    return show(
        request, "people/doubles.html", pairs=possible_doubles(), merges=merges(), told_apart=told_apart()
    )


@act_door
@sensitive
@reaches(may_manage_people, somebody=Person)
def apart(request: Request, somebody: Person) -> HttpResponse:
    """Note that somebody and the other record that was proposed are two persons."""
    other = understood(OtherRecordForm(typed(request)))["gone"]
    act(request, actions.tell_apart, one=somebody, other=other)
    words = _("%(one)s and %(other)s are two persons: they are proposed no more.")
    names = {"one": somebody.full_name, "other": other.full_name}
    return go_on(request, words % names, "people:doubles")


@act_door
@sensitive
@reaches(may_manage_people.over(ToldApart), apart=ToldApart)
def apart_end(request: Request, apart: ToldApart) -> HttpResponse:
    act(request, actions.propose_again, apart=apart)
    return go_on(request, _("The two are proposed again."), "people:doubles")


@form_door
@sensitive
@reaches(may_manage_people, somebody=Person)
def merge(request: Request, somebody: Person) -> HttpResponse:
    """Show what the other record would bring, side by side; with no other chosen, who it may be."""
    form = OtherRecordForm(typed(request) or request.GET)
    if not form.is_valid():
        words = request.GET.get("q", "")[:80]
        pairs = possible_doubles([somebody.pk])
        found = queries.persons_named(words, but=somebody)
        return show(
            request, "people/merge_with.html", somebody=somebody, pairs=pairs, words=words, found=found
        )
    gone = form.cleaned_data["gone"]
    if is_confirmed(request) and (merged := done(request, form, actions.merge_persons, kept=somebody)):
        words = _("%(gone)s and %(kept)s are one now.") % {
            "gone": merged.result.name,
            "kept": somebody.full_name,
        }
        return go_on(request, words, "people:person", somebody.pk)
    plan = merging.plan(gone=gone, kept=somebody, by=request.person)
    if plan.hindrances:
        return show(request, "people/merge_hindered.html", somebody=somebody, gone=gone, plan=plan)
    return confirm(request, confirmations.merging(plan), form)


@form_door
@sensitive
@reaches(may_manage_people.over(Merge), merge=Merge)
def merge_undo(request: Request, merge: Merge) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.undoing_merge(merge))
    gone = act(request, actions.undo_merge, merge=merge)
    words = _("%(name)s is a person apart again.") % {"name": merge.name}
    return go_on(request, words, "people:person", gone.pk)
