"""What the titulaire writes to each pupil."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import ChangedMeanwhile, Refusal
from preau.people.models import Person
from preau.structure.models import ReportPeriod

from ..models import Release, TutorWord
from ..rules import publishes


class WordsAreOut(Refusal):
    words = _(
        "The report cards are published: the word can no longer change. Ask the head to correct the card."
    )
    field = "text"


@transaction.atomic
def write_tutor_word(
    *,
    pupil: Person,
    period: ReportPeriod,
    text: str,
    by: Person | None,
    at: datetime,
    version: int = 0,
) -> TutorWord | None:
    """
    Write, change or (with nothing) take back the word to a pupil. Writing the same twice is writing once.

    Once the cards may be read only those who publish them change it, before they correct the card.

    :param version: the version that was on the screen, 0 when nobody had written yet
    :raises ChangedMeanwhile: when another version stands there now, with other words
    :raises WordsAreOut: once the cards may be read, to anybody else
    """
    release = Release.objects.filter(period=period).first()
    if release and release.has_come and not publishes.admits(by):
        raise WordsAreOut
    words = text.strip()
    word = TutorWord.objects.select_for_update().filter(pupil=pupil, period=period).first()
    if word is None:
        return _first_word(pupil, period, words, by, at)
    if word.text == words:
        return word
    if word.version != version:
        raise ChangedMeanwhile(by=word.written_by, theirs=word.text, version=word.version)
    word.text, word.version, word.written_by, word.written_at = words, word.version + 1, by, at
    word.save()
    return word


def _first_word(
    pupil: Person, period: ReportPeriod, words: str, by: Person | None, at: datetime
) -> TutorWord | None:
    if not words:
        return None
    return TutorWord.objects.create(pupil=pupil, period=period, text=words, written_by=by, written_at=at)
