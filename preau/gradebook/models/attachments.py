"""Files that go with an assessment: its statement, and what a teacher gives back to one pupil."""

from __future__ import annotations

from django.db import models

from preau.files.models import StoredFile
from preau.people.models import Person

from .assessments import Assessment


class Statement(models.Model):
    """What was asked at an assessment. Pupils read it once its grades are published."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="statement")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


class Feedback(models.Model):
    """A file for one pupil about one assessment: a corrected copy, a commented work."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="feedback")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_feedback_file_per_pupil_and_assessment", fields=["assessment", "pupil"]
            )
        ]

    def __str__(self) -> str:
        return str(self.file)
