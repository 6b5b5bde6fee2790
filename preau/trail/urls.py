from django.urls import path

from . import views

app_name = "trail"

urlpatterns = [
    path("trail/", views.acts, name="acts"),
    path("people/<int:pupil_id>/looks/", views.looks, name="looks"),
]
