"""Files that come in: kept for as long as somebody works with them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod


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
