from django.urls import path

from . import views

app_name = "messaging"

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:receipt_id>/", views.open_notice, name="open"),
    path("notices/all-read/", views.all_read, name="all_read"),
]
