from django.urls import path

from . import views

app_name = "exchange"

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:run_id>/", views.run, name="run"),
    path("imports/<int:run_id>/columns/", views.columns, name="columns"),
    path("imports/<int:run_id>/comparison/", views.comparison, name="comparison"),
    path("imports/<int:run_id>/application/", views.application, name="application"),
    path("imports/<int:run_id>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("imports/<int:run_id>/undoing/", views.undoing, name="undoing"),
    path("imports/<int:run_id>/report.xlsx", views.report_sheet, name="report_sheet"),
    path("exports/", views.exports, name="exports"),
    path("exports/groups/<int:group_id>/", views.group_bundle, name="group_bundle"),
]
