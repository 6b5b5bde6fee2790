from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "preau.kit"
    label = "kit"


class SchoolAppConfig(AppConfig):
    """An app of the school: once all are loaded, its module, reactions, offers and demo chapter are too."""

    def ready(self) -> None:
        autodiscover_modules("module", "reactions", "offers")
