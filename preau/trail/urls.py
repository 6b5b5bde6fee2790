from django.urls import path

from . import views

app_name = "trail"

urlpatterns = [
    path("trail/", views.acts, name="acts"),
    path("trail/given/", views.given, name="given"),
    path("people/<int:pupil_id>/looks/", views.looks, name="looks"),
]
