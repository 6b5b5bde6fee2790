"""Families: who answers for whom, with which rights."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, lists, queries
from ..forms import FamilyFilterForm, KnownGuardianForm, NewGuardianForm, RightsForm
from ..models import Person, Relationship
from ..rules import may_manage_people


@require_GET
@opens(may_manage_people)
def families(request: Request) -> HttpResponseBase:
    form = FamilyFilterForm(request.GET)
    return answer_list(request, lists.families, queries.guardians_found(**form.wanted), form=form)


@require_http_methods(["GET", "POST"])
@reaches(may_manage_people, pupil=Person)
def guardians(request: Request, pupil: Person) -> HttpResponse:
    words = request.GET.get("q", "")[:80]
    known = "guardian" in request.POST
    form = (KnownGuardianForm if known else NewGuardianForm)(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _relate(request, pupil, typed)):
        return redirect("people:person", pupil.pk)
    context = {
        "pupil": pupil,
        "words": words,
        "found": queries.persons_named(words, but=pupil),
        "form": NewGuardianForm(initial={"family_name": pupil.family_name}) if known else form,
        "known_form": form if known else KnownGuardianForm(),
    }
    return render(request, "people/guardians.html", context, status=status_of(form))


def _relate(request: Request, pupil: Person, typed: dict) -> None:
    told = {"pupil": pupil, "by": request.person, "at": clock.now()}
    if guardian := typed.get("guardian"):
        actions.relate_guardian(
            guardian=guardian, kind=typed["kind"], is_legal_responsible=typed["is_legal_responsible"], **told
        )
    else:
        guardian = actions.relate_new_guardian(**typed, **told)
    names = {"guardian": guardian.full_name, "pupil": pupil.full_name}
    messages.success(request, _("%(guardian)s now answers for %(pupil)s.") % names)


@require_http_methods(["GET", "POST"])
@reaches(may_manage_people, relationship=Relationship)
def relationship(request: Request, relationship: Relationship) -> HttpResponse:
    form = RightsForm.of(relationship, request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _change(request, relationship, typed)):
        return redirect("people:person", relationship.pupil_id)
    context = {"tie": relationship, "form": form}
    return render(request, "people/relationship.html", context, status=status_of(form))


def _change(request: Request, relationship: Relationship, typed: dict) -> None:
    checked_on = typed.pop("checked_on")
    about = {name: typed.pop(name) for name in ("kind", "is_legal_responsible")}
    actions.change_rights(
        relationship=relationship,
        rights=typed,
        checked_on=checked_on,
        by=request.person,
        at=clock.now(),
        **about,
    )
    names = {"guardian": relationship.guardian.full_name, "pupil": relationship.pupil.full_name}
    messages.success(request, _("The rights of %(guardian)s for %(pupil)s are noted.") % names)


@require_POST
@reaches(may_manage_people, relationship=Relationship)
def relationship_end(request: Request, relationship: Relationship) -> HttpResponse:
    actions.end_relationship(relationship=relationship, by=request.person, at=clock.now())
    names = {"guardian": relationship.guardian.full_name, "pupil": relationship.pupil.full_name}
    messages.success(request, _("%(guardian)s no longer answers for %(pupil)s.") % names)
    return redirect("people:person", relationship.pupil_id)
