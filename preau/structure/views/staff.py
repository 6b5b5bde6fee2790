"""Those who work in the school, and their duties."""

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
from preau.people.actions import end_duty, record_person
from preau.people.models import Duty, Person
from preau.people.rules import may_give_duties

from .. import actions, lists, queries
from ..forms.pupils import DutyForm, NewStaffForm, StaffFilterForm
from ..rules import may_manage_structure, may_read_staff


@require_GET
@opens(may_read_staff)
def staff(request: Request) -> HttpResponseBase:
    form = StaffFilterForm(request.GET)
    return answer_list(
        request,
        lists.staff,
        queries.staff_found(**form.wanted),
        form=form,
        template="structure/staff.html",
        may_manage=may_manage_structure.admits(request.person),
    )


@require_http_methods(["GET", "POST"])
@opens(may_manage_structure)
def new_staff(request: Request) -> HttpResponse:
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _record(request, form, typed)):
        return redirect("people:person", form.made.pk)
    return render(request, "structure/new_staff.html", {"form": form}, status=status_of(form))


def _record(request: Request, form: NewStaffForm, typed: dict) -> None:
    form.made = record_person(by=request.person, at=clock.now(), **typed)
    name = form.made.full_name
    messages.success(request, _("%(name)s is recorded. Give groups or a duty next.") % {"name": name})


@require_http_methods(["GET", "POST"])
@reaches(may_give_duties, somebody=Person)
def duties(request: Request, somebody: Person) -> HttpResponse:
    form = DutyForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _give(request, somebody, typed)):
        return redirect("structure:duties", somebody.pk)
    context = {"somebody": somebody, "form": form, "held": queries.duties_of(somebody)}
    return render(request, "structure/duties.html", context, status=status_of(form))


def _give(request: Request, somebody: Person, typed: dict) -> None:
    duty = actions.give_duty(person=somebody, by=request.person, at=clock.now(), **typed)
    names = {"name": somebody.full_name, "duty": duty.get_kind_display()}
    messages.success(request, _("%(name)s holds the duty of %(duty)s.") % names)


@require_POST
@reaches(may_give_duties, duty=Duty)
def duty_end(request: Request, duty: Duty) -> HttpResponse:
    today = clock.today()
    end_duty(duty=duty, on=max(today, duty.starts_on), by=request.person, at=clock.now())
    messages.success(request, _("The duty has ended. What was done under it stays."))
    return redirect("structure:duties", duty.person_id)
