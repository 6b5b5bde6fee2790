"""Documents to print or keep: the list of a class, the gradebook of a year, why results are what they are."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from preau.gradebook.actions import note_look_at_results
from preau.gradebook.queries import periods_begun, rows_read, sheet
from preau.gradebook.rules import leads, may_read_gradebook, may_read_results
from preau.kit.access import opens, reaches
from preau.kit.acts import done, form_door, moment_of, show, typed
from preau.kit.http import Request, pdf_answer
from preau.kit.sensitive import sensitive
from preau.people.models import Person
from preau.structure.addresses import number_or_404, number_or_none, period_or_404
from preau.structure.models import CourseGroup, ReportPeriod
from preau.structure.queries import current_period
from preau.work.tasks import start

from .. import actions, documents, queries
from ..forms import BooksForm
from ..rules import may_take_book, may_take_books


@require_safe
@sensitive
@reaches(may_read_gradebook, group=CourseGroup)
def blank_list(request: Request, group: CourseGroup, period_id: int) -> HttpResponse:
    """Give a list of the class with empty columns (`?columns=8`), to print."""
    columns = number_or_none(request.GET.get("columns"))
    page = sheet(group, period_or_404(group, period_id), rows_read(group, request.person))
    pdf = documents.blank_list(page, columns=columns or documents.USUAL_COLUMNS, by=request.person)
    return pdf_answer(pdf, f"{group.course.name} {group.name}")


@require_safe
@sensitive
@reaches(may_take_book, group=CourseGroup)
def book(request: Request, group: CourseGroup) -> HttpResponse:
    """Give the gradebook of a group for its whole year."""
    pdf = actions.take_book(group=group, by=request.person, at=moment_of(request))
    return pdf_answer(pdf, f"{group.course.name} {group.name} {group.school_year}")


@form_door
@sensitive
@opens(may_take_books)
def books(request: Request) -> HttpResponse:
    """List the gradebooks one may take away; order them all, one's own or (who leads) the school's."""
    sent = typed(request)
    year = queries.year_of_books((request.GET if sent is None else sent).get("year"))
    page = queries.books_page(year, request.person)
    form = BooksForm(sent, page=page, asker=request.person, takes_all=leads.admits(request.person))
    if year and (ordered := done(request, form, actions.order_books, year=year)):
        start(ordered.result)
        return redirect("work:work", ordered.result.pk)
    return show(request, "sheets/books.html", page=page, form=form, takes_all=form.takes_all)


@require_safe
@reaches(may_read_results, pupil=Person)
def explanation(request: Request, pupil: Person) -> HttpResponse:
    """Unfold the results of a pupil in a period, as far as the reader may know."""
    period = _period_or_404(request.GET.get("period"))
    note_look_at_results(pupil=pupil, by=request.person, at=moment_of(request))
    return pdf_answer(
        documents.explanation_of(pupil, period, request.person), f"{pupil.full_name} {period.code}"
    )


def _period_or_404(asked: str | None) -> ReportPeriod:
    """Return a period of the year that has begun; the one in course when none is asked."""
    if not asked:
        found = current_period()
    else:
        found = next((period for period in periods_begun() if period.pk == number_or_404(asked)), None)
    if found is None:
        raise Http404
    return found
