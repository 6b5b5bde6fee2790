"""Rubrics: criteria and levels, described, with points; reusable from one assessment to the next."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person

from .assessments import Assessment


class Rubric(models.Model):
    """A table of criteria and levels. Colleagues may use it; whoever made it, and the head, may change it."""

    title = models.CharField(_("title"), max_length=100)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class RubricLevel(models.Model):
    """A column of a rubric: insufficient, satisfactory, good, excellent."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="levels")
    label = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(name="a_column_once_in_a_rubric", fields=["rubric", "rank"])]

    def __str__(self) -> str:
        return self.label


class Criterion(models.Model):
    """A line of a rubric: what is looked at."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    title = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(name="a_line_once_in_a_rubric", fields=["rubric", "rank"])]

    def __str__(self) -> str:
        return self.title


class Descriptor(models.Model):
    """What a criterion looks like at a level, and the points it gives."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(RubricLevel, models.CASCADE, related_name="+")
    text = models.CharField(max_length=300, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    class Meta:
        ordering = ["level__rank"]
        constraints = [
            models.UniqueConstraint(
                name="one_descriptor_per_criterion_and_level", fields=["criterion", "level"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}, {self.level}"


class RubricUse(models.Model):
    """The rubric with which an assessment is graded."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="rubric_use")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="uses")

    def __str__(self) -> str:
        return f"{self.assessment}: {self.rubric}"


class RubricFilling(models.Model):
    """The rubric of one pupil at one assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="fillings")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_filling_per_pupil_and_assessment", fields=["assessment", "pupil"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.assessment}"


class FillingChoice(models.Model):
    """The level chosen for one criterion."""

    filling = models.ForeignKey(RubricFilling, models.CASCADE, related_name="choices")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    descriptor = models.ForeignKey(Descriptor, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_choice_per_criterion", fields=["filling", "criterion"])
        ]

    def __str__(self) -> str:
        return f"{self.filling}: {self.descriptor}"


class PastFilling(models.Model):
    """What a filled rubric said before somebody changed it, in its own words."""

    filling = models.ForeignKey(RubricFilling, models.CASCADE, related_name="past")
    version = models.PositiveIntegerField()
    said = models.JSONField()
    """A list of [criterion, level, points], as they were called then."""
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="one_past_filling_per_version", fields=["filling", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.filling}, version {self.version}"
