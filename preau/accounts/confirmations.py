"""What great acts on accounts do, said before they are done."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.confirmations import Question
from preau.people.models import Person


def forgetting_second_factor(holder: Person) -> Question:
    return Question(
        title=_("Take the second factor of %(name)s away") % {"name": holder.full_name},
        button=_("Take the second factor away"),
        back=reverse("accounts:account", args=[holder.pk]),
        does=[
            _(
                "Be sure it is the person who asks. Codes and passkeys are taken away, every session ends; "
                "the password alone signs in until a new second factor is set up."
            )
        ],
        icon="shield-off",
    )
