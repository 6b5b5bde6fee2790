"""Files that come in and documents that go out: kept for as long as somebody works with them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

DEAD_AFTER = timedelta(minutes=2)


class SheetFile(models.Model):
    """
    A file that a teacher brings to a sheet, until its grades are put in or it is given up.

    `choices` say what the teacher decided: which table of the file, what each column is, who each pupil is.
    """

    group = models.ForeignKey(CourseGroup, models.CASCADE, related_name="+")
    period = models.ForeignKey(ReportPeriod, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="sheets/")
    choices = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_file_per_sheet_and_teacher_at_a_time", fields=["group", "period", "by"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class Parcel(models.Model):
    """Documents made aside for somebody to take away, and how far they have come."""

    class Kind(models.TextChoices):
        BOOKS = "BOOKS", _("gradebooks of a year")
        ONEROSTER = "ONEROSTER", _("OneRoster bundle")

    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    what = models.JSONField(default=dict)
    """What it is made of: keys and words that its maker understands."""
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    ordered_at = models.DateTimeField()
    told_at = models.DateTimeField(help_text=_("When it last said how far it was."))
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=400, blank=True)
    file = models.FileField(upload_to="parcels/", blank=True)

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        indexes = [models.Index(fields=["by", "kind"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_interrupted(self) -> bool:
        """Say whether it stopped without finishing: by a problem, or without a word for too long."""
        return not self.is_finished and (bool(self.problem) or self.told_at < clock.now() - DEAD_AFTER)

    @property
    def is_under_way(self) -> bool:
        return not self.is_finished and not self.is_interrupted
