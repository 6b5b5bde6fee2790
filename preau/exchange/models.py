"""What the school remembers of its imports: mappings, runs with their report, what each source brought."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.imports.kinds import kind_called, label_of
from preau.kit.imports.report import Status
from preau.kit.retention import kept_called
from preau.kit.written_rows import What
from preau.people.models import Person

SILENCE = timedelta(minutes=10)
UNDO = "exchange.undo"
"""What it takes to undo an import, among what is kept for a while (`kit.retention`)."""


class Mapping(models.Model):
    """Where the targets of a kind find their values in files with these column titles. Learned once."""

    kind = models.CharField(_("kind"), max_length=20)
    source_signature = models.CharField(max_length=24)
    source = models.CharField(_("source"), max_length=40)
    spec = models.JSONField(default=dict)
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_mapping_per_kind_and_titles", fields=["kind", "source_signature"]
            )
        ]

    def __str__(self) -> str:
        return f"{label_of(self.kind)}, {self.source}"


class ImportRun(models.Model):
    """One file somebody brings: from the choice of the file to its report."""

    class Stage(models.TextChoices):
        CHOSEN = "CHOSEN", _("columns to match")
        CHECKING = "CHECKING", _("being compared")
        CHECKED = "CHECKED", _("ready to apply")
        APPLYING = "APPLYING", _("being written")
        APPLIED = "APPLIED", _("applied")
        REFUSED = "REFUSED", _("refused")
        GIVEN_UP = "GIVEN_UP", _("given up")
        UNDOING = "UNDOING", _("being undone")
        UNDONE = "UNDONE", _("undone")

    class Gone(models.TextChoices):
        LEAVE = "leave", _("leave as they are")
        END = "end", _("end today")

    class Courses(models.TextChoices):
        STAY = "stay", _("stay as they are")
        FOLLOW = "follow", _("follow the class")

    kind = models.CharField(_("kind"), max_length=20)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.CHOSEN)
    source_name = models.CharField(_("file"), max_length=200)
    source = models.CharField(_("source"), max_length=40, blank=True)
    file = models.FileField(upload_to="imports/", blank=True)
    spec = models.JSONField(default=dict)
    gone = models.CharField(_("what is gone"), max_length=5, choices=Gone, default=Gone.LEAVE)
    ends_many = models.BooleanField(default=False)
    courses = models.CharField(max_length=6, choices=Courses, default=Courses.STAY)
    report = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(default=clock.now, editable=False)
    """When its stage last changed, or the work last told how far it is."""
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)
    applied = models.BooleanField(default=False)
    applied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.kind_label}: {self.source_name}"

    @property
    def is_worked_on(self) -> bool:
        """Say whether somebody asked that something be done to it, which is not done."""
        return self.stage in {self.Stage.CHECKING, self.Stage.APPLYING, self.Stage.UNDOING}

    @property
    def is_busy(self) -> bool:
        """Say whether work on it goes on. Work that has said nothing for long has died with its process."""
        return self.is_worked_on and self.moved_at > clock.now() - SILENCE

    @property
    def is_stuck(self) -> bool:
        """Say whether its work died before its end. Nothing of it was written."""
        return self.is_worked_on and not self.is_busy

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for somebody: to match columns, to apply or to give up."""
        closed = self.stage in {self.Stage.APPLIED, self.Stage.GIVEN_UP, self.Stage.UNDONE}
        return bool(self.file) and not closed and not self.is_busy

    @property
    def is_being_undone(self) -> bool:
        return self.stage == self.Stage.UNDOING

    @property
    def can_be_undone(self) -> bool:
        """Say whether it is still known what stood there before the file, and nobody undoes it just now."""
        days = kept_called(UNDO).days
        since = self.applied_at or self.moved_at
        is_recent = not days or since > clock.now() - timedelta(days=days)
        is_written = self.stage == self.Stage.APPLIED or (self.is_being_undone and self.is_stuck)
        return is_written and is_recent and self.rows.exists()

    @property
    def can_be_applied(self) -> bool:
        consent = self.stage == self.Stage.REFUSED and bool(self.report.get("needs_consent"))
        return self.is_open and (self.stage == self.Stage.CHECKED or consent)

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)

    @property
    def has_columns(self) -> bool:
        """Say whether people match its columns before it is compared."""
        return kind_called(self.kind).has_columns

    @property
    def counts(self) -> dict[str, int]:
        return dict(self.report.get("counts", {}))

    @property
    def moving(self) -> int:
        """Return how many come to a class in whose courses they are not."""
        return int(self.report.get("moving", 0))

    @property
    def not_undone(self) -> str:
        """Return why it could not be undone when somebody last asked for it."""
        return str(self.report.get("not_undone", ""))

    @property
    def words(self) -> str:
        """Return why the whole file was refused, if it was."""
        return str(self.report.get("refused", ""))


class ImportLine(models.Model):
    """What one line of the file brings, or what is wrong with it."""

    Status = Status

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    status = models.CharField(max_length=8, choices=Status)
    line = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=80, blank=True)
    column = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    wrong = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "status"])]

    def __str__(self) -> str:
        return f"{self.line}: {self.wrong or self.subject}"


class ImportedRow(models.Model):
    """A row that a file made, changed or had removed: what it takes to undo the import, for a while."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    model = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=7, choices=[(each.value, each.value) for each in What])
    was = models.JSONField(default=dict)
    """What stood in the fields that changed; in all of them, when the row is gone."""
    mark = models.CharField(max_length=16, blank=True)
    """The mark of what the file wrote there: whether it still stands."""
    about = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    """Whom what stood there is about."""

    class Meta:
        indexes = [models.Index(fields=["model", "key"])]

    def __str__(self) -> str:
        return f"{self.what} {self.model} {self.key}"


class OriginQuerySet(models.QuerySet):
    def of(self, kind: str, source: str) -> OriginQuerySet:
        return self.filter(kind=kind, source=source)


class Origin(models.Model):
    """Something a source has brought: so that its next file shows what is gone, and brings nothing twice."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    record_id = models.PositiveBigIntegerField()

    objects = OriginQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_origin_is_noted_once", fields=["kind", "source", "key"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source} {self.key}"
