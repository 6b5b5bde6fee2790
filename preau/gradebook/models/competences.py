"""What pupils learn to do: competences of a subject, and what each pupil reached in them."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from preau.grading.models import PERCENT, Level, Scale, Scheme
from preau.kit import clock
from preau.people.models import Person
from preau.people.ties import DatedQuerySet
from preau.structure.models import Course, Subject

from .assessments import Assessment


class Competence(models.Model):
    """Something a subject teaches to do (C1 read, C2 write…), from a day to a day; of one course or all."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="competences")
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in")
    )
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=160)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_competence_code_once_in_a_subject",
                fields=["subject", "code"],
                condition=Q(ends_on=None),
            ),
            models.CheckConstraint(
                name="a_competence_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AssessedCompetence(models.Model):
    """A competence that an assessment looks at, in points of its own or in the levels of a scale."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="parts")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+")
    max_points = models.DecimalField(
        _("out of"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_competence_once_in_an_assessment", fields=["assessment", "competence"]
            ),
            models.CheckConstraint(
                name="a_competence_is_in_points_or_in_levels",
                condition=Q(max_points=None, scale__isnull=False)
                | Q(max_points__isnull=False, scale=None, max_points__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.competence.code}"


class SubGrade(models.Model):
    """
    What one pupil reached in one competence at one assessment: points, a level, or (once emptied) nothing.

    `version` grows with each change; whoever writes says which version was on the screen.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sub_grades")
    part = models.ForeignKey(AssessedCompetence, models.CASCADE, related_name="sub_grades")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    level = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sub_grade_per_pupil_and_part", fields=["part", "pupil"]),
            models.CheckConstraint(
                name="a_sub_grade_is_points_or_a_level", condition=Q(points=None) | Q(level=None)
            ),
            models.CheckConstraint(
                name="points_in_a_competence_are_not_negative",
                condition=Q(points=None) | Q(points__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["assessment", "pupil"])]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.part}"


class PastSubGrade(models.Model):
    """What a sub-grade was before somebody changed it. Rows are added, never changed."""

    sub_grade = models.ForeignKey(SubGrade, models.CASCADE, related_name="past")
    version = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    level = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="one_past_sub_grade_per_version", fields=["sub_grade", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.sub_grade}, version {self.version}"


class CompetenceRule(models.Model):
    """How the evaluations of a competence become one level for a period, under a scheme."""

    class Method(models.TextChoices):
        MODE = "MODE", _("the level met most often")
        LAST = "LAST", _("the latest level")
        BEST = "BEST", _("the best level")
        MEAN = "MEAN", _("the middle of the levels (mean of their ranks)")
        THRESHOLDS = "THRESHOLDS", _("thresholds of the school's own")

    scheme = models.OneToOneField(Scheme, models.CASCADE, related_name="competence_rule")
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+", verbose_name=_("scale"))
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.MODE)

    def __str__(self) -> str:
        return f"{self.scheme}: {self.get_method_display()}"


class CompetenceThreshold(models.Model):
    """The share of the evaluations that must reach a level, or a better one, for it to be given."""

    rule = models.ForeignKey(CompetenceRule, models.CASCADE, related_name="thresholds")
    level = models.ForeignKey(Level, models.CASCADE, related_name="+")
    at_least = models.DecimalField(
        _("at least, in percent"), max_digits=5, decimal_places=2, validators=PERCENT
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_threshold_per_level", fields=["rule", "level"]),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.at_least} %"
