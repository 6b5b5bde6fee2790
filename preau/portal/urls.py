from django.urls import path

from .views import house as views
from .views import seeing

app_name = "portal"

urlpatterns = [
    path("", views.today, name="today"),
    path("search/", views.search, name="search"),
    path("file/<int:pupil_id>/", views.pupil, name="pupil"),
    path("people/<int:somebody_id>/data/", views.data_of, name="data_of"),
    path("people/<int:somebody_id>/eyes/", seeing.see_as, name="see_as"),
    path("eyes/end/", seeing.end_seeing, name="end_seeing"),
    path("profile/", views.profile, name="profile"),
    path("profile/language/", views.language, name="language"),
    path("profile/data/", views.my_data, name="my_data"),
    path("modules/", views.roll_out, name="roll_out"),
    path("modules/<slug:key>/", views.module, name="module"),
    path("modules/<slug:key>/stages/", views.stages, name="stages"),
    path("modules/<slug:key>/pilots/", views.pilots, name="pilots"),
    path("modules/stages/<int:decision_id>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("modules/pilots/<int:pilot_id>/removal/", views.removal, name="removal"),
    path("rules/", views.rules, name="rules"),
    path("help/", views.help_page, name="help"),
    path("help/pictures/<slug:name>.png", views.help_picture, name="help_picture"),
    path("help/<slug:slug>/", views.chapter, name="chapter"),
    path("health/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
