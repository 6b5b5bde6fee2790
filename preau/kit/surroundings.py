"""What a process that helps us is told of its surroundings."""

import os

NEEDED = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")


def without_secrets() -> dict[str, str]:
    """Return the variables any program needs: no secret key, no database, no mail server."""
    return {name: os.environ[name] for name in NEEDED if name in os.environ}
