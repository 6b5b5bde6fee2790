"""Courses, and the three short lists they are made of: subjects, year levels, statuses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import done, form_door, go_on, show, status_of, typed
from preau.kit.fields import ModelForm
from preau.kit.http import Request
from preau.kit.lists.columns import Listing

from .. import actions, lists, queries
from ..forms.classes import CourseForm, LevelForm, ListFilterForm, StatusForm, SubjectForm
from ..models import Course, CourseStatus, Subject, YearLevel
from ..rules import may_configure_school
from ..tabs import course_tabs


@require_safe
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


@form_door
@opens(may_configure_school)
def new_course(request: Request) -> HttpResponse:
    form = CourseForm(typed(request))
    if made := done(request, form, actions.create_course):
        return go_on(request, _("%(name)s is added.") % {"name": made.result.name}, "structure:courses")
    return show(request, "structure/new_course.html", form=form)


@form_door
@reaches(may_configure_school, course=Course)
def course(request: Request, course: Course) -> HttpResponse:
    return _changed(request, course, CourseForm, "structure/course.html", "structure:courses")


@form_door
@opens(may_configure_school)
def subjects(request: Request) -> HttpResponseBase:
    return _new(request, lists.subjects, SubjectForm, actions.create_subject, "structure:subjects")


@form_door
@reaches(may_configure_school, subject=Subject)
def subject(request: Request, subject: Subject) -> HttpResponse:
    return _changed(request, subject, SubjectForm, "structure/short_record.html", "structure:subjects")


@form_door
@opens(may_configure_school)
def levels(request: Request) -> HttpResponseBase:
    return _new(request, lists.levels, LevelForm, actions.create_year_level, "structure:levels")


@form_door
@reaches(may_configure_school, level=YearLevel)
def level(request: Request, level: YearLevel) -> HttpResponse:
    return _changed(request, level, LevelForm, "structure/short_record.html", "structure:levels")


@form_door
@opens(may_configure_school)
def statuses(request: Request) -> HttpResponseBase:
    return _new(request, lists.statuses, StatusForm, actions.create_status, "structure:statuses")


@form_door
@reaches(may_configure_school, status=CourseStatus)
def status(request: Request, status: CourseStatus) -> HttpResponse:
    return _changed(request, status, StatusForm, "structure/short_record.html", "structure:statuses")


def _new(
    request: Request, listing: Listing, form_class: type[ModelForm], create: Callable[..., Any], address: str
) -> HttpResponseBase:
    """Show a short list with the form that adds to it; add, and show it again."""
    form = form_class(typed(request))
    if done(request, form, create):
        return go_on(request, _("%(name)s is added.") % form.cleaned_data, address)
    return answer_list(
        request,
        listing,
        form_class._meta.model.objects.all(),
        template=f"{address.replace(':', '/')}.html",
        status=status_of(form),
        adding=form,
        tabs=course_tabs(request.person, address),
    )


def _changed(
    request: Request, record: Any, form_class: type[ModelForm], template: str, address: str
) -> HttpResponse:
    """Show one record in a form; change it, and go back to its list."""
    form = form_class.of(record, typed(request))
    if done(request, form, actions.change_course, record=record):
        return go_on(request, _("%(name)s is up to date.") % form.cleaned_data, address)
    return show(request, template, form=form, record=record, back=address)
