"""A class at the end of a period, and the words of its titulaires."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act_door, go_on, moment_of, show, typed
from preau.kit.http import Request, pdf_answer
from preau.kit.sensitive import sensitive
from preau.kit.texts import keep_text
from preau.people.models import Person
from preau.structure.addresses import number_or_none
from preau.structure.models import ClassGroup, ReportPeriod
from preau.structure.queries import current_period, current_year, periods_of

from .. import actions, lists, queries
from ..documents import draw_for_print
from ..documents.online import as_page
from ..forms import WordForm
from ..rules import may_open_classes, may_read_class, may_write_word, may_write_words


@require_safe
@opens(may_open_classes)
def classes(request: Request) -> HttpResponseBase:
    period = current_period()
    found = queries.classes_for(request.person, period)
    if period and len(found) == 1:
        return redirect("report_cards:class_group", period.pk, found[0].class_group.pk)
    return answer_list(request, lists.classes, found, template="report_cards/classes.html", period=period)


@require_safe
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_read_class, class_group=ClassGroup)
def class_group(request: Request, period: ReportPeriod, class_group: ClassGroup) -> HttpResponse:
    actions.note_look_at_class(class_group=class_group, by=request.person, at=moment_of(request))
    return _page(request, class_group, period)


def _page(
    request: Request,
    class_group: ClassGroup,
    period: ReportPeriod,
    *,
    pupil: Person | None = None,
    mended: WordForm | None = None,
) -> HttpResponse:
    """Draw the page of a class; the word to one pupil may have come back to be mended."""
    page = queries.class_page(class_group, period)
    return show(
        request,
        "report_cards/class_group.html",
        page=page,
        periods=periods_of(current_year(period.starts_on)),
        words=[(row, mended if row.pupil == pupil else WordForm(stands=row.word)) for row in page.rows],
        mended=mended,
        may_write=may_write_words.allows(request.person, class_group),
    )


@require_safe
@sensitive
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_read_class, class_group=ClassGroup)
def print_class(request: Request, period: ReportPeriod, class_group: ClassGroup) -> HttpResponse:
    actions.note_printing(class_group=class_group, period=period, by=request.person, at=moment_of(request))
    copies = queries.copies_of_class(class_group, period)
    document = draw_for_print(copies, f"{class_group.name}, {period.name}")
    return pdf_answer(document, f"{class_group.name} {period.code}")


@require_safe
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_write_word, pupil=Person)
def preview(request: Request, period: ReportPeriod, pupil: Person) -> HttpResponse:
    snapshot = queries.snapshot_of(period, pupil)
    if snapshot is None:
        raise Http404
    actions.note_look_at_preview(pupil=pupil, by=request.person, at=moment_of(request))
    sheet = as_page(snapshot.facts)
    return show(request, "report_cards/preview.html", pupil=pupil, period=period, sheet=sheet)


@require_safe
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_read_class, class_group=ClassGroup)
def why(request: Request, period: ReportPeriod, class_group: ClassGroup, pupil_id: int) -> HttpResponse:
    """Unfold the figures of a pupil in the table of a class: all of them, or those of one course."""
    pupil = next(
        (each for each in queries.pupils_at_end_of(class_group, period) if each.pk == pupil_id), None
    )
    facts = queries.facts_shown(period, pupil) if pupil else None
    if pupil is None or facts is None:
        raise Http404
    actions.note_look_at_preview(pupil=pupil, by=request.person, at=moment_of(request))
    sheet = as_page(facts, number_or_none(request.GET.get("course")))
    template = "report_cards/why.html#explanation" if request.htmx else "report_cards/why.html"
    return show(request, template, pupil=pupil, period=period, class_group=class_group, sheet=sheet)


@act_door
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_write_word, pupil=Person)
def word(request: Request, period: ReportPeriod, pupil: Person) -> HttpResponse:
    class_group = queries.class_at_end_of(period, pupil)
    if class_group is None:
        raise Http404
    form = WordForm(typed(request))
    if keep_text(request, form, actions.write_tutor_word, pupil=pupil, period=period):
        words = _("The word to %(name)s is saved.") % {"name": pupil.full_name}
        page = resolve_url("report_cards:class_group", period.pk, class_group.pk)
        return go_on(request, words, f"{page}#word-{pupil.pk}")
    return _page(request, class_group, period, pupil=pupil, mended=form)
