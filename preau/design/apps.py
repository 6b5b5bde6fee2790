from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "preau.design"
    label = "design"
