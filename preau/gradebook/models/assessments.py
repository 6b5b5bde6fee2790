"""What is graded, and what each pupil achieved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Category, Level, Scale, Token
from preau.kit import clock
from preau.people.models import Person
from preau.people.releases import Opening, parents_after_pupils
from preau.structure.models import CourseGroup, ReportPeriod


class GradeQuerySet(models.QuerySet):
    def written(self) -> GradeQuerySet:
        """Keep the cells in which something stands."""
        return self.exclude(points=None, token=None, level=None)


class AssessmentQuerySet(models.QuerySet):
    def in_order(self) -> AssessmentQuerySet:
        return self.order_by("rank", "held_on", "pk")

    def published(self, at: datetime | None = None) -> AssessmentQuerySet:
        """Keep those whose grades pupils may read at a moment (now unless told)."""
        return self.filter(publication__published_at__lte=clock.now() if at is None else at)


class Assessment(models.Model):
    """
    A test, a paper, an oral, an examination of a course group: something graded.

    It has four moments: held, counted from, visible to pupils, visible to parents. The last two are its
    publication.
    """

    class Composition(models.TextChoices):
        """Where the grade comes from: typed as one, or the sum of its parts."""

        WHOLE = "", _("typed as one grade")
        COMPETENCES = "COMPETENCES", _("the sum of its competences")
        RUBRIC = "RUBRIC", _("the sum of its rubric")

    class Purpose(models.TextChoices):
        CERTIFICATIVE = "CERTIFICATIVE", _("counts in the result")
        FORMATIVE = "FORMATIVE", _("to learn: does not count")

    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="assessments")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+", verbose_name=_("period"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    purpose = models.CharField(_("purpose"), max_length=13, choices=Purpose, default=Purpose.CERTIFICATIVE)
    title = models.CharField(_("title"), max_length=100)
    held_on = models.DateField(_("date"))
    counts_from = models.DateField(
        _("counts from"), null=True, blank=True, help_text=_("Empty: as soon as a grade is typed.")
    )
    max_points = models.DecimalField(
        _("out of"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(Decimal(0))]
    )
    scale = models.ForeignKey(
        Scale, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("graded in")
    )
    composition = models.CharField(max_length=11, choices=Composition, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    neutralised_at = models.DateTimeField(null=True, blank=True)
    neutralised_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    external_id = models.CharField(max_length=200, blank=True, db_index=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_assessment_is_out_of_something", condition=Q(max_points__gt=0)),
            models.CheckConstraint(name="an_assessment_weighs_nothing_or_more", condition=Q(weight__gte=0)),
        ]
        indexes = [models.Index(fields=["group", "period"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_neutralised(self) -> bool:
        return self.neutralised_at is not None

    @property
    def counts(self) -> bool:
        """Say whether its grades enter the result today."""
        counted = self.counts_from is None or self.counts_from <= clock.today()
        return self.purpose == self.Purpose.CERTIFICATIVE and not self.is_neutralised and counted


class Publication(Opening):
    """The moments from which pupils, then parents, may read the grades of an assessment."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="publication")
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [parents_after_pupils("parents_read_after_pupils")]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.published_at:%Y-%m-%d %H:%M}"


class Grade(models.Model):
    """
    What one pupil achieved at one assessment: points, or a token, or a level, or (once emptied) nothing.

    A level that is worth something in averages brings its points with it.
    `version` grows with each change; whoever writes says which version was on the screen.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="grades")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="grades")
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, blank=True)
    token = models.ForeignKey(Token, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    reason = models.CharField(_("why it changed"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = GradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_grade_per_pupil_per_assessment", fields=["assessment", "pupil"]
            ),
            models.CheckConstraint(
                name="a_grade_is_points_or_a_token", condition=Q(points=None) | Q(token=None)
            ),
            models.CheckConstraint(
                name="a_grade_is_a_level_or_a_token", condition=Q(level=None) | Q(token=None)
            ),
            models.CheckConstraint(
                name="points_are_not_negative", condition=Q(points=None) | Q(points__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["pupil", "assessment"])]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.token or self.level or self.points}"

    @property
    def is_empty(self) -> bool:
        return self.points is None and self.token_id is None and self.level_id is None


class PastGrade(models.Model):
    """What a grade was before somebody changed it. Rows are added, never changed."""

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="past")
    version = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    token = models.ForeignKey(Token, models.PROTECT, null=True, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    remark = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="one_past_grade_per_version", fields=["grade", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.grade}, version {self.version}"
