"""Courses, and the three short lists they are made of: subjects, year levels, statuses."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from preau.design.lists import answer_list
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.forms import done, status_of
from preau.kit.http import Request
from preau.kit.lists.columns import Listing

from .. import actions, lists, queries
from ..forms.classes import CourseForm, LevelForm, ListFilterForm, StatusForm, SubjectForm
from ..models import Course, CourseStatus, Subject, YearLevel
from ..rules import may_configure_school
from ..tabs import course_tabs


@require_GET
@opens(may_configure_school)
def courses(request: Request) -> HttpResponseBase:
    form = ListFilterForm(request.GET)
    return answer_list(
        request,
        lists.courses,
        queries.courses_found(year=queries.current_year(), **form.wanted),
        form=form,
        template="structure/courses.html",
        tabs=course_tabs(request.person, "structure:courses"),
    )


@require_http_methods(["GET", "POST"])
@opens(may_configure_school)
def new_course(request: Request) -> HttpResponse:
    form = CourseForm(request.POST or None)
    if request.method == "POST" and _is_added(request, form, actions.create_course):
        return redirect("structure:courses")
    return render(request, "structure/new_course.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@reaches(may_configure_school, course=Course)
def course(request: Request, course: Course) -> HttpResponse:
    return _changed(request, course, CourseForm, "structure/course.html", "structure:courses")


@require_http_methods(["GET", "POST"])
@opens(may_configure_school)
def subjects(request: Request) -> HttpResponseBase:
    return _new(request, lists.subjects, SubjectForm, actions.create_subject, "structure:subjects")


@require_http_methods(["GET", "POST"])
@reaches(may_configure_school, subject=Subject)
def subject(request: Request, subject: Subject) -> HttpResponse:
    return _changed(request, subject, SubjectForm, "structure/short_record.html", "structure:subjects")


@require_http_methods(["GET", "POST"])
@opens(may_configure_school)
def levels(request: Request) -> HttpResponseBase:
    return _new(request, lists.levels, LevelForm, actions.create_year_level, "structure:levels")


@require_http_methods(["GET", "POST"])
@reaches(may_configure_school, level=YearLevel)
def level(request: Request, level: YearLevel) -> HttpResponse:
    return _changed(request, level, LevelForm, "structure/short_record.html", "structure:levels")


@require_http_methods(["GET", "POST"])
@opens(may_configure_school)
def statuses(request: Request) -> HttpResponseBase:
    return _new(request, lists.statuses, StatusForm, actions.create_status, "structure:statuses")


@require_http_methods(["GET", "POST"])
@reaches(may_configure_school, status=CourseStatus)
def status(request: Request, status: CourseStatus) -> HttpResponse:
    return _changed(request, status, StatusForm, "structure/short_record.html", "structure:statuses")


def _new(request: Request, listing: Listing, form_class, create, address: str) -> HttpResponseBase:
    """Show a short list with the form that adds to it; add, and show it again."""
    form = form_class(request.POST or None)
    if request.method == "POST" and _is_added(request, form, create):
        return redirect(address)
    return answer_list(
        request,
        listing,
        form_class.Meta.model.objects.all(),
        template=f"{address.replace(':', '/')}.html",
        status=status_of(form),
        adding=form,
        tabs=course_tabs(request.person, address),
    )


def _is_added(request: Request, form, create) -> bool:
    is_done = done(form, lambda typed: create(by=request.person, at=clock.now(), **typed))
    if is_done:
        messages.success(request, _("%(name)s is added.") % form.cleaned_data)
    return is_done


def _changed(request: Request, record, form_class, template: str, address: str) -> HttpResponse:
    """Show one record in a form; change it, and go back to its list."""
    fresh = type(record).objects.get(pk=record.pk)
    form = form_class(request.POST or None, instance=fresh)
    if request.method == "POST" and done(
        form, lambda typed: actions.change_course(record=record, by=request.person, at=clock.now(), **typed)
    ):
        messages.success(request, _("%(name)s is up to date.") % form.cleaned_data)
        return redirect(address)
    return render(
        request, template, {"form": form, "record": record, "back": address}, status=status_of(form)
    )
