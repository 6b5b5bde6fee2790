from django.urls import path

from . import views

app_name = "design"

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("school.css", views.school_css, name="school_css"),
    path("manifest.json", views.manifest, name="manifest"),
    path("sender/", views.sender, name="sender"),
    path("theme/", views.theme, name="theme"),
]
