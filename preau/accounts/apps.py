from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from preau.kit.apps import SchoolAppConfig


class AccountsConfig(SchoolAppConfig):
    name = "preau.accounts"
    label = "accounts"

    def ready(self) -> None:
        super().ready()
        from preau.people.models import Duty

        unknown = set(settings.SECOND_FACTOR_FOR) - set(Duty.Kind.values)
        if unknown:
            raise ImproperlyConfigured(
                f"PREAU_SECOND_FACTOR_FOR names {', '.join(sorted(unknown))}, which is no duty. "
                f"The duties are {', '.join(Duty.Kind.values)}."
            )
