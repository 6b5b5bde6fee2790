"""Course groups: who follows them, who teaches them, from when to when."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request

from .. import actions, queries
from ..forms.classes import EndForm, GroupForm, ListFilterForm, MembersForm, ReplacementForm, TeacherForm
from ..models import CourseGroup, GroupMembership, TeachingAssignment
from ..rules import may_manage_structure, may_read_fellows, may_read_group
from ..tabs import course_tabs

PAGE_SIZE = 50


@require_GET
@opens(may_manage_structure)
def groups(request: Request) -> HttpResponse:
    form = ListFilterForm(request.GET)
    found = queries.groups_found(queries.current_year(), **form.asked)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": queries.group_lines(page.object_list),
        "tabs": course_tabs(request.person, "structure:groups"),
    }
    return render(request, "structure/groups.html", context)


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
def group(request: Request, group: CourseGroup) -> HttpResponse:
    return render(request, "structure/group.html", _page(request, group))


def _page(request: Request, group: CourseGroup, **forms) -> dict:
    may_manage = may_manage_structure.admits(request.person)
    page = {
        "group": group,
        "members": queries.members_listed(group),
        "assignments": queries.teachers_listed(group),
        "reads_identity": may_manage or may_read_group.allows(request.person, group),
        "may_manage": may_manage,
        "today": clock.today(),
    }
    if may_manage:
        page |= {"members_form": MembersForm(), "teacher_form": TeacherForm(), "end_form": EndForm()}
    return page | forms


@require_POST
@reaches(may_manage_structure, group=CourseGroup)
def members(request: Request, group: CourseGroup) -> HttpResponse:
    form = MembersForm(request.POST)
    if done(form, lambda typed: _add_class(request, group, typed)):
        return redirect("structure:group", group.pk)
    context = _page(request, group, members_form=form)
    return render(request, "structure/group.html", context, status=status_of(form))


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
def teachers(request: Request, group: CourseGroup) -> HttpResponse:
    form = TeacherForm(request.POST)
    if done(form, lambda typed: _assign(request, group, typed)):
        return redirect("structure:group", group.pk)
    context = _page(request, group, teacher_form=form)
    return render(request, "structure/group.html", context, status=status_of(form))


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
