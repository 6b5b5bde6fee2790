"""What the structure keeps files for."""

from preau.files.contents import PICTURES
from preau.files.uses import MB, Use, declare

from .models import School
from .rules import may_see_logo

LOGO = declare(
    Use(
        "structure.logo",
        accepts=PICTURES,
        heaviest=MB,
        opened_by=may_see_logo.over(School),
        through="logo",
        is_counted=False,
    )
)
