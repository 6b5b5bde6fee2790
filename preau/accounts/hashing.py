"""How passwords are kept: Argon2id, with as much memory as the school's machine can give to each sign-in."""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class SchoolHasher(Argon2PasswordHasher):
    """
    Argon2id with two passes in one lane, and the memory of the settings (`PREAU_PASSWORD_MIB`).

    The least is what OWASP recommends first. A password kept otherwise is kept anew at the next sign-in.
    Why not Django's own figures: docs/decisions/0026-how-hard-a-password-is-to-try.md.
    """

    time_cost = 2
    parallelism = 1
    memory_cost = settings.PASSWORD_MIB * 1024
