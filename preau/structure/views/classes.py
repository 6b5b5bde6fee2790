"""Classes: their list, their pupils, who is in charge."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches, sees
from preau.kit.forms import done, status_of
from preau.kit.http import Request
from preau.kit.lists.pages import ListReading

from .. import actions, lists, queries
from ..forms.classes import ClassForm, TutorForm
from ..models import ClassGroup, Tutorship
from ..rules import may_manage_structure, may_open_classes, may_read_class_list, may_read_classmates
from ..tabs import class_tabs


@require_GET
@sees(may_read_classmates, to=may_open_classes, classes=ClassGroup)
def classes(request: Request, classes: QuerySet[ClassGroup]) -> HttpResponseBase:
    year = queries.current_year()
    return answer_list(
        request,
        lists.classes,
        queries.classes_of_year(classes, year),
        template="structure/classes.html",
        year=year,
        may_manage=may_manage_structure.admits(request.person),
    )


@require_GET
@reaches(may_read_classmates, class_group=ClassGroup)
def class_group(request: Request, class_group: ClassGroup) -> HttpResponseBase:
    reads_list = may_read_class_list.allows(request.person, class_group)
    return answer_list(
        request,
        lists.class_list,
        queries.pupils_of(class_group),
        subject=class_group,
        template="structure/class_group.html",
        class_group=class_group,
        tutorships=queries.tutorships_of(class_group),
        tabs=class_tabs(class_group, "structure:class_group") if reads_list else [],
        may_manage=may_manage_structure.admits(request.person),
    )


@require_GET
@reaches(may_read_class_list, class_group=ClassGroup)
def class_courses(request: Request, class_group: ClassGroup) -> HttpResponseBase:
    return answer_list(
        request,
        lists.class_courses,
        queries.groups_of_class(class_group),
        subject=class_group,
        template="structure/class_courses.html",
        class_group=class_group,
        tabs=class_tabs(class_group, "structure:class_courses"),
    )


@require_GET
@reaches(may_read_class_list, class_group=ClassGroup)
def class_sheet(request: Request, class_group: ClassGroup) -> HttpResponse:
    reading = ListReading(
        lists.class_list, queries.pupils_of(class_group), reader=request.person, subject=class_group
    )
    context = {
        "class_group": class_group,
        "sight": reading.on_paper(),
        "tutorships": queries.tutorships_of(class_group),
    }
    return render(request, "structure/class_sheet.html", context)


@require_http_methods(["GET", "POST"])
@opens(may_manage_structure)
def new_class(request: Request) -> HttpResponse:
    form = ClassForm(request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _create(request, form, typed)):
        return redirect("structure:class_group", form.made.pk)
    return render(request, "structure/new_class.html", {"form": form}, status=status_of(form))


def _create(request: Request, form: ClassForm, typed: dict) -> None:
    at = clock.now()
    year = actions.ensure_current_year(by=request.person, at=at)
    form.made = actions.create_class(school_year=year, by=request.person, at=at, **typed)
    messages.success(request, _("The class %(name)s exists. Put somebody in charge.") % typed)


@require_http_methods(["GET", "POST"])
@reaches(may_manage_structure, class_group=ClassGroup)
def class_identity(request: Request, class_group: ClassGroup) -> HttpResponse:
    form = _identity_of(class_group, request.POST or None)
    if request.method == "POST" and done(form, lambda typed: _change(request, class_group, typed)):
        return redirect("structure:class_group", class_group.pk)
    return _arrange(request, class_group, form, TutorForm())


def _identity_of(class_group: ClassGroup, typed=None) -> ClassForm:
    return ClassForm(typed, instance=ClassGroup.objects.get(pk=class_group.pk))


def _arrange(request: Request, class_group: ClassGroup, form, tutor_form) -> HttpResponse:
    context = {
        "class_group": class_group,
        "form": form,
        "tutor_form": tutor_form,
        "tutorships": queries.tutorships_of(class_group),
    }
    return render(request, "structure/class_identity.html", context, status=status_of(form, tutor_form))


def _change(request: Request, class_group: ClassGroup, typed: dict) -> None:
    actions.change_class(class_group=class_group, by=request.person, at=clock.now(), **typed)
    messages.success(request, _("The class is called %(name)s.") % typed)


@require_POST
@reaches(may_manage_structure, class_group=ClassGroup)
def tutors(request: Request, class_group: ClassGroup) -> HttpResponse:
    form = TutorForm(request.POST)
    if done(form, lambda typed: _assign(request, class_group, typed)):
        return redirect("structure:class_group", class_group.pk)
    return _arrange(request, class_group, _identity_of(class_group), form)


def _assign(request: Request, class_group: ClassGroup, typed: dict) -> None:
    tutorship = actions.take_charge(
        class_group=class_group,
        tutor=typed["tutor"],
        on=typed["on"],
        takes_over=typed["takes_over"],
        by=request.person,
        at=clock.now(),
    )
    names = {"name": tutorship.tutor.full_name, "class_group": class_group.name}
    messages.success(request, _("%(name)s is in charge of %(class_group)s from that day.") % names)


@require_POST
@reaches(may_manage_structure, tutorship=Tutorship)
def tutorship_end(request: Request, tutorship: Tutorship) -> HttpResponse:
    actions.end_tutorship(tutorship=tutorship, on=clock.today(), by=request.person, at=clock.now())
    names = {"name": tutorship.tutor.full_name, "class_group": tutorship.class_group.name}
    messages.success(request, _("%(name)s is no longer in charge of %(class_group)s.") % names)
    return redirect("structure:class_group", tutorship.class_group_id)
