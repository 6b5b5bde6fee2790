"""Measures, the plans that give them to pupils, and who has read which plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.people.models import Person
from preau.people.ties import DatedTie, NeverTwiceAtOnce, ends_after_it_starts
from preau.structure.models import Subject


class MeasureQuerySet(models.QuerySet):
    def offered(self) -> MeasureQuerySet:
        """Keep the measures that a plan may take up today."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=clock.today()))


class Measure(models.Model):
    """Something the school can do for a pupil. The list is the school's, in its own order and words."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    label = models.CharField(
        _("words"), max_length=120, unique=True, help_text=_("As teachers read them: what one does.")
    )
    is_about_tests = models.BooleanField(
        _("matters when a test is made"),
        default=True,
        help_text=_("Whoever plans an assessment is then told how many pupils have it."),
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=100)
    withdrawn_on = models.DateField(
        _("no longer proposed from"),
        null=True,
        blank=True,
        help_text=_("Plans that have it keep it."),
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_offered(self) -> bool:
        return self.withdrawn_on is None or self.withdrawn_on > clock.today()


class AdjustmentPlan(DatedTie):
    """
    What the school and a family have agreed for a pupil, from a day to a day: the protocol.

    It holds what teachers do, never why: no diagnosis, no certificate.
    """

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="adjustment_plans")
    signed_on = models.DateField(_("protocol signed on"), null=True, blank=True)
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("kept by"))
    note = models.CharField(
        _("note for teachers"),
        max_length=400,
        blank=True,
        help_text=_("What helps, in a sentence or two. Never a diagnosis."),
    )
    changed_at = models.DateTimeField(editable=False)
    """When what teachers must know last changed: who read it before has to read it again."""

    class Meta:
        constraints = [
            ends_after_it_starts("an_adjustment_plan_ends_after_it_starts"),
            NeverTwiceAtOnce(name="a_pupil_has_one_adjustment_plan_at_a_time", fields=["pupil"]),
        ]
        indexes = [models.Index(fields=["pupil", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.starts_on}"


class Adjustment(models.Model):
    """A measure of a plan: in one subject, or in all."""

    plan = models.ForeignKey(AdjustmentPlan, models.CASCADE, related_name="adjustments")
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="adjustments", verbose_name=_("measure")
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subject")
    )
    detail = models.CharField(
        _("detail"), max_length=120, blank=True, help_text=_("What one must know to do it right.")
    )

    class Meta:
        ordering = ["measure__rank", "measure__label", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_measure_once_per_plan_and_subject",
                fields=["plan", "measure", "subject"],
                condition=Q(subject__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_measure_once_per_plan_for_all_subjects",
                fields=["plan", "measure"],
                condition=Q(subject=None),
            ),
        ]

    def __str__(self) -> str:
        return in_words(self.measure.label, self.detail)


class Acknowledgement(models.Model):
    """Somebody has read a plan as it stood at that moment."""

    plan = models.ForeignKey(AdjustmentPlan, models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["plan", "person", "at"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.plan}"


def in_words(label: str, detail: str) -> str:
    """Return a measure as one says it, with its detail."""
    return f"{label} ({detail})" if detail else label
