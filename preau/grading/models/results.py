"""What a period comes to: closed gradebooks and results."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod

from ..results import BRACKETS as IN_BRACKETS
from ..results import Decisions
from .fields import ExactField
from .schemes import Scheme


class Closing(models.Model):
    """The moment the gradebook of a group was closed for a period; who reopened it, and why."""

    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="closings")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField()
    reopened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_because = models.CharField(_("why it was reopened"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_gradebook_is_closed_once", fields=["group", "period"], condition=Q(reopened_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.period}"


class CourseResult(models.Model):
    """
    The result of a pupil in a course for a period: computed, retained by the teacher, decided by the council.

    Three fields, never one. What is computed is written when the gradebook is closed and emptied when it is
    reopened: an open gradebook is computed when it is looked at. `share` (from 0 to 1, exact) is what further
    means are made of, `scores` is all that it was made of; the others are on the scheme's scale, as they are
    shown. What stands, and whether it fails, `grading.results` says.
    """

    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="results")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="course_results")

    class Attribute(models.TextChoices):
        """How a council writes a result that is not the computed one."""

        STAR = "STAR", _("starred: the examination, better, replaces it")
        BRACKETS = IN_BRACKETS, _("in brackets: neither a failure nor in the average")
        DEGREE = "DEGREE", _("of the degree: two years together")
        CAPPED = "CAPPED", _("success granted, capped at the pass mark")
        EXTERNAL = "EXTERNAL", _("the external examination replaces it")
        FREE = "FREE", _("decided by the council")

    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, related_name="+")
    share = ExactField(null=True)
    computed = models.DecimalField(_("computed"), max_digits=6, decimal_places=2, null=True)
    daily_work = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    exam = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    exam_token = models.CharField(
        max_length=6, blank=True, help_text=_("What stood instead of the only examination.")
    )
    is_assessable = models.BooleanField(default=True)
    computed_at = models.DateTimeField(null=True)

    chosen = models.DecimalField(
        _("retained by the teacher"),
        max_digits=6,
        decimal_places=2,
        null=True,
        help_text=_("On the scheme's scale."),
    )
    chosen_because = models.CharField(_("why"), max_length=200, blank=True)
    chosen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    attribute = models.CharField(_("as"), max_length=9, choices=Attribute, blank=True)
    deliberated = models.DecimalField(_("decided by the council"), max_digits=6, decimal_places=2, null=True)
    deliberated_because = models.CharField(_("why"), max_length=200, blank=True)
    deliberated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    deliberated_at = models.DateTimeField(null=True)

    scores = models.JSONField(null=True)
    """What it was made of at the closing: `results.keep_score` for each cell that counted."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_result_per_pupil_group_and_period", fields=["pupil", "group", "period"]
            )
        ]
        indexes = [models.Index(fields=["group", "period"])]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.group}, {self.period}"

    @property
    def decisions(self) -> Decisions:
        return Decisions(self.chosen, self.deliberated, self.attribute)
