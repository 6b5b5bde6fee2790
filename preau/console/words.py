"""
The language of the command: French where the machine speaks French, else English.

`PREAU_LANGUAGE` counts before `LC_ALL` and `LANG`. The sentences come from the console's own catalogue
through Python's gettext, so that `preau --help` speaks before any school is set up.
"""

import gettext
import os
from pathlib import Path

CATALOGUE = "django"
FOLDER = Path(__file__).resolve().parent / "locale"


def language() -> str:
    """Return the language of the command."""
    asked = next(
        (os.environ[name] for name in ("PREAU_LANGUAGE", "LC_ALL", "LANG") if os.environ.get(name)), ""
    )
    return "fr" if asked.lower().startswith("fr") else "en"


def speak() -> None:
    """Have Python's own gettext, and with it argparse, answer in the language of the command."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(CATALOGUE, FOLDER)
    gettext.textdomain(CATALOGUE)


def gettext_noop(words: str) -> str:
    """Mark words that somebody else says."""
    return words


SAID_BY_ARGPARSE = (
    gettext_noop("usage: "),
    gettext_noop("positional arguments"),
    gettext_noop("options"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("expected one argument"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
)
