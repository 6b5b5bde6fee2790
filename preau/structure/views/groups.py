"""Course groups: who follows them, who teaches them, from when to when."""

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

from .. import actions, lists, queries
from ..forms.classes import EndForm, GroupForm, ListFilterForm, MembersForm, ReplacementForm, TeacherForm
from ..models import CourseGroup, GroupMembership, TeachingAssignment
from ..rules import may_manage_structure, may_read_fellows, may_read_group
from ..tabs import course_tabs


@require_GET
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


@require_http_methods(["GET", "POST"])
@opens(may_manage_structure)
def new_group(request: Request) -> HttpResponse:
    form = GroupForm(request.POST or None, initial={"course": request.GET.get("course")})
    if request.method == "POST" and done(form, lambda typed: _create(request, form, typed)):
        return redirect("structure:group", form.made.pk)
    return render(request, "structure/new_group.html", {"form": form}, status=status_of(form))


def _create(request: Request, form: GroupForm, typed: dict) -> None:
    at = clock.now()
    year = actions.ensure_current_year(by=request.person, at=at)
    form.made = actions.create_group(school_year=year, by=request.person, at=at, **typed)
    messages.success(request, _("The group exists. Give it a teacher and pupils."))


@require_GET
@reaches(may_read_fellows, group=CourseGroup)
def group(request: Request, group: CourseGroup) -> HttpResponseBase:
    return _page(request, group)


def _page(request: Request, group: CourseGroup, **forms) -> HttpResponseBase:
    may_manage = may_manage_structure.admits(request.person)
    ties = queries.memberships_in(group)
    if not (may_manage or may_read_group.allows(request.person, group)):
        ties = ties.in_force()
    if may_manage:
        forms = {"members_form": MembersForm(), "teacher_form": TeacherForm()} | forms
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


@require_POST
@reaches(may_manage_structure, group=CourseGroup)
def members(request: Request, group: CourseGroup) -> HttpResponseBase:
    form = MembersForm(request.POST)
    if done(form, lambda typed: _add_class(request, group, typed)):
        return redirect("structure:group", group.pk)
    return _page(request, group, members_form=form)


def _add_class(request: Request, group: CourseGroup, typed: dict) -> None:
    pupils = queries.pupils_of(typed["class_group"], on=typed["on"])
    count = actions.add_many(group=group, pupils=pupils, on=typed["on"], by=request.person, at=clock.now())
    said = ngettext("%(count)d pupil joins the group.", "%(count)d pupils join the group.", count)
    messages.success(request, said % {"count": count})


@require_POST
@reaches(may_manage_structure, membership=GroupMembership)
def membership_end(request: Request, membership: GroupMembership) -> HttpResponse:
    form = EndForm(request.POST)
    last = form.cleaned_data["last_day"] if form.is_valid() else clock.today()
    actions.end_membership(membership=membership, on=last, by=request.person, at=clock.now())
    name = {"name": membership.pupil.full_name}
    messages.success(request, _("%(name)s no longer follows this course after that day.") % name)
    return redirect("structure:group", membership.group_id)


@require_POST
@reaches(may_manage_structure, group=CourseGroup)
def teachers(request: Request, group: CourseGroup) -> HttpResponseBase:
    form = TeacherForm(request.POST)
    if done(form, lambda typed: _assign(request, group, typed)):
        return redirect("structure:group", group.pk)
    return _page(request, group, teacher_form=form)


def _assign(request: Request, group: CourseGroup, typed: dict) -> None:
    actions.assign_teacher(group=group, by=request.person, at=clock.now(), **typed)
    name = {"name": typed["teacher"].full_name}
    messages.success(request, _("%(name)s has this group from that day.") % name)


@require_http_methods(["GET", "POST"])
@reaches(may_manage_structure, assignment=TeachingAssignment)
def replacement(request: Request, assignment: TeachingAssignment) -> HttpResponse:
    form = ReplacementForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _replace(request, assignment, typed)):
        return redirect("structure:group", assignment.group_id)
    context = {"assignment": assignment, "form": form}
    return render(request, "structure/replacement.html", context, status=status_of(form))


def _replace(request: Request, assignment: TeachingAssignment, typed: dict) -> None:
    actions.replace_teacher(assignment=assignment, by=request.person, at=clock.now(), **typed)
    names = {"new": typed["replacement"].full_name, "absent": assignment.teacher.full_name}
    said = _("%(new)s stands in for %(absent)s, who keeps the group and its history.")
    messages.success(request, said % names)


@require_POST
@reaches(may_manage_structure, assignment=TeachingAssignment)
def assignment_end(request: Request, assignment: TeachingAssignment) -> HttpResponse:
    actions.end_assignment(assignment=assignment, on=clock.today(), by=request.person, at=clock.now())
    name = {"name": assignment.teacher.full_name}
    messages.success(request, _("%(name)s no longer has this group from today.") % name)
    return redirect("structure:group", assignment.group_id)
