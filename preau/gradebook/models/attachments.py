"""Files that go with an assessment: its statement, and what a teacher gives back to one pupil."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person

from .assessments import Assessment


class Attachment(models.Model):
    """A file and what is known of it: its name, what its content says it is, its size."""

    file = models.FileField(upload_to="assessments/")
    name = models.CharField(_("file"), max_length=120)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Statement(Attachment):
    """What was asked at an assessment. Pupils read it once its grades are published."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="statement")


class Feedback(Attachment):
    """A file for one pupil about one assessment: a corrected copy, a commented work."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="feedback")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_feedback_file_per_pupil_and_assessment", fields=["assessment", "pupil"]
            )
        ]
