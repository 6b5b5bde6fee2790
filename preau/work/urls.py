from django.urls import path

from . import views

app_name = "work"

urlpatterns = [path("work/<int:work_id>/", views.work, name="work")]
