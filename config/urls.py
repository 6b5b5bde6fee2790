"""Every address of the school, app by app."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("preau.accounts.urls")),
    path("", include("preau.trail.urls")),
    path("", include("preau.portal.urls")),
]
