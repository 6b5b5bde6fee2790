"""A person of the register: identity, homes, numbers of other systems."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.kit import slots
from preau.kit.access import reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive

from .. import actions, queries
from ..forms import AddressForm, HomeForm, IdentityForm, NumberForm
from ..models import ExternalId, Household, Person, Residence
from ..rules import may_manage_people


@require_safe
@reaches(may_manage_people, somebody=Person)
def person(request: Request, somebody: Person) -> HttpResponse:
    actions.note_opening(person=somebody, by=request.person, at=moment_of(request))
    return _page(request, somebody, NumberForm())


def _page(request: Request, somebody: Person, number_form: NumberForm) -> HttpResponse:
    return show(
        request,
        "people/person.html",
        somebody=somebody,
        file=queries.person_file(somebody),
        pieces=slots.pieces("people.person", request, somebody),
        ways=slots.pieces("people.person.ways", request, somebody),
        number_form=number_form,
    )


@form_door
@sensitive
@reaches(may_manage_people, somebody=Person)
def identity(request: Request, somebody: Person) -> HttpResponse:
    form = IdentityForm.of(somebody, typed(request))
    if changed := done(request, form, actions.change_person, person=somebody):
        words = _("What is known of %(name)s is up to date.") % {"name": changed.result.full_name}
        return go_on(request, words, "people:person", somebody.pk)
    actions.note_opening(person=somebody, by=request.person, at=moment_of(request))
    return show(request, "people/identity.html", somebody=somebody, form=form)


@form_door
@sensitive
@reaches(may_manage_people, somebody=Person)
def homes(request: Request, somebody: Person) -> HttpResponse:
    form = HomeForm(somebody, typed(request))
    if done(request, form, actions.settle):
        return go_on(request, _("The new address is noted."), "people:person", somebody.pk)
    actions.note_opening(person=somebody, by=request.person, at=moment_of(request))
    return show(request, "people/home.html", somebody=somebody, form=form)


@form_door
@sensitive
@reaches(may_manage_people, household=Household)
def household(request: Request, household: Household) -> HttpResponse:
    form = AddressForm.of(household, typed(request))
    if done(request, form, actions.change_household, household=household):
        words = _("The address is corrected for all who live there.")
        return go_on(request, words, "people:household", household.pk)
    residents = list(household.residents.by_name())
    return show(request, "people/household.html", household=household, form=form, residents=residents)


@act_door
@sensitive
@reaches(may_manage_people, residence=Residence)
def residence_end(request: Request, residence: Residence) -> HttpResponse:
    somebody = residence.person
    act(request, actions.leave_household, residence=residence)
    words = _("%(name)s no longer lives there.") % {"name": somebody.full_name}
    return go_on(request, words, "people:person", somebody.pk)


@act_door
@sensitive
@reaches(may_manage_people, somebody=Person)
def numbers(request: Request, somebody: Person) -> HttpResponse:
    form = NumberForm(typed(request))
    if done(request, form, actions.note_external_id, person=somebody):
        return go_on(request, _("The number is noted."), "people:person", somebody.pk)
    return _page(request, somebody, form)


@act_door
@sensitive
@reaches(may_manage_people, number=ExternalId)
def number_end(request: Request, number: ExternalId) -> HttpResponse:
    act(request, actions.drop_external_id, number=number)
    return go_on(request, _("The number is forgotten."), "people:person", number.person_id)
