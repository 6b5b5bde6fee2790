"""The doors everybody crosses."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from preau.accounts.actions import choose_language
from preau.accounts.forms import LanguageForm
from preau.design.confirmations import confirm
from preau.kit import clock, modules, slots
from preau.kit.access import anyone, opens, reaches, signed_in
from preau.kit.acts import (
    act,
    act_door,
    done,
    go_on,
    is_confirmed,
    is_understood,
    moment_of,
    show,
    typed,
    understood,
)
from preau.kit.http import Request
from preau.kit.modules import Module
from preau.kit.sensitive import sensitive
from preau.kit.subjects import by_subject
from preau.people.models import Person
from preau.structure.queries import school

from .. import actions, confirmations
from ..forms import PilotForm, StageForm
from ..models import Pilot, RollOut
from ..queries.adoption import adoption
from ..queries.doors import house_rules
from ..queries.dossier import dossier_file
from ..queries.file import pupil_file
from ..queries.handbook import chapter_called, handbook, picture_called, screen_of
from ..queries.openings import newcomers_named, openings_of, whom_to_ask
from ..queries.search import search as look_for
from ..queries.today import today_of
from ..rules import (
    decides_what_is_open,
    may_hand_data_over,
    may_open_file,
    reads_addresses,
)

A_YEAR = timedelta(days=365)
A_DAY = 60 * 60 * 24


@require_safe
@opens(signed_in)
def today(request: Request) -> HttpResponse:
    moment = moment_of(request)
    return show(request, "portal/today.html", today=today_of(request, moment), moment=moment)


@require_safe
@reaches(may_open_file, pupil=Person)
def pupil(request: Request, pupil: Person) -> HttpResponse:
    actions.note_opening(pupil=pupil, by=request.person, at=moment_of(request))
    return show(request, "portal/pupil.html", file=pupil_file(request, pupil))


@require_safe
@vary_on_headers("HX-Request")
@opens(signed_in)
def search(request: Request) -> HttpResponse:
    template = "portal/search.html#results" if request.htmx else "portal/search.html"
    return show(request, template, answer=look_for(request.person, request.GET.get("q", "")))


@require_safe
@opens(signed_in)
def profile(request: Request) -> HttpResponse:
    return _profile(request, LanguageForm(initial={"language": request.person.language}))


def _profile(request: Request, form: LanguageForm) -> HttpResponse:
    pieces = slots.pieces("portal.profile", request, request.person)
    return show(request, "portal/profile.html", form=form, pieces=pieces)


@act_door
@opens(signed_in)
def language(request: Request) -> HttpResponse:
    form = LanguageForm(typed(request))
    if not done(request, form, choose_language, person=request.person):
        return _profile(request, form)
    with override(form.cleaned_data["language"]):
        return go_on(request, _("From now on you are spoken to in this language."), "portal:profile")


@require_safe
@never_cache
@opens(signed_in)
def my_data(request: Request) -> FileResponse:
    name = _("my-data-%(day)s.zip") % {"day": clock.today().isoformat()}
    return FileResponse(dossier_file(request.person), as_attachment=True, filename=name)


@act_door
@sensitive
@reaches(may_hand_data_over, somebody=Person)
def data_of(request: Request, somebody: Person) -> FileResponse:
    file = act(request, actions.hand_data_over, person=somebody)
    name = _("data-of-%(name)s-%(day)s.zip")
    words = {"name": somebody.sort_name.replace(" ", "-"), "day": clock.today().isoformat()}
    answer = FileResponse(file, as_attachment=True, filename=name % words)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@opens(decides_what_is_open)
def roll_out(request: Request) -> HttpResponse:
    return show(request, "portal/roll_out.html", lines=adoption())


@require_safe
@opens(decides_what_is_open)
def module(request: Request, key: str) -> HttpResponse:
    return _module(request, one_that_closes(key), StageForm())


def _module(request: Request, the_module: Module, form: StageForm) -> HttpResponse:
    found = newcomers_named(the_module, request.GET.get("q", ""))
    return show(
        request,
        "portal/module.html",
        openings=openings_of(the_module),
        form=form,
        found=found,
        pilots=PilotForm(),
    )


@act_door
@sensitive
@opens(decides_what_is_open)
def stages(request: Request, key: str) -> HttpResponse:
    the_module, form = one_that_closes(key), StageForm(typed(request))
    if is_understood(form) and form.shuts_out and not is_confirmed(request):
        return confirm(
            request, confirmations.shutting_out(the_module, **form.cleaned_data), form.keep_choice()
        )
    if not done(request, form, actions.decide_stage, module=key):
        return _module(request, the_module, form)
    return go_on(request, _("It is decided. You can take it back."), "portal:module", key=key)


@act_door
@sensitive
@opens(decides_what_is_open)
def pilots(request: Request, key: str) -> HttpResponse:
    form = PilotForm(typed(request))
    persons = understood(form)["persons"]
    if len(persons) > 1 and not is_confirmed(request):
        return confirm(request, confirmations.letting_try(one_that_closes(key), persons), form.keep_choice())
    act(request, actions.add_pilots, module=key, persons=persons)
    words = ngettext(
        "%(name)s now tries this module.", "%(count)d persons now try this module.", len(persons)
    ) % {"name": persons[0].full_name, "count": len(persons)}
    return go_on(request, words, "portal:module", key=key)


def one_that_closes(key: str) -> Module:
    found = modules.module(key)
    if found is None or not found.can_close:
        raise Http404
    return found


@act_door
@sensitive
@reaches(decides_what_is_open, decision=RollOut)
def withdrawal(request: Request, decision: RollOut) -> HttpResponse:
    act(request, actions.withdraw_decision, decision=decision)
    return go_on(request, _("The decision is taken back."), "portal:module", key=decision.module)


@act_door
@sensitive
@reaches(decides_what_is_open, pilot=Pilot)
def removal(request: Request, pilot: Pilot) -> HttpResponse:
    act(request, actions.remove_pilot, pilot=pilot)
    words = _("%(name)s no longer tries this module.") % {"name": pilot.person.full_name}
    return go_on(request, words, "portal:module", key=pilot.module)


@require_safe
@opens(signed_in)
def rules(request: Request) -> HttpResponse:
    parts = house_rules() if reads_addresses.admits(request.person) else []
    return show(request, "portal/rules.html", subjects=by_subject(), parts=parts)


@require_safe
@vary_on_headers("HX-Request", "Referer")
@opens(signed_in)
def help_page(request: Request) -> HttpResponse:
    """Help: the handbook as one types, and what it says of the page one comes from."""
    book = handbook(request.person, screen=_screen_one_comes_from(request), typed=request.GET.get("q", ""))
    if request.htmx:
        return show(request, "portal/help.html#found", book=book)
    return show(request, "portal/help.html", book=book, whom=whom_to_ask())


def _screen_one_comes_from(request: Request) -> str:
    """Return the name of the screen that a link names, else of the page that led here."""
    return request.GET.get("on") or screen_of(urlsplit(request.headers.get("Referer", "")).path)


@require_safe
@opens(signed_in)
def chapter(request: Request, slug: str) -> HttpResponse:
    found = chapter_called(slug)
    if found is None:
        raise Http404
    return show(request, "portal/chapter.html", chapter=found, book=handbook(request.person))


@require_safe
@opens(signed_in)
def help_picture(request: Request, name: str) -> FileResponse:
    found = picture_called(name)
    if found is None:
        raise Http404
    return FileResponse(found.open("rb"), content_type="image/png")


@require_safe
@never_cache
@opens(anyone)
def health(request: Request) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
@opens(anyone)
@cache_control(public=True, max_age=A_DAY)
def favicon(request: Request) -> HttpResponse:
    """The picture of the house, for programs that look for it at its old place."""
    return HttpResponse(our_picture(), content_type="image/svg+xml")


@require_safe
@opens(anyone)
def robots(request: Request) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@require_safe
@opens(anyone)
def security_txt(request: Request) -> HttpResponse:
    known = school()
    contact = (known.email if known else "") or settings.DEFAULT_FROM_EMAIL
    expires = (clock.now() + A_YEAR).date().isoformat()
    lines = f"Contact: mailto:{contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: fr, nl, en\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


@cache
def our_picture() -> bytes:
    return Path(str(finders.find("design/roof.svg"))).read_bytes()
