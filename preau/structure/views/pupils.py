"""The pupils of the school: looking for them, recording, enrolling, moving, one or many."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act_door, done, form_door, go_on, show, status_of, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.people.models import Person

from .. import actions, lists, queries
from ..forms.pupils import EnrolmentForm, JoinForm, LeavingForm, MoveForm, NewPupilForm, PupilFilterForm
from ..rules import may_manage_structure


@require_safe
@sensitive_to_take
@opens(may_manage_structure)
def pupils(request: Request) -> HttpResponseBase:
    return _list(request)


def _list(
    request: Request, *, move: MoveForm | None = None, join: JoinForm | None = None
) -> HttpResponseBase:
    form = PupilFilterForm(typed(request) or request.GET)
    return answer_list(
        request,
        lists.pupils,
        queries.pupils_found(**form.wanted),
        form=form,
        template="structure/pupils.html",
        status=status_of(*filter(None, (move, join))),
        move=move or MoveForm(),
        join=join or JoinForm.near(form.year_level),
    )


@act_door
@sensitive
@opens(may_manage_structure)
def moves(request: Request) -> HttpResponseBase:
    form = MoveForm(typed(request))
    if not (moved := done(request, form, actions.move_many)):
        return _list(request, move=form)
    words = ngettext(
        "%(count)d pupil is in %(name)s from that day.",
        "%(count)d pupils are in %(name)s from that day.",
        moved.result,
    )
    to = form.cleaned_data["to"]
    return go_on(request, words % {"count": moved.result, "name": to}, "structure:class_group", to.pk)


@act_door
@sensitive
@opens(may_manage_structure)
def joins(request: Request) -> HttpResponseBase:
    form = JoinForm(typed(request))
    if not (joined := done(request, form, actions.add_many)):
        return _list(request, join=form)
    words = ngettext("%(count)d pupil joins %(name)s.", "%(count)d pupils join %(name)s.", joined.result)
    group = form.cleaned_data["group"]
    return go_on(request, words % {"count": joined.result, "name": group}, "structure:group", group.pk)


@form_door
@sensitive
@opens(may_manage_structure)
def new_pupil(request: Request) -> HttpResponse:
    form = NewPupilForm(typed(request))
    if pupil := done(request, form, actions.record_pupil):
        words = _("%(name)s is recorded. Add who answers for the pupil.")
        return go_on(request, words % {"name": pupil.result.full_name}, "people:person", pupil.result.pk)
    return show(request, "structure/new_pupil.html", form=form)


@form_door
@sensitive
@reaches(may_manage_structure, pupil=Person)
def enrolment(request: Request, pupil: Person) -> HttpResponse:
    form = EnrolmentForm(typed(request))
    if enrolled := done(request, form, actions.put_in_class, pupil=pupil):
        names = {"pupil": pupil.full_name, "name": enrolled.result.class_group.name}
        words = _("%(pupil)s is in %(name)s from that day. The past stays as it was.")
        return go_on(request, words % names, "people:person", pupil.pk)
    return _enrolment(request, pupil, form, LeavingForm())


@act_door
@sensitive
@reaches(may_manage_structure, pupil=Person)
def leaving(request: Request, pupil: Person) -> HttpResponse:
    form = LeavingForm(typed(request))
    if done(request, form, actions.end_enrolment, pupil=pupil):
        words = _("%(pupil)s leaves the school after that day.") % {"pupil": pupil.full_name}
        return go_on(request, words, "people:person", pupil.pk)
    return _enrolment(request, pupil, EnrolmentForm(), form)


def _enrolment(request: Request, pupil: Person, form: EnrolmentForm, leaving: LeavingForm) -> HttpResponse:
    present = queries.class_of(pupil)
    return show(request, "structure/enrolment.html", pupil=pupil, present=present, form=form, leaving=leaving)
