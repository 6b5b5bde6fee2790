"""Course groups: who follows them, who teaches them, from when to when."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.acts import (
    act,
    act_door,
    done,
    form_door,
    go_on,
    is_confirmed,
    moment_of,
    show,
    status_of,
    typed,
)
from preau.kit.http import Request
from preau.kit.sensitive import sensitive, sensitive_to_take

from .. import actions, confirmations, lists, queries
from ..forms.classes import EndForm, GroupForm, ListFilterForm, MembersForm, ReplacementForm, TeacherForm
from ..models import CourseGroup, GroupMembership, TeachingAssignment
from ..rules import may_manage_structure, may_read_fellows, may_read_group
from ..tabs import course_tabs


@require_safe
@opens(may_manage_structure)
def groups(request: Request) -> HttpResponseBase:
    form = ListFilterForm(request.GET)
    return answer_list(
        request,
        lists.groups,
        queries.groups_found(queries.current_year(), **form.wanted),
        form=form,
        template="structure/groups.html",
        tabs=course_tabs(request.person, "structure:groups"),
    )


@form_door
@sensitive
@opens(may_manage_structure)
def new_group(request: Request) -> HttpResponse:
    form = GroupForm(typed(request), initial={"course": request.GET.get("course")})
    if made := done(request, form, actions.create_group):
        words = _("The group exists. Give it a teacher and pupils.")
        return go_on(request, words, "structure:group", made.result.pk)
    return show(request, "structure/new_group.html", form=form)


@require_safe
@sensitive_to_take
@reaches(may_read_fellows, group=CourseGroup)
def group(request: Request, group: CourseGroup) -> HttpResponseBase:
    if may_read_group.allows(request.person, group):
        actions.note_look_at_group(group=group, by=request.person, at=moment_of(request))
    return _page(request, group)


def _page(request: Request, group: CourseGroup, **forms: Any) -> HttpResponseBase:
    may_manage = may_manage_structure.admits(request.person)
    ties = queries.memberships_in(group)
    if not (may_manage or may_read_group.allows(request.person, group)):
        ties = ties.in_force()
    if may_manage:
        forms = {"members_form": MembersForm(auto_id="members-%s"), "teacher_form": TeacherForm()} | forms
    return answer_list(
        request,
        lists.members,
        ties,
        subject=group,
        template="structure/group.html",
        status=status_of(*forms.values()),
        group=group,
        assignments=queries.teachers_listed(group),
        may_manage=may_manage,
        today=clock.today(),
        **forms,
    )


@act_door
@sensitive
@reaches(may_manage_structure, group=CourseGroup)
def members(request: Request, group: CourseGroup) -> HttpResponseBase:
    form = MembersForm(typed(request), auto_id="members-%s")
    if joined := done(request, form, actions.add_many, group=group):
        count = joined.result
        words = ngettext("%(count)d pupil joins the group.", "%(count)d pupils join the group.", count)
        return go_on(request, words % {"count": count}, "structure:group", group.pk)
    return _page(request, group, members_form=form)


@form_door
@sensitive
@reaches(may_manage_structure, membership=GroupMembership)
def membership_end(request: Request, membership: GroupMembership) -> HttpResponse:
    form = EndForm(typed(request))
    if done(request, form, actions.end_membership, membership=membership):
        words = _("%(name)s no longer follows this course after that day.")
        name = {"name": membership.pupil.full_name}
        return go_on(request, words % name, "structure:group", membership.group_id)
    return confirm(request, confirmations.ending_membership(membership), form)


@act_door
@sensitive
@reaches(may_manage_structure, group=CourseGroup)
def teachers(request: Request, group: CourseGroup) -> HttpResponseBase:
    form = TeacherForm(typed(request))
    if assigned := done(request, form, actions.assign_teacher, group=group):
        words = _("%(name)s has this group from that day.") % {"name": assigned.result.teacher.full_name}
        return go_on(request, words, "structure:group", group.pk)
    return _page(request, group, teacher_form=form)


@form_door
@sensitive
@reaches(may_manage_structure, assignment=TeachingAssignment)
def replacement(request: Request, assignment: TeachingAssignment) -> HttpResponse:
    form = ReplacementForm(typed(request))
    if replaced := done(request, form, actions.replace_teacher, assignment=assignment):
        names = {"new": replaced.result.teacher.full_name, "absent": assignment.teacher.full_name}
        words = _("%(new)s stands in for %(absent)s, who keeps the group and its history.")
        return go_on(request, words % names, "structure:group", assignment.group_id)
    return show(request, "structure/replacement.html", assignment=assignment, form=form)


@form_door
@sensitive
@reaches(may_manage_structure, assignment=TeachingAssignment)
def assignment_end(request: Request, assignment: TeachingAssignment) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.ending_assignment(assignment))
    act(request, actions.end_assignment, assignment=assignment, on=clock.today())
    words = _("%(name)s no longer has this group from today.") % {"name": assignment.teacher.full_name}
    return go_on(request, words, "structure:group", assignment.group_id)
