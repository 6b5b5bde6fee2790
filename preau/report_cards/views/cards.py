from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from preau.kit import clock
from preau.kit.access import opens, reaches
from preau.kit.http import Request
from preau.structure.queries import grown_ups_of

from .. import actions, queries
from ..documents.online import as_page
from ..forms import CorrectionForm, HoldForm
from ..models import Hold, ReportCard
from ..rules import may_acknowledge, may_open_own_cards, may_read_card, may_settle_card


@require_GET
@opens(may_open_own_cards)
def mine(request: Request) -> HttpResponse:
    context = {
        "children": queries.cards_by_child(request.person),
        "grown_ups": grown_ups_of(request.person, "sees_marks"),
    }
    return render(request, "report_cards/mine.html", context)


@require_GET
@reaches(may_read_card, card=ReportCard)
def card(request: Request, card: ReportCard) -> HttpResponse:
    actions.note_reading(card=card, by=request.person, at=clock.now())
    page = queries.card_page(card, request.person)
    return render(
        request,
        "report_cards/card.html",
        {"page": page, "sheet": as_page(card.facts), "hold_form": HoldForm()},
    )


@require_GET
@reaches(may_read_card, card=ReportCard)
def document(request: Request, card: ReportCard) -> FileResponse:
    actions.note_reading(card=card, by=request.person, at=clock.now())
    drawing = actions.document_of(card)
    return FileResponse(
        drawing.file.open(),
        content_type="application/pdf",
        filename=f"{card.number}-v{card.version}.pdf",
        as_attachment="save" in request.GET,
    )


@require_POST
@reaches(may_acknowledge, card=ReportCard)
def acknowledgement(request: Request, card: ReportCard) -> HttpResponse:
    actions.acknowledge(card=card, by=request.person, at=clock.now())
    messages.success(request, _("The school knows that you have taken note of this report card."))
    return redirect("report_cards:card", card_id=card.pk)


@require_POST
@reaches(may_settle_card, card=ReportCard)
def hold(request: Request, card: ReportCard) -> HttpResponse:
    form = HoldForm(request.POST)
    if not form.is_valid():
        page = queries.card_page(card, request.person)
        context = {"page": page, "sheet": as_page(card.facts), "hold_form": form}
        return render(request, "report_cards/card.html", context, status=422)
    reason = form.cleaned_data["reason"]
    actions.hold(pupil=card.pupil, period=card.period, reason=reason, by=request.person, at=clock.now())
    messages.success(request, _("This report card waits: neither the pupil nor the family finds it."))
    return redirect("report_cards:card", card_id=card.pk)


@require_POST
@reaches(may_settle_card, hold=Hold)
def lifting(request: Request, hold: Hold) -> HttpResponse:
    actions.lift_hold(hold=hold, by=request.person, at=clock.now())
    messages.success(request, _("%(name)s's report card waits no longer.") % {"name": hold.pupil.full_name})
    return redirect("report_cards:period", period_id=hold.period_id)


@require_http_methods(["GET", "POST"])
@reaches(may_settle_card, card=ReportCard)
def correction(request: Request, card: ReportCard) -> HttpResponse:
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        new = actions.correct_report_card(card=card, reason=reason, by=request.person, at=clock.now())
        messages.success(
            request, _("Version %(version)s has replaced the card at once.") % {"version": new.version}
        )
        return redirect("report_cards:card", card_id=new.pk)
    status = 422 if form.is_bound else 200
    return render(request, "report_cards/correction.html", {"card": card, "form": form}, status=status)
