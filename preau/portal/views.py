"""The doors everybody crosses."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from preau.kit.access import anyone, opens, signed_in


@require_GET
@opens(anyone)
def health(request: HttpRequest) -> JsonResponse:
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@require_GET
@opens(signed_in)
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/today.html")
