"""A report card: read, acknowledged, held, corrected."""

from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.design.confirmations import confirm
from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, done, form_door, go_on, is_confirmed, moment_of, show, typed
from preau.kit.http import Request
from preau.kit.sensitive import sensitive
from preau.structure.queries import grown_ups_of

from .. import actions, confirmations, queries
from ..documents.online import as_page
from ..forms import CorrectionForm, HoldForm
from ..models import Hold, ReportCard
from ..rules import may_acknowledge, may_open_own_cards, may_read_card, may_settle_card


@require_safe
@opens(may_open_own_cards)
def mine(request: Request) -> HttpResponse:
    children = queries.cards_by_child(request.person)
    grown_ups = grown_ups_of(request.person, "sees_marks")
    return show(request, "report_cards/mine.html", children=children, grown_ups=grown_ups)


@require_safe
@reaches(may_read_card, card=ReportCard)
def card(request: Request, card: ReportCard) -> HttpResponse:
    actions.note_reading(card=card, by=request.person, at=moment_of(request))
    return _page(request, card, HoldForm())


def _page(request: Request, card: ReportCard, hold_form: HoldForm) -> HttpResponse:
    page = queries.card_page(card, request.person)
    sheet = as_page(card.facts)
    return show(request, "report_cards/card.html", page=page, sheet=sheet, hold_form=hold_form)


@require_safe
@reaches(may_read_card, card=ReportCard)
def document(request: Request, card: ReportCard) -> FileResponse:
    actions.note_reading(card=card, by=request.person, at=moment_of(request))
    document = actions.document_of(card, by=request.person)
    return FileResponse(
        BytesIO(document),
        content_type="application/pdf",
        filename=f"{card.number}-v{card.version}.pdf",
        as_attachment="save" in request.GET,
    )


@act_door
@reaches(may_acknowledge, card=ReportCard)
def acknowledgement(request: Request, card: ReportCard) -> HttpResponse:
    act(request, actions.acknowledge, card=card)
    words = _("The school knows that you have taken note of this report card.")
    return go_on(request, words, "report_cards:card", card.pk)


@act_door
@sensitive
@reaches(may_settle_card, card=ReportCard)
def hold(request: Request, card: ReportCard) -> HttpResponse:
    form = HoldForm(typed(request))
    if done(request, form, actions.hold, pupil=card.pupil, period=card.period):
        words = _("This report card waits: neither the pupil nor the family finds it.")
        return go_on(request, words, "report_cards:card", card.pk)
    return _page(request, card, form)


@form_door
@sensitive
@reaches(may_settle_card, hold=Hold)
def lifting(request: Request, hold: Hold) -> HttpResponse:
    if not is_confirmed(request):
        return confirm(request, confirmations.letting_go(hold))
    act(request, actions.lift_hold, hold=hold)
    words = _("%(name)s's report card waits no longer.") % {"name": hold.pupil.full_name}
    return go_on(request, words, "report_cards:period", hold.period_id)


@form_door
@sensitive
@reaches(may_settle_card, card=ReportCard)
def correction(request: Request, card: ReportCard) -> HttpResponse:
    form = CorrectionForm(typed(request))
    if corrected := done(request, form, actions.correct_report_card, card=card):
        words = _("Version %(version)s has replaced the card at once.")
        version = {"version": corrected.result.version}
        return go_on(request, words % version, "report_cards:card", corrected.result.pk)
    return confirm(request, confirmations.correcting(card), form)
