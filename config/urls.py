"""Every address of the school, app by app."""

from django.urls import include, path

urlpatterns = [
    path("design/", include("preau.design.urls")),
    path("account/", include("preau.accounts.urls")),
    path("", include("preau.files.urls")),
    path("", include("preau.trail.urls")),
    path("", include("preau.work.urls")),
    path("", include("preau.mail.urls")),
    path("", include("preau.messaging.urls")),
    path("", include("preau.gradebook.urls")),
    path("", include("preau.sheets.urls")),
    path("", include("preau.report_cards.urls")),
    path("", include("preau.follow_up.urls")),
    path("", include("preau.retention.urls")),
    path("", include("preau.exchange.urls")),
    path("people/", include("preau.people.urls")),
    path("school/", include("preau.structure.urls")),
    path("", include("preau.portal.urls")),
]
