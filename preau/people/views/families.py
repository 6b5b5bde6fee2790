"""Families: who answers for whom, with which rights."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take

from .. import actions, confirmations, lists, queries
from ..forms import FamilyFilterForm, KnownGuardianForm, NewGuardianForm, RightsForm
from ..models import Person, Relationship
from ..rules import may_manage_people


@require_safe
@sensitive_to_take
@opens(may_manage_people)
def families(request: Request) -> HttpResponseBase:
    form = FamilyFilterForm(request.GET)
    return answer_list(request, lists.families, queries.guardians_found(**form.wanted), form=form)


@form_door
@sensitive
@reaches(may_manage_people, pupil=Person)
def guardians(request: Request, pupil: Person) -> HttpResponse:
    """Choose an adult the school knows, or record a new one: two forms, of which one was sent."""
    sent = typed(request)
    is_known = sent is not None and "guardian" in sent
    known_form = KnownGuardianForm(sent if is_known else None)
    form = NewGuardianForm(None if is_known else sent)
    tie = done(request, known_form, actions.relate_guardian, pupil=pupil) or done(
        request, form, actions.relate_new_guardian, pupil=pupil
    )
    if tie:
        words = _("%(guardian)s now answers for %(pupil)s.") % _names(tie.result)
        return go_on(request, words, "people:person", pupil.pk)
    words = request.GET.get("q", "")[:80]
    return show(
        request,
        "people/guardians.html",
        pupil=pupil,
        words=words,
        found=queries.persons_named(words, but=pupil),
        form=form,
        known_form=known_form,
    )


def _names(tie: Relationship) -> dict[str, str]:
    return {"guardian": tie.guardian.full_name, "pupil": tie.pupil.full_name}


@form_door
@sensitive
@reaches(may_manage_people, relationship=Relationship)
def relationship(request: Request, relationship: Relationship) -> HttpResponse:
    form = RightsForm.of(relationship, typed(request))
    if done(request, form, actions.change_rights, relationship=relationship):
        words = _("The rights of %(guardian)s for %(pupil)s are noted.") % _names(relationship)
        return go_on(request, words, "people:person", relationship.pupil_id)
    actions.note_opening(person=relationship.pupil, by=request.person, at=moment_of(request))
    return show(request, "people/relationship.html", tie=relationship, form=form)


@form_door
@sensitive
@reaches(may_manage_people, relationship=Relationship)
def relationship_end(request: Request, relationship: Relationship) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.ending_relationship(relationship))
    act(request, actions.end_relationship, relationship=relationship)
    words = _("%(guardian)s no longer answers for %(pupil)s.") % _names(relationship)
    return go_on(request, words, "people:person", relationship.pupil_id)
