"""
What each act is called.

Every app names its own acts, in its `module.py`:

    words.register("structure.move_pupil", _("moved the pupil to %(subject)s"))

The sentence follows the name of whoever did it; `%(subject)s` and the details of the trace fill it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Trace

Words = str | Promise
_sentences: dict[str, Words] = {}

UNNAMED = _("did something that has no name yet")


def register(code: str, sentence: Words) -> None:
    """Name an act. The code begins with the app: `structure.move_pupil`."""
    _sentences[code] = sentence


def register_all(sentences: Mapping[str, Words]) -> None:
    """Name many acts at once."""
    for code, sentence in sentences.items():
        register(code, sentence)


def is_named(code: str) -> bool:
    """Say whether an act has a name."""
    return code in _sentences


def sentence_of(trace: Trace) -> str:
    """Return what somebody did, in the language of the moment."""
    known = defaultdict(str, trace.details, subject=trace.subject)
    return str(_sentences.get(trace.act, UNNAMED)) % known


def named_acts() -> Iterator[tuple[str, str]]:
    """Yield each act that has a name, with that name as a filter shows it, sorted by the name."""
    blank: defaultdict[str, str] = defaultdict(lambda: "…")
    names = ((code, str(sentence) % blank) for code, sentence in _sentences.items())
    yield from sorted(names, key=lambda named: named[1].casefold())
