"""Those who work in the school, and their duties."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.acts import act, done, form_door, go_on, is_confirmed, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take
from preau.people.actions import end_duty, record_person
from preau.people.authority import gives
from preau.people.models import Duty, Person
from preau.people.rules import may_end_duty, may_give_duties

from .. import actions, confirmations, lists, queries
from ..forms.pupils import DutyForm, NewStaffForm, StaffFilterForm
from ..rules import may_manage_structure, may_read_staff


@require_safe
@sensitive_to_take
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


@form_door
@sensitive
@opens(may_manage_structure)
def new_staff(request: Request) -> HttpResponse:
    form = NewStaffForm(typed(request))
    if somebody := done(request, form, record_person):
        words = _("%(name)s is recorded. Give groups or a duty next.")
        name = {"name": somebody.result.full_name}
        return go_on(request, words % name, "people:person", somebody.result.pk)
    return show(request, "structure/new_staff.html", form=form)


@form_door
@sensitive
@reaches(may_give_duties, somebody=Person)
def duties(request: Request, somebody: Person) -> HttpResponse:
    form = DutyForm(typed(request), kinds=gives(request.person))
    if duty := done(request, form, actions.give_duty, person=somebody):
        names = {"name": somebody.full_name, "duty": duty.result.get_kind_display()}
        words = _("%(name)s holds the duty of %(duty)s.") % names
        return go_on(request, words, "structure:duties", somebody.pk)
    held = queries.duties_of(somebody)
    mine = gives(request.person)
    return show(request, "structure/duties.html", somebody=somebody, form=form, held=held, mine=mine)


@form_door
@sensitive
@reaches(may_end_duty, duty=Duty)
def duty_end(request: Request, duty: Duty) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.ending_duty(duty))
    act(request, end_duty, duty=duty, on=max(clock.today(), duty.starts_on))
    words = _("The duty has ended. What was done under it stays.")
    return go_on(request, words, "structure:duties", duty.person_id)
