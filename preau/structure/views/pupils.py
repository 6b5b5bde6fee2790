"""The pupils of the school: looking for them, recording, enrolling, moving, one or many."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request
from preau.people.models import Person

from .. import actions, lists, queries
from ..forms.pupils import EnrolmentForm, JoinForm, LeavingForm, MoveForm, NewPupilForm, PupilFilterForm
from ..rules import may_manage_structure


@require_GET
@opens(may_manage_structure)
def pupils(request: Request) -> HttpResponseBase:
    return _list(request)


def _list(request: Request, *, asked=None, move=None, join=None) -> HttpResponseBase:
    form = PupilFilterForm(asked or request.GET)
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


@require_POST
@opens(may_manage_structure)
def moves(request: Request) -> HttpResponseBase:
    form = MoveForm(request.POST)
    if not done(form, lambda typed: _move(request, typed)):
        return _list(request, asked=request.POST, move=form)
    return redirect("structure:class_group", form.cleaned_data["to"].pk)


def _move(request: Request, typed: dict) -> None:
    count = actions.move_many(
        pupils=typed["pupils"], to=typed["to"], on=typed["on"], by=request.person, at=clock.now()
    )
    said = ngettext(
        "%(count)d pupil is in %(name)s from that day.",
        "%(count)d pupils are in %(name)s from that day.",
        count,
    )
    messages.success(request, said % {"count": count, "name": typed["to"].name})


@require_POST
@opens(may_manage_structure)
def joins(request: Request) -> HttpResponseBase:
    form = JoinForm(request.POST)
    if not done(form, lambda typed: _join(request, typed)):
        return _list(request, asked=request.POST, join=form)
    return redirect("structure:group", form.cleaned_data["group"].pk)


def _join(request: Request, typed: dict) -> None:
    count = actions.add_many(
        group=typed["group"], pupils=typed["pupils"], on=typed["on"], by=request.person, at=clock.now()
    )
    said = ngettext("%(count)d pupil joins %(name)s.", "%(count)d pupils join %(name)s.", count)
    messages.success(request, said % {"count": count, "name": typed["group"]})


@require_http_methods(["GET", "POST"])
@opens(may_manage_structure)
def new_pupil(request: Request) -> HttpResponse:
    form = NewPupilForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _record(request, form, typed)):
        return redirect("people:person", form.made.pk)
    return render(request, "structure/new_pupil.html", {"form": form}, status=status_of(form))


def _record(request: Request, form: NewPupilForm, typed: dict) -> None:
    to, on = typed.pop("to"), typed.pop("on")
    form.made = actions.record_pupil(class_group=to, on=on, by=request.person, at=clock.now(), **typed)
    name = form.made.full_name
    messages.success(request, _("%(name)s is recorded. Add who answers for the pupil.") % {"name": name})


@require_http_methods(["GET", "POST"])
@reaches(may_manage_structure, pupil=Person)
def enrolment(request: Request, pupil: Person) -> HttpResponse:
    present = queries.class_of(pupil)
    form = EnrolmentForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _enrol(request, pupil, typed)):
        return redirect("people:person", pupil.pk)
    context = {"pupil": pupil, "present": present, "form": form, "leaving": LeavingForm()}
    return render(request, "structure/enrolment.html", context, status=status_of(form))


def _enrol(request: Request, pupil: Person, typed: dict) -> None:
    told = {"on": typed["on"], "by": request.person, "at": clock.now()}
    if queries.class_of(pupil, on=typed["on"]):
        actions.move_pupil(pupil=pupil, to=typed["to"], **told)
    else:
        actions.enrol_pupil(pupil=pupil, class_group=typed["to"], **told)
    names = {"pupil": pupil.full_name, "name": typed["to"].name}
    messages.success(request, _("%(pupil)s is in %(name)s from that day. The past stays as it was.") % names)


@require_POST
@reaches(may_manage_structure, pupil=Person)
def leaving(request: Request, pupil: Person) -> HttpResponse:
    form = LeavingForm(request.POST)
    if done(form, lambda typed: _leave(request, pupil, typed)):
        return redirect("people:person", pupil.pk)
    context = {
        "pupil": pupil,
        "present": queries.class_of(pupil),
        "form": EnrolmentForm(),
        "leaving": form,
    }
    return render(request, "structure/enrolment.html", context, status=status_of(form))


def _leave(request: Request, pupil: Person, typed: dict) -> None:
    actions.end_enrolment(pupil=pupil, on=typed["last_day"], by=request.person, at=clock.now())
    messages.success(request, _("%(pupil)s leaves the school after that day.") % {"pupil": pupil.full_name})
