"""Documents to print or keep: the list of a class, the gradebook of a year, why results are what they are."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from preau.gradebook.queries import periods_begun, sheet
from preau.gradebook.rules import leads, may_read_gradebook, may_read_results
from preau.gradebook.views.finding import number_or_404, period_or_404
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.http import Request, pdf_answer
from preau.people.models import Person
from preau.structure.models import CourseGroup
from preau.structure.queries import current_period
from preau.trail.actions import note
from preau.work.models import Work
from preau.work.tasks import start

from .. import actions, documents, queries
from ..actions.books import TAKE_BOOKS
from ..rules import may_take_book, may_take_books


@require_safe
@reaches(may_read_gradebook, group=CourseGroup)
def blank_list(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Give a list of the class with empty columns (`?columns=8`), to print."""
    period = period_or_404(group, period_id)
    columns = request.GET.get("columns", "")
    count = int(columns) if columns.isascii() and columns.isdigit() and len(columns) < 3 else 8
    pdf = documents.blank_list(sheet(group, period), columns=count, by=request.person)
    return pdf_answer(pdf, f"{group.course.name} {group.name}")


@require_safe
@reaches(may_take_book, group=CourseGroup)
def book(request: Request, group: CourseGroup) -> HttpResponse:
    """Give the gradebook of a group for its whole year."""
    note(TAKE_BOOKS, by=request.person, subject=str(group))
    return pdf_answer(
        documents.book(group, by=request.person), f"{group.course.name} {group.name} {group.school_year}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opens(may_take_books)
def books(request: Request) -> HttpResponse:
    """List the gradebooks one may take away; order them all, one's own or (the head) the school's."""
    year = queries.year_of_books(request.GET.get("year") or request.POST.get("year"))
    is_head = leads.admits(request.person)
    if request.method == "POST" and year:
        whose = request.POST.get("whose", "mine")
        if whose != "mine" and not is_head:
            raise Http404
        teacher = None if whose == "school" else queries.teacher_of_books(whose, request.person)
        if whose != "school" and teacher is None:
            raise Http404
        title = _("Gradebooks %(year)s, %(whose)s") % {
            "year": year,
            "whose": teacher.full_name if teacher else _("the whole school"),
        }
        work = actions.order_books(year=year, teacher=teacher, title=title, by=request.person, at=clock.now())
        start(work)
        return redirect("work:work", work.pk)
    context = {
        "year": year,
        "years": queries.years_of_books(),
        "lines": actions.groups_of_books(year.pk, request.person.pk) if year else [],
        "teachers": queries.teachers_with_books(year) if is_head and year else [],
        "is_head": is_head,
        "ordered": Work.objects.filter(asked_by=request.person, what=actions.BOOKS)[:5],
    }
    return render(request, "sheets/books.html", context)


@require_safe
@reaches(may_read_results, pupil=Person)
def explanation(request: Request, pupil: Person) -> HttpResponse:
    """Unfold the results of a pupil in a period, as far as the reader may know."""
    asked = request.GET.get("period")
    periods = periods_begun()
    period = (
        next((it for it in periods if it.pk == number_or_404(asked)), None) if asked else current_period()
    )
    if period is None:
        raise Http404
    pdf = documents.explanation_of(pupil, period, request.person)
    return pdf_answer(pdf, f"{pupil.full_name} {period.code}")
