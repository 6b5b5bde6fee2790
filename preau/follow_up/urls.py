from django.urls import path

from .views import measures, plans, reading

app_name = "follow_up"

PLAN = "adjustments/<int:plan_id>/"

urlpatterns = [
    path("adjustments/", plans.plans, name="plans"),
    path("adjustments/new/", plans.new, name="new"),
    path("adjustments/pupils/<int:pupil_id>/new/", plans.plan_for, name="plan_for"),
    path("adjustments/mine/", reading.mine, name="mine"),
    path("adjustments/measures/", measures.measures, name="measures"),
    path("adjustments/measures/<int:measure_id>/", measures.measure, name="measure"),
    path("adjustments/items/<int:adjustment_id>/removal/", plans.removal, name="removal"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}change/", plans.change, name="change"),
    path(f"{PLAN}end/", plans.end, name="end"),
    path(f"{PLAN}measures/", plans.adjustments, name="adjustments"),
    path(f"{PLAN}acknowledgement/", reading.acknowledgement, name="acknowledgement"),
]
