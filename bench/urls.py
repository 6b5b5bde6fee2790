"""The addresses of the school, and one that does nothing: the floor under all the others."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as of_the_school
from preau.kit.access import anyone, opens


@opens(anyone)
def floor(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("floor")


urlpatterns = [*of_the_school, path("bench/floor/", floor, name="floor")]
