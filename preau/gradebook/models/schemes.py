"""How grades become results: the school's own arithmetic, as dated data."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from preau.people.models import DatedQuerySet
from preau.structure.models import Course, YearLevel

from ..averages import Plan

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class Scheme(models.Model):
    """
    Weights, scale, rounding and pass mark, from a day to a day.

    The scheme of a course goes before the scheme of its year level, and that before the school's.
    """

    name = models.CharField(_("name"), max_length=80)
    year_level = models.ForeignKey(YearLevel, models.PROTECT, null=True, blank=True, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="+")
    daily_work_weight = models.DecimalField(
        _("weight of daily work beside an examination"), max_digits=6, decimal_places=2, default=40
    )
    exam_weight = models.DecimalField(
        _("weight of the examination"), max_digits=6, decimal_places=2, default=60
    )
    scale = models.DecimalField(
        _("results are out of"),
        max_digits=6,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(Decimal(1))],
    )
    step = models.DecimalField(
        _("rounded to"),
        max_digits=4,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("1 for whole points, 0.5 for halves, 0.1 for tenths. Rounded once, half up, when shown."),
    )
    pass_mark = models.DecimalField(
        _("pass mark, in percent"), max_digits=5, decimal_places=2, default=50, validators=PERCENT
    )
    least_evidence = models.DecimalField(
        _("least share of the weight, in percent"),
        max_digits=5,
        decimal_places=2,
        default=25,
        validators=PERCENT,
        help_text=_("Below it the result says “not assessable” and the council decides."),
    )
    allows_bonus = models.BooleanField(_("points above the maximum are allowed"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                name="a_scheme_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_scheme_is_for_a_course_or_a_level_or_the_school",
                condition=Q(course=None) | Q(year_level=None),
            ),
            models.CheckConstraint(
                name="a_scheme_weighs_something",
                condition=Q(daily_work_weight__gte=0)
                & Q(exam_weight__gte=0)
                & (Q(daily_work_weight__gt=0) | Q(exam_weight__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def plan(self) -> Plan:
        """Return what the arithmetic needs of the scheme."""
        return Plan(
            daily_work_weight=self.daily_work_weight,
            exam_weight=self.exam_weight,
            scale=self.scale,
            step=self.step,
            pass_mark=self.pass_mark,
            least_evidence=self.least_evidence,
        )
