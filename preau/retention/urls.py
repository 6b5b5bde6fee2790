from django.urls import path

from . import views

app_name = "retention"

urlpatterns = [
    path("retention/", views.periods, name="periods"),
    path("retention/next/", views.next_run, name="next_run"),
    path("retention/periods/<str:kind>/", views.period, name="period"),
    path("retention/holds/<int:hold_id>/lifting/", views.lifting, name="lifting"),
    path("people/<int:somebody_id>/hold/", views.hold, name="hold"),
]
