from django.urls import path

from .views import assessments, cells, groups, periods, results, schemes, sheets

app_name = "gradebook"

SHEET = "gradebooks/<int:group_id>/periods/<int:period_id>/"
PUPIL = f"{SHEET}pupils/<int:pupil_id>/"
ASSESSMENT = "assessments/<int:assessment_id>/"

urlpatterns = [
    path("gradebooks/", groups.groups, name="groups"),
    path("gradebooks/<int:group_id>/", groups.gradebook, name="gradebook"),
    path("gradebooks/<int:group_id>/year/", sheets.year, name="year"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}whole/", sheets.whole_sheet, name="whole_sheet"),
    path(f"{SHEET}cells/", cells.cells, name="cells"),
    path(f"{SHEET}changes/", sheets.changes, name="changes"),
    path(f"{SHEET}publications/", sheets.publications, name="publications"),
    path(f"{SHEET}export/", sheets.export, name="export"),
    path(f"{SHEET}assessments/", assessments.new_assessment, name="new_assessment"),
    path(f"{SHEET}closing/", periods.closing, name="closing"),
    path(f"{SHEET}reopening/", periods.reopening, name="reopening"),
    path(f"{PUPIL}why/", sheets.why, name="why"),
    path(f"{PUPIL}choice/", sheets.choice, name="choice"),
    path(ASSESSMENT, assessments.assessment, name="assessment"),
    path(f"{ASSESSMENT}settings/", assessments.settings, name="assessment_settings"),
    path(f"{ASSESSMENT}place/", assessments.place, name="place"),
    path(f"{ASSESSMENT}copies/", assessments.copies, name="copies"),
    path(f"{ASSESSMENT}publication/", assessments.publication, name="publication"),
    path(f"{ASSESSMENT}withdrawal/", assessments.withdrawal, name="withdrawal"),
    path(f"{ASSESSMENT}neutralisation/", assessments.neutralisation, name="neutralisation"),
    path(f"{ASSESSMENT}reinstatement/", assessments.reinstatement, name="reinstatement"),
    path(f"{ASSESSMENT}removal/", assessments.removal, name="removal"),
    path(f"{ASSESSMENT}pupils/<int:pupil_id>/history/", cells.history, name="history"),
    path(f"{ASSESSMENT}pupils/<int:pupil_id>/restoration/", cells.restoration, name="restoration"),
    path(f"{ASSESSMENT}pupils/<int:pupil_id>/remark/", cells.remark, name="remark"),
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.scheme, name="new_scheme"),
    path("schemes/<int:scheme_id>/", schemes.scheme, name="scheme"),
    path("schemes/<int:scheme_id>/end/", schemes.scheme_end, name="scheme_end"),
    path("results/", results.my_results, name="my_results"),
    path("results/<int:pupil_id>/", results.results, name="results"),
]
