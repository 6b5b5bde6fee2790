"""The cards of a period, their making, and the documents drawn from them."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from preau.kit.signatures import is_signed_by_one_of, known_keys, signing_key
from preau.people.models import Person
from preau.people.readings import ReadRecords
from preau.structure.models import ClassGroup, ReportPeriod
from preau.work.models import Work

from .releases import Release

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The signs of a code to type: no I, L, O nor U, which look or sound like others."""
CODE_LENGTH, CODE_PART = 12, 4
PURPOSE = b"preau: report cards"
"""What the school signs with the key of report cards."""


class Immutable(RuntimeError):  # noqa: N818 – what is wrong, said as it is.
    """Somebody tried to change a report card. None ever changes: a correction makes its next version."""


class Build(models.Model):
    """One making of all the cards of a period. One that dies can be run again."""

    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="builds")
    work = models.OneToOneField(Work, models.PROTECT, related_name="+")
    closed = models.PositiveIntegerField(default=0, help_text=_("Gradebooks it found open, and closed."))
    made = models.PositiveIntegerField(default=0, help_text=_("Cards that are new."))
    kept = models.PositiveIntegerField(default=0, help_text=_("Cards that said the same already."))
    to_correct = models.PositiveIntegerField(
        default=0, help_text=_("Published cards that would say something else now.")
    )
    is_whole = models.BooleanField(default=True, help_text=_("Of every pupil, not of a few."))

    class Meta:
        ordering = ["-work__asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.period}, {self.work.asked_at:%Y-%m-%d %H:%M}"


class ReportCardQuerySet(ReadRecords):
    def latest_versions(self) -> ReportCardQuerySet:
        """Keep, of each card, the version that holds today."""
        newer = ReportCard.objects.filter(
            pupil=OuterRef("pupil"), period=OuterRef("period"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def by_name(self) -> ReportCardQuerySet:
        return self.order_by("pupil__sort_name", "pupil")

    def update(self, **_changes: Any) -> NoReturn:
        raise Immutable

    def bulk_update(self, *_cards: Any, **_how: Any) -> NoReturn:
        raise Immutable

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts, to be made again. What has been published stays as long as the school keeps it."""
        if self.filter(period__release__isnull=False).exists():
            raise Immutable
        return super().delete()

    def erase(self) -> None:
        """Delete cards that were kept long enough: nothing else may make a published one go."""
        super().delete()


class ReportCard(models.Model):
    """
    What a pupil takes home at the end of a period: numbered, and never changed.

    `facts` say all that the card says (see `queries.facts`), `canevas` with which template it is drawn;
    `sha256` is the fingerprint of both, of the number and of the version. The code printed on the card is the
    beginning of that fingerprint: whoever changes one breaks the tie with the other. The school signs the
    fingerprint, with whose card it is: whoever holds the database alone cannot make another.

    Until the period is published a card is a draft, which the next build throws away and makes again when its
    facts have changed. From then on a correction makes the next version, with its reason.
    """

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="report_cards")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="report_cards")
    class_group = models.ForeignKey(
        ClassGroup, models.PROTECT, related_name="report_cards", verbose_name=_("class")
    )
    number = models.CharField(_("number"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    facts = models.JSONField()
    canevas = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=20, unique=True)
    signature = models.CharField(max_length=128, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    objects = ReportCardQuerySet.as_manager()

    average: str | None
    scale: str | None
    """What it says of all courses together and out of what, where a query asks for it (`queries.reading`)."""
    is_read: bool
    is_acknowledged: bool
    """Whether a reader has, where a query asks for it (`as_read_by`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_card_per_pupil_period_and_version", fields=["pupil", "period", "version"]
            ),
            models.UniqueConstraint(name="a_number_names_one_card", fields=["number", "version"]),
        ]
        indexes = [models.Index(fields=["period", "class_group"])]

    def __str__(self) -> str:
        return f"{self.number}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Release.objects.filter(period=self.period_id).exists():
            raise Immutable
        return super().delete(*args, **kwargs)

    def seal(self) -> None:
        """Give the card its fingerprint, its code and the signature of the school, before it is kept."""
        self.sha256 = fingerprint(self)
        self.code = code_of(self.sha256)
        sign(self)

    @property
    def signed(self) -> list[Any]:
        return [self.sha256, self.pupil_id, self.period_id]

    @property
    def is_intact(self) -> bool:
        """Say whether the card still says what it said when it was made."""
        is_whole = self.sha256 == fingerprint(self) and self.code == code_of(self.sha256)
        return is_whole and is_signed_by_school(self)

    @property
    def is_correction(self) -> bool:
        return self.version > 1

    @property
    def readable_code(self) -> str:
        return "-".join(self.code[i : i + CODE_PART] for i in range(0, CODE_LENGTH, CODE_PART))


def fingerprint(card: ReportCard) -> str:
    """Return the SHA-256 of all that a card says and of the template that draws it."""
    said = [card.number, card.version, card.reason, card.canevas, card.facts]
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def sign(record: ReportCard | Drawing) -> None:
    """Let the school sign a card or its drawing."""
    key = signing_key(PURPOSE)
    record.signature, record.public_key = key.sign(_digest(record)), key.public


def is_signed_by_school(record: ReportCard | Drawing) -> bool:
    """Say whether the school signed a card or its drawing as it stands, with today's key or a former one."""
    return is_signed_by_one_of(known_keys(PURPOSE), _digest(record), record.signature, record.public_key)


def _digest(record: ReportCard | Drawing) -> str:
    return hashlib.sha256(json.dumps(record.signed).encode()).hexdigest()


def code_of(sha256: str) -> str:
    """Return the code to type that stands for a fingerprint: its first sixty bits."""
    bits = int(sha256[:15], 16)
    return "".join(SIGNS[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))


def drawing_goes_to(drawing: Drawing, _name: str) -> str:
    return f"report_cards/{drawing.card.period_id}/{drawing.card.number}.pdf"


class Drawing(models.Model):
    """
    The PDF of a card: drawn once, from its facts, and kept as it is, with its signed fingerprint.

    A build draws the cards it makes. A card made without (an import, the demonstration) is drawn when
    somebody first opens its PDF: the same facts and the same template give the same document.
    """

    card = models.OneToOneField(ReportCard, models.CASCADE, related_name="drawing")
    file = models.FileField(upload_to=drawing_goes_to)
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=128, blank=True)
    public_key = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.card)

    def seal(self, document: bytes) -> None:
        """Keep the fingerprint of a document, signed."""
        self.sha256 = hashlib.sha256(document).hexdigest()
        sign(self)

    @property
    def signed(self) -> list[Any]:
        return [self.sha256, self.card_id]

    def kept(self) -> bytes | None:
        """Return the document as it was drawn; nothing when the file is gone, or is another now."""
        try:
            with self.file.open() as file:
                document: bytes = file.read()
        except OSError:
            return None
        is_the_same = hashlib.sha256(document).hexdigest() == self.sha256
        return document if is_the_same and is_signed_by_school(self) else None
