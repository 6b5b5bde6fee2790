from django.urls import path

from .views import documents, files

app_name = "sheets"

SHEET = "gradebooks/<int:group_id>/periods/<int:period_id>/"

urlpatterns = [
    path(f"{SHEET}export/", files.export, name="export"),
    path(f"{SHEET}files/", files.new_file, name="new_file"),
    path(f"{SHEET}list/", documents.blank_list, name="blank_list"),
    path("sheet-files/<int:file_id>/", files.file, name="file"),
    path("sheet-files/<int:file_id>/application/", files.application, name="file_application"),
    path("sheet-files/<int:file_id>/withdrawal/", files.withdrawal, name="file_withdrawal"),
    path("gradebooks/<int:group_id>/book/", documents.book, name="book"),
    path("gradebooks/books/", documents.books, name="books"),
    path("results/<int:pupil_id>/explanation/", documents.explanation, name="explanation"),
]
