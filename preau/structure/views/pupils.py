"""The pupils of the school: looking for them, recording, enrolling, moving, one or many."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import (
    act_door,
    done,
    form_door,
    go_on,
    is_confirmed,
    is_understood,
    show,
    status_of,
    typed,
)
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.people.models import Person

from .. import actions, confirmations, lists, queries
from ..forms.pupils import (
    BringForm,
    EnrolmentForm,
    JoinForm,
    LeavingForm,
    MoveAskedForm,
    MoveForm,
    NewPupilForm,
    PupilFilterForm,
    SettleForm,
)
from ..models import Enrolment
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
    asked = MoveForm(typed(request))
    if not is_understood(asked):
        return _list(request, move=asked)
    pupils, to, on = (asked.cleaned_data[name] for name in ("pupils", "to", "on"))
    form = MoveAskedForm(typed(request)) if is_confirmed(request) else MoveAskedForm.asking(asked.data)
    if not (moved := done(request, form, actions.bring_many_to_class) if form.is_bound else None):
        return confirm(request, confirmations.moving_many(pupils, to, on), form)
    words = ngettext(
        "%(count)d pupil is in %(name)s from that day.",
        "%(count)d pupils are in %(name)s from that day.",
        moved.result,
    )
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
        return _recorded(request, pupil.result)
    return show(request, "structure/new_pupil.html", form=form)


def _recorded(request: Request, pupil: Person) -> HttpResponse:
    """Go on to the courses of the class, where it has some; else to the family."""
    name = {"name": pupil.full_name}
    place = queries.place_to_settle(pupil)
    if place and not queries.course_plan(pupil, place.class_group, on=place.starts_on).is_settled:
        words = _(
            "%(name)s is recorded. Here are the courses of the class; then add who answers for the pupil."
        )
        return go_on(request, words % name, "structure:courses_of_pupil", pupil.pk)
    words = _("%(name)s is recorded. Add who answers for the pupil.")
    return go_on(request, words % name, "people:person", pupil.pk)


@form_door
@sensitive
@reaches(may_manage_structure, pupil=Person)
def enrolment(request: Request, pupil: Person) -> HttpResponse:
    asked = EnrolmentForm(typed(request))
    if not done(request, asked, actions.check_placement, pupil=pupil):
        return _enrolment(request, pupil, asked, LeavingForm())
    to, on = asked.cleaned_data["to"], asked.cleaned_data["on"]
    plan = queries.course_plan(pupil, to, on=on)
    form = BringForm(plan, typed(request) if is_confirmed(request) else None)
    if form.is_bound and done(request, form, actions.bring_to_class, pupil=pupil, to=to, on=on):
        words = _("%(pupil)s is in %(name)s from that day. The past stays as it was.")
        return go_on(request, words % {"pupil": pupil.full_name, "name": to.name}, "people:person", pupil.pk)
    return confirm(request, confirmations.bringing_to_class(plan, queries.class_of(pupil, on=on)), form)


@form_door
@sensitive
@reaches(may_manage_structure, pupil=Person)
def courses(request: Request, pupil: Person) -> HttpResponse:
    return _courses(request, pupil, queries.place_to_settle(pupil))


@form_door
@sensitive
@reaches(may_manage_structure, pupil=Person)
def next_courses(request: Request, pupil: Person) -> HttpResponse:
    return _courses(request, pupil, queries.place_to_come(pupil))


def _courses(request: Request, pupil: Person, place: Enrolment | None) -> HttpResponse:
    if place is None:
        return redirect("structure:enrolment", pupil.pk)
    plan = queries.plan_in_place(place)
    form = SettleForm(plan, typed(request))
    if settled := done(request, form, actions.settle_courses, pupil=pupil, until=place.ends_on):
        words = ngettext(
            "%(count)d course of %(name)s begins or ends that day.",
            "%(count)d courses of %(name)s begin or end that day.",
            settled.result,
        )
        said = words % {"count": settled.result, "name": pupil.full_name}
        return go_on(request, said, "people:person", pupil.pk)
    return confirm(request, confirmations.settling_courses(plan), form)


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
