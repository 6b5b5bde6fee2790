"""The doors everybody crosses."""

from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from preau.kit import clock, modules, slots
from preau.kit.access import anyone, opens, reaches, signed_in
from preau.kit.http import Request
from preau.kit.modules import Module
from preau.people.models import Person
from preau.structure.queries import school

from . import actions
from .forms import LanguageForm, PilotForm, StageForm
from .models import Pilot, RollOut
from .queries.adoption import adoption
from .queries.doors import house_rules
from .queries.dossier import dossier_file
from .queries.file import pupil_file
from .queries.openings import newcomers_named, openings_of, whom_to_ask
from .queries.search import search as look_for
from .queries.today import today_of
from .rules import decides_what_is_open, may_open_file

A_YEAR = timedelta(days=365)


@require_GET
@opens(signed_in)
def today(request: Request) -> HttpResponse:
    moment = clock.now()
    return render(request, "portal/today.html", {"today": today_of(request, moment), "moment": moment})


@require_GET
@reaches(may_open_file, pupil=Person)
def pupil(request: Request, pupil: Person) -> HttpResponse:
    actions.note_opening(pupil=pupil, by=request.person, at=clock.now())
    return render(request, "portal/pupil.html", {"file": pupil_file(request, pupil)})


@require_GET
@vary_on_headers("HX-Request")
@opens(signed_in)
def search(request: Request) -> HttpResponse:
    template = "portal/search.html#results" if request.htmx else "portal/search.html"
    return render(request, template, {"answer": look_for(request.person, request.GET.get("q", ""))})


@require_GET
@opens(signed_in)
def profile(request: Request) -> HttpResponse:
    form = LanguageForm(initial={"language": request.person.language})
    pieces = slots.pieces("portal.profile", request, request.person)
    return render(request, "portal/profile.html", {"form": form, "pieces": pieces})


@require_POST
@opens(signed_in)
def language(request: Request) -> HttpResponse:
    form = LanguageForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        actions.choose_language(person=request.person, language=chosen, by=request.person, at=clock.now())
        with override(chosen):
            messages.success(request, _("From now on you are spoken to in this language."))
    return redirect("portal:profile")


@require_GET
@never_cache
@opens(signed_in)
def my_data(request: Request) -> FileResponse:
    name = _("my-data-%(day)s.zip") % {"day": clock.today().isoformat()}
    return FileResponse(dossier_file(request.person), as_attachment=True, filename=name)


@require_GET
@opens(decides_what_is_open)
def roll_out(request: Request) -> HttpResponse:
    return render(request, "portal/roll_out.html", {"lines": adoption()})


@require_GET
@opens(decides_what_is_open)
def module(request: Request, key: str) -> HttpResponse:
    the_module = one_that_closes(key)
    found = newcomers_named(the_module, request.GET.get("q", ""))
    page = {"openings": openings_of(the_module), "form": StageForm(), "found": found}
    return render(request, "portal/module.html", page)


@require_POST
@opens(decides_what_is_open)
def stages(request: Request, key: str) -> HttpResponse:
    the_module, form = one_that_closes(key), StageForm(request.POST)
    if not form.is_valid():
        page = {"openings": openings_of(the_module), "form": form}
        return render(request, "portal/module.html", page, status=422)
    actions.decide_stage(module=key, by=request.person, at=clock.now(), **form.cleaned_data)
    return redirect("portal:module", key=key)


@require_POST
@opens(decides_what_is_open)
def pilots(request: Request, key: str) -> HttpResponse:
    form = PilotForm(request.POST)
    if not form.is_valid():
        raise Http404
    person = form.cleaned_data["person"]
    actions.add_pilot(module=key, person=person, by=request.person, at=clock.now())
    messages.success(request, _("%(name)s now tries this module.") % {"name": person.full_name})
    return redirect("portal:module", key=key)


def one_that_closes(key: str) -> Module:
    found = modules.module(key)
    if found is None or not found.can_close:
        raise Http404
    return found


@require_POST
@reaches(decides_what_is_open, decision=RollOut)
def withdrawal(request: Request, decision: RollOut) -> HttpResponse:
    actions.withdraw_decision(decision=decision, by=request.person, at=clock.now())
    return redirect("portal:module", key=decision.module)


@require_POST
@reaches(decides_what_is_open, pilot=Pilot)
def removal(request: Request, pilot: Pilot) -> HttpResponse:
    actions.remove_pilot(pilot=pilot, by=request.person, at=clock.now())
    return redirect("portal:module", key=pilot.module)


@require_GET
@opens(signed_in)
def rules(request: Request) -> HttpResponse:
    return render(request, "portal/rules.html", {"parts": house_rules()})


@require_GET
@opens(signed_in)
def help_page(request: Request) -> HttpResponse:
    return render(request, "portal/help.html", {"whom": whom_to_ask()})


@require_GET
@never_cache
@opens(anyone)
def health(request: Request) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": our_version(), "database": connection.vendor})


@require_GET
@opens(anyone)
def robots(request: Request) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@require_GET
@opens(anyone)
def security_txt(request: Request) -> HttpResponse:
    known = school()
    contact = (known.email if known else "") or settings.DEFAULT_FROM_EMAIL
    expires = (clock.now() + A_YEAR).date().isoformat()
    lines = f"Contact: mailto:{contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: fr, nl, en\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


def our_version() -> str:
    try:
        return version("preau")
    except PackageNotFoundError:
        return "0"
