from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from preau.design.notices import answer
from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.http import Request, pdf_answer
from preau.people.models import Person
from preau.structure.models import ClassGroup, ReportPeriod
from preau.structure.queries import current_period, current_year, periods_of

from .. import actions, queries
from ..documents import draw_for_print
from ..documents.online import as_page
from ..forms import WordForm
from ..rules import may_open_classes, may_read_class, may_write_word, may_write_words


@require_GET
@opens(may_open_classes)
def classes(request: Request) -> HttpResponse:
    period = current_period()
    found = list(queries.classes_for(request.person, period))
    if period and len(found) == 1:
        return redirect("report_cards:class_group", period_id=period.pk, class_group_id=found[0].pk)
    return render(request, "report_cards/classes.html", {"period": period, "classes": found})


@require_GET
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_read_class, class_group=ClassGroup)
def class_group(request: Request, period: ReportPeriod, class_group: ClassGroup) -> HttpResponse:
    context = {
        "page": queries.class_page(class_group, period),
        "periods": periods_of(current_year(period.starts_on)),
        "may_write": may_write_words.allows(request.person, class_group),
    }
    return render(request, "report_cards/class_group.html", context)


@require_GET
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_read_class, class_group=ClassGroup)
def print_class(request: Request, period: ReportPeriod, class_group: ClassGroup) -> HttpResponse:
    copies = queries.copies_of_class(class_group, period)
    document = draw_for_print(copies, f"{class_group.name}, {period.name}")
    return pdf_answer(document, f"{class_group.name} {period.code}")


@require_GET
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_write_word, pupil=Person)
def preview(request: Request, period: ReportPeriod, pupil: Person) -> HttpResponse:
    snapshot = queries.snapshot_of(period, pupil)
    if snapshot is None:
        raise Http404
    page = {"pupil": pupil, "period": period, "sheet": as_page(snapshot.facts)}
    return render(request, "report_cards/preview.html", page)


@require_POST
@reaches(may_open_classes, period=ReportPeriod)
@reaches(may_write_word, pupil=Person)
def word(request: Request, period: ReportPeriod, pupil: Person) -> HttpResponse:
    form = WordForm(request.POST)
    if not form.is_valid():
        line = {"form": form, "pupil": pupil, "period": period}
        return answer(request, "report_cards/class_group.html#word", line, status=422)
    said = actions.write_tutor_word(
        pupil=pupil, period=period, by=request.person, at=clock.now(), **form.cleaned_data
    )
    line = {"form": WordForm(instance=said), "pupil": pupil, "period": period, "word": said, "is_saved": True}
    return answer(request, "report_cards/class_group.html#word", line)
