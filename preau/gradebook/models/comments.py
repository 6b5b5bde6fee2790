"""What a teacher writes to a pupil about a period."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod


class Comment(models.Model):
    """
    What a teacher writes to a pupil about a period of a course; it goes on the report card.

    One that is taken back stays, empty: its `version` goes on growing, and whoever writes says which one was
    on the screen.
    """

    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="comments")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.CharField(_("comment"), max_length=600, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_comment_per_pupil_group_and_period", fields=["pupil", "group", "period"]
            )
        ]
        indexes = [models.Index(fields=["group", "period"])]

    def __str__(self) -> str:
        return self.text
