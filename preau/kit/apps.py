from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "preau.kit"
    label = "kit"
    default = True

    def ready(self) -> None:
        from . import spelling  # noqa: F401 – a lookup that every app may use.
        from .elision import speak_french

        speak_french()


class SchoolAppConfig(AppConfig):
    """An app of the school: once all are loaded, its module, actions, tasks, reactions and offers are too."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # An `apps.py` that imports this class shows Django two configurations: name the one it should take.
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        autodiscover_modules("module", "actions", "tasks", "reactions", "offers", "imports")
