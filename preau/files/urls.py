from django.urls import path

from . import views

app_name = "files"

urlpatterns = [
    path("files/<uuid:file_id>/", views.file, name="file"),
    path("files/<uuid:file_id>/thumbnail/", views.thumbnail, name="thumbnail"),
]
