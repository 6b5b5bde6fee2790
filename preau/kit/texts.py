"""
Texts of more than a line, kept as they are typed: one shape of door for every place where people write.

    @act_door
    @reaches(may_write_word, pupil=Person)
    def word(request: Request, pupil: Person) -> HttpResponse:
        form = WordForm(typed(request))
        if kept := keep_text(request, form, actions.write_word, pupil=pupil):
            return go_on(request, _("The word is kept."), "…")
        return _page(request, mended=form)

A form of one text (`TextForm`) says the version that was on the screen. `<kept-text>` sends it while one
types, and is answered in data: `{"state": "saved", "text": …, "version": …}`, or `"conflict"` with what
somebody else wrote meanwhile, or `"refused"` and why. Without scripts the same form brings the page back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django import forms

from .acts import Done, done
from .fields import CountField
from .http import Request
from .refusals import ChangedMeanwhile

MOST_VERSIONS = 1_000_000


class Text(Protocol):
    """What is kept of a text."""

    text: str
    version: int


class TextForm(forms.Form):
    """One text, and the version of it that was on the screen; 0 when there was none."""

    longest = 1000
    """How many signs it may have."""
    version = CountField(max_value=MOST_VERSIONS, widget=forms.HiddenInput)

    def __init__(self, typed: Any = None, *, stands: Text | None = None) -> None:
        """Make the form, around the text that is there if any."""
        text, version = (stands.text, stands.version) if stands else ("", 0)
        super().__init__(typed, auto_id=False, initial={"text": text, "version": version})
        self.fields["text"] = forms.CharField(
            label="", required=False, max_length=self.longest, widget=forms.Textarea(attrs={"rows": 2})
        )


def keep_text(
    request: Request, form: TextForm, action: Callable[..., Text | None], **facts: Any
) -> Done[Text | None] | None:
    """
    Carry out what a form of one text asks (`acts.done`), and tell how the text stands then.

    When somebody wrote meanwhile, the form comes back on the version that stands: sent once more, it writes
    over it.
    """
    kept = done(request, form, action, **facts)
    if kept is not None:
        stands = kept.result
        request.stands = (
            {"text": stands.text, "version": stands.version} if stands else {"text": "", "version": 0}
        )
    elif isinstance(refusal := getattr(request, "refusal", None), ChangedMeanwhile):
        form.data = {
            **form.data,
            "text": form.data.get("text", ""),
            "version": str(refusal.stands["version"]),
        }
    return kept
