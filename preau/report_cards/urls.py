from django.urls import path

from .views import cards, checks, classes, making

app_name = "report_cards"

CARD = "report-cards/<int:card_id>/"
PERIOD = "report-cards/periods/<int:period_id>/"
CLASS = f"{PERIOD}classes/<int:class_group_id>/"

urlpatterns = [
    path("report-cards/", cards.mine, name="mine"),
    path(CARD, cards.card, name="card"),
    path(f"{CARD}pdf/", cards.document, name="document"),
    path(f"{CARD}acknowledgement/", cards.acknowledgement, name="acknowledgement"),
    path(f"{CARD}hold/", cards.hold, name="hold"),
    path(f"{CARD}correction/", cards.correction, name="correction"),
    path("report-cards/holds/<int:hold_id>/lifting/", cards.lifting, name="lifting"),
    path("report-cards/periods/", making.periods, name="periods"),
    path(PERIOD, making.period, name="period"),
    path(f"{PERIOD}differences/", making.differences, name="differences"),
    path(f"{PERIOD}late/", making.late, name="late"),
    path(f"{PERIOD}closing/", making.closing, name="closing"),
    path(f"{PERIOD}builds/", making.builds, name="builds"),
    path(f"{PERIOD}publication/", making.publication, name="publication"),
    path(f"{PERIOD}withdrawal/", making.withdrawal, name="withdrawal"),
    path("report-cards/classes/", classes.classes, name="classes"),
    path(CLASS, classes.class_group, name="class_group"),
    path(f"{CLASS}pupils/<int:pupil_id>/why/", classes.why, name="why"),
    path(f"{CLASS}print/", classes.print_class, name="print"),
    path(f"{PERIOD}pupils/<int:pupil_id>/preview/", classes.preview, name="preview"),
    path(f"{PERIOD}pupils/<int:pupil_id>/word/", classes.word, name="word"),
    path("v/", checks.check, name="check"),
    path("v/<slug:code>/", checks.check_code, name="check_code"),
]
