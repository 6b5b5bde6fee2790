from django.urls import path

from . import views

app_name = "mail"

urlpatterns = [
    path("mail/", views.mails, name="mails"),
    path("mail/<int:mail_id>/again/", views.again, name="again"),
    path("mail/bounces/", views.bounces, name="bounces"),
    path("mail/bounces/<int:address_id>/retry/", views.retry, name="retry"),
]
