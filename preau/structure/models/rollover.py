"""What is settled before a year is brought forward, and what each bringing forward made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from preau.people.models import Person
from preau.work.models import Work

from .classes import ClassGroup
from .years import SchoolYear

OUT, UNKNOWN = "-", "?"
"""
Stand where the name of a class would: for pupils who leave the school; where nobody knows yet, whatever is
proposed. No class is called so.
"""


class ClassStep(models.Model):
    """What becomes of a class of the earlier year: whether it is made again, and where those who pass go."""

    class_group = models.OneToOneField(ClassGroup, models.CASCADE, related_name="next_step")
    to = models.CharField(max_length=30, blank=True)
    """Where those who pass go: the name of a class, `OUT`, `UNKNOWN`; empty: as the names of classes say."""
    is_carried = models.BooleanField(default=True)
    """Whether it is made again under the same name."""
    tutors_stay = models.BooleanField(default=True)
    tutor = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.class_group)


class PupilStep(models.Model):
    """What was decided of a pupil for a school year. Nobody is decided about by default."""

    class Decision(models.TextChoices):
        PASSES = "PASSES", pgettext_lazy("pupil", "passes")
        REPEATS = "REPEATS", pgettext_lazy("pupil", "repeats")
        LEAVES = "LEAVES", pgettext_lazy("pupil", "leaves")

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="pupil_steps")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="next_steps")
    decision = models.CharField(max_length=8, choices=Decision)
    to = models.CharField(max_length=30, blank=True)
    """The name of a class, where it is not the one of all."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_pupil_is_decided_about_once_a_year", fields=["school_year", "pupil"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.school_year}"


class Rollover(models.Model):
    """One bringing forward: what it made and what it ended, by keys, so that all of it can be taken back."""

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="rollovers")
    work = models.OneToOneField(Work, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    made = models.JSONField(default=dict)
    """Keys of records, by the name of their model."""
    ended = models.JSONField(default=dict)
    """Keys of ties and the day on which they ended before, if any, by the name of their model."""
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.school_year}, {self.at:%d/%m/%Y}"

    @property
    def classes(self) -> int:
        return len(self.made.get("ClassGroup", ()))

    @property
    def groups(self) -> int:
        return len(self.made.get("CourseGroup", ()))

    @property
    def pupils(self) -> int:
        return len(self.made.get("Enrolment", ()))
