from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from preau.design.lists import answer_list
from preau.kit.access import opens, reaches
from preau.kit.acts import act, act_door, go_on
from preau.kit.http import Request
from preau.kit.sensitive import sensitive_to_take

from . import actions, lists, queries
from .forms import BouncingFilterForm, MailFilterForm
from .models import BouncingAddress, OutgoingMail
from .rules import may_keep_mail, may_send_mail_again, may_try_address


@require_safe
@sensitive_to_take
@opens(may_keep_mail)
def mails(request: Request) -> HttpResponseBase:
    form = MailFilterForm(request.GET)
    found = queries.mails(**form.wanted)
    return answer_list(request, lists.mails, found, form=form, template="mail/mails.html")


@require_safe
@sensitive_to_take
@opens(may_keep_mail)
def bounces(request: Request) -> HttpResponseBase:
    form = BouncingFilterForm(request.GET)
    found = queries.bouncing(**form.wanted)
    return answer_list(request, lists.bounces, found, form=form, template="mail/bounces.html")


@act_door
@reaches(may_send_mail_again, mail=OutgoingMail)
def again(request: Request, mail: OutgoingMail) -> HttpResponse:
    act(request, actions.send_again, mail=mail)
    words = _("The e-mail to %(address)s leaves again within a minute.") % {"address": mail.address}
    return go_on(request, words, "mail:mails")


@act_door
@reaches(may_try_address, address=BouncingAddress)
def retry(request: Request, address: BouncingAddress) -> HttpResponse:
    waiting = act(request, actions.try_address_again, address=address)
    words = ngettext(
        "E-mails leave to %(address)s again, beginning with %(count)s that waited.",
        "E-mails leave to %(address)s again, beginning with the %(count)s that waited.",
        waiting,
    )
    if not waiting:
        words = _("E-mails leave to %(address)s again; none waited.")
    return go_on(request, words % {"address": address.address, "count": waiting}, "mail:bounces")
