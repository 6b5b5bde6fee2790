"""What cannot be done just now."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 – the school refuses, it does not err.
    """
    What the school cannot do just now. Its words say why, and what the person can do instead.

    A subclass gives `words`; placeholders in them (`%(title)s`) are filled from the keyword arguments.
    It may name the `field` of a form it is about: there its words are shown.
    """

    words: str | Promise = ""
    field = ""

    def __init__(self, words: str | Promise | None = None, **details: object) -> None:
        if words is not None:
            self.words = words
        self.details = details
        super().__init__()

    def __str__(self) -> str:
        words: Any = self.words  # A plural is chosen by its number: filled in first, said afterwards.
        return str(words % self.details) if self.details else str(words)


class ChangedMeanwhile(Refusal):
    """Somebody else wrote a text since it was shown. Both texts are known; the person decides."""

    words = _("%(by)s wrote here meanwhile: “%(theirs)s”. Keep that, or write yours over it.")
    field = "text"

    def __init__(self, *, by: object, theirs: str, version: int) -> None:
        """Say who wrote what (nobody: an import), and the version that stands now."""
        self.stands = {"text": theirs, "version": version}
        super().__init__(by=by or _("An import"), theirs=theirs or "–")
