"""The catalogue of components, and what a browser asks of a house: its colours, its name, its picture."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import condition, require_GET

from preau.design.catalogue import samples
from preau.design.colours import stylesheet
from preau.design.context import THEME_COOKIE, THEMES, school_face
from preau.design.forms import ThemeForm
from preau.design.queue import owner_of
from preau.kit.access import anyone, opens
from preau.kit.acts import act_door, typed, understood
from preau.kit.http import Request

A_YEAR = 60 * 60 * 24 * 365


@require_GET
@opens(anyone)
def catalogue(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO_MODE):
        raise Http404
    return render(request, "design/catalogue.html", {"samples": samples(), "themes": THEMES})


def _school_etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(stylesheet(school_face().accent).encode()).hexdigest()[:16]}"'


@require_GET
@opens(anyone)
@cache_control(public=True, max_age=A_YEAR)
@condition(etag_func=_school_etag)
def school_css(request: HttpRequest) -> HttpResponse:
    return HttpResponse(stylesheet(school_face().accent), content_type="text/css")


@require_GET
@opens(anyone)
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("design/roof.svg"), "type": "image/svg+xml", "sizes": "any"}
    about = {
        "name": f"Préau, {school_face().name}" if school_face().name else "Préau",
        "short_name": "Préau",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#faf8f4",
        "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_GET
@opens(anyone)
@never_cache
def sender(request: HttpRequest) -> JsonResponse:
    """Tell in whose name this browser would send something now, and the token against forgery it needs."""
    return JsonResponse({"owner": owner_of(request), "token": get_token(request)})


@act_door
@opens(anyone)
def theme(request: Request) -> HttpResponse:
    asked = understood(ThemeForm(typed(request)))
    back, chosen = asked["next"], asked["theme"]
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponse(status=204) if request.htmx else redirect(back if ours else "/")
    if chosen:
        response.set_cookie(THEME_COOKIE, chosen, max_age=A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
