"""
What waits in a browser for the connection is sent in the name of the account that typed it, and of no other.

`design/elements/offline-queue.js` sends it, and says under `Preau-Queue` whose it is: somebody else may have
signed in on that computer meanwhile. It is answered in data, whatever page the view would have drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.kit.acts import TO_MEND
from preau.kit.http import Request
from preau.kit.refusals import ChangedMeanwhile, Refusal

OWNER = "Preau-Queue"
SOMEBODY_ELSE = 409


def owner_of(request: HttpRequest) -> str:
    """Return the key under which a browser keeps what this account types; nothing before signing in."""
    if hasattr(request, "seeing"):  # What waits there is not sent with the eyes of another.
        return ""
    account = getattr(request, "user", None)
    return str(account.pk) if account is not None and account.is_authenticated else ""


class AnswerTheQueue:
    """Take what was typed from its owner alone, and say in data what became of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        is_of_the_queue = OWNER in request.headers and owner_of(request)
        return _in_data(request, response) if is_of_the_queue else response

    def process_view(self, request: Request, *view: Any) -> HttpResponse | None:
        owner = request.headers.get(OWNER)
        if owner is None or owner == owner_of(request):
            return None
        return JsonResponse({}, status=SOMEBODY_ELSE)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        if OWNER in request.headers and isinstance(exception, Refusal):
            return _refused(str(exception))
        return None


def _in_data(request: Request, response: HttpResponse) -> HttpResponse:
    is_to_mend = response.status_code == TO_MEND
    if isinstance(response, JsonResponse) or (response.status_code >= 400 and not is_to_mend):
        return response
    list(get_messages(request))  # Said beside what was typed, not once more on the page opened next.
    refusal = getattr(request, "refusal", None)
    if is_to_mend and isinstance(refusal, ChangedMeanwhile):
        return _refused(str(refusal), state="conflict", **refusal.stands)
    if is_to_mend:
        return _refused(_reasons(getattr(request, "to_mend", None)))
    if isinstance(response, HttpResponseRedirect) and not getattr(request, "has_acted", False):
        return _refused(_("This asks for more than what was typed: open the page, and do it there."))
    stands = getattr(request, "stands", {})
    return JsonResponse({"state": "saved", "words": getattr(request, "said", ""), **stands})


def _refused(words: str, state: str = "refused", **stands: object) -> JsonResponse:
    return JsonResponse({"state": state, "words": words, **stands}, status=TO_MEND)


def _reasons(form: BaseForm | None) -> str:
    """Return why a form came back, in one line: each field by its label."""
    if form is None:
        return _("This cannot be kept as it was typed.")
    said = ((form.fields.get(name), " ".join(map(str, errors))) for name, errors in form.errors.items())
    return " ".join(f"{field.label}: {words}" if field and field.label else words for field, words in said)


def queue_state(owner: str) -> str:
    """Draw what says, on every page, whether all that was typed is kept (`<queue-state>`)."""
    return format_html('<queue-state data-owner="{}">{}</queue-state>', owner, _sentences(get_language()))


@lru_cache
def _sentences(language: str) -> str:
    return render_to_string("design/_queue.html")
