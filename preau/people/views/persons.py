"""A person of the register: identity, homes, numbers of other systems."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.kit import clock, slots
from preau.kit.access import reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms import AddressForm, HomeForm, IdentityForm, NumberForm
from ..models import ExternalId, Household, Person, Residence
from ..rules import may_manage_people


@require_GET
@reaches(may_manage_people, somebody=Person)
def person(request: Request, somebody: Person) -> HttpResponse:
    context = {
        "somebody": somebody,
        "file": queries.person_file(somebody),
        "pieces": slots.pieces("people.person", request, somebody),
        "number_form": NumberForm(),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "POST"])
@reaches(may_manage_people, somebody=Person)
def identity(request: Request, somebody: Person) -> HttpResponse:
    form = IdentityForm.of(somebody, request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _change(request, somebody, typed)):
        return redirect("people:person", somebody.pk)
    context = {"somebody": somebody, "form": form}
    return render(request, "people/identity.html", context, status=status_of(form))


def _change(request: Request, somebody: Person, typed: dict) -> None:
    actions.change_person(person=somebody, by=request.person, at=clock.now(), **typed)
    messages.success(request, _("What is known of %(name)s is up to date.") % {"name": somebody.full_name})


@require_http_methods(["GET", "POST"])
@reaches(may_manage_people, somebody=Person)
def homes(request: Request, somebody: Person) -> HttpResponse:
    form = HomeForm(somebody, request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _settle(request, somebody, typed)):
        return redirect("people:person", somebody.pk)
    context = {"somebody": somebody, "form": form}
    return render(request, "people/home.html", context, status=status_of(form))


def _settle(request: Request, somebody: Person, typed: dict) -> None:
    actions.settle(
        persons=[somebody, *typed.get("also", [])],
        shared=typed.get("shared"),
        address={part: typed[part] for part in ("street", "postcode", "city", "country")},
        leaving=typed.get("leaving"),
        is_main=typed["is_main"],
        by=request.person,
        at=clock.now(),
    )
    messages.success(request, _("The new address is noted."))


@require_http_methods(["GET", "POST"])
@reaches(may_manage_people, household=Household)
def household(request: Request, household: Household) -> HttpResponse:
    form = AddressForm(request.POST or None, instance=None if request.POST else household)
    if request.method == "POST" and done(form, lambda typed: _correct(request, household, typed)):
        return redirect("people:household", household.pk)
    context = {"household": household, "form": form, "residents": list(household.residents.by_name())}
    return render(request, "people/household.html", context, status=status_of(form))


def _correct(request: Request, household: Household, typed: dict) -> None:
    actions.change_household(household=household, by=request.person, at=clock.now(), **typed)
    messages.success(request, _("The address is corrected for all who live there."))


@require_POST
@reaches(may_manage_people, residence=Residence)
def residence_end(request: Request, residence: Residence) -> HttpResponse:
    somebody = residence.person
    actions.leave_household(residence=residence, by=request.person, at=clock.now())
    messages.success(request, _("%(name)s no longer lives there.") % {"name": somebody.full_name})
    return redirect("people:person", somebody.pk)


@require_POST
@reaches(may_manage_people, somebody=Person)
def numbers(request: Request, somebody: Person) -> HttpResponse:
    form = NumberForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write the system and the number, then add it again."))
        return redirect("people:person", somebody.pk)
    actions.note_external_id(person=somebody, by=request.person, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("The number is noted."))
    return redirect("people:person", somebody.pk)


@require_POST
@reaches(may_manage_people, number=ExternalId)
def number_end(request: Request, number: ExternalId) -> HttpResponse:
    somebody = number.person
    actions.drop_external_id(number=number, by=request.person, at=clock.now())
    messages.success(request, _("The number is forgotten."))
    return redirect("people:person", somebody.pk)
