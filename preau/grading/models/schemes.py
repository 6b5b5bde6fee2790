"""How grades become results: the school's own arithmetic, as dated data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from preau.people.ties import DatedQuerySet
from preau.structure.models import Course, YearLevel

from ..plans import Plan, Rounding
from .categories import Category, Token
from .scales import PERCENT


class Scheme(models.Model):
    """
    Weights, scale, rounding and pass mark, from a day to a day.

    The scheme of a course goes before that of its year level and form, then of its year level, of its form,
    and of the school.
    """

    class Rounding(models.TextChoices):
        HALF_UP = "HALF_UP", _("to the nearest, halves up")
        HALF_EVEN = "HALF_EVEN", _("to the nearest, halves to the even")
        UP = "UP", _("always up")
        DOWN = "DOWN", _("always down")

    name = models.CharField(_("name"), max_length=80)
    year_level = models.ForeignKey(YearLevel, models.PROTECT, null=True, blank=True, related_name="+")
    form = models.CharField(_("form"), max_length=10, blank=True)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="+")
    daily_work_weight = models.DecimalField(
        _("weight of daily work beside an examination"), max_digits=6, decimal_places=2, default=Decimal(40)
    )
    exam_weight = models.DecimalField(
        _("weight of the examination"), max_digits=6, decimal_places=2, default=Decimal(60)
    )
    scale = models.DecimalField(
        _("results are out of"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(100),
        validators=[MinValueValidator(Decimal(1))],
    )
    step = models.DecimalField(
        _("rounded to"),
        max_digits=4,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("1 for whole points, 0.5 for halves, 0.1 for tenths."),
    )
    rounding = models.CharField(_("rounding"), max_length=9, choices=Rounding, default=Rounding.HALF_UP)
    rounds_components = models.BooleanField(
        _("daily work and examination are rounded first"),
        default=False,
        help_text=_("Otherwise the result is rounded once, at the end."),
    )
    by_points = models.BooleanField(
        _("points weigh"),
        default=False,
        help_text=_("A test out of 40 then weighs twice as much as one out of 20."),
    )
    drop_lowest = models.PositiveSmallIntegerField(
        _("lowest grades dropped"), default=0, help_text=_("Those whose absence helps the pupil most.")
    )
    best_of = models.PositiveSmallIntegerField(
        _("best grades kept"), default=0, help_text=_("0 keeps them all.")
    )
    is_cumulative = models.BooleanField(
        _("cumulative"), default=False, help_text=_("A period counts everything since September.")
    )
    pass_mark = models.DecimalField(
        _("pass mark, in percent"), max_digits=5, decimal_places=2, default=Decimal(50), validators=PERCENT
    )
    least_evidence = models.DecimalField(
        _("least share of the weight, in percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(25),
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
                condition=Q(course=None) | Q(year_level=None, form=""),
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

    @property
    def is_of_the_school(self) -> bool:
        return not (self.course_id or self.year_level_id or self.form)

    @cached_property
    def plan(self) -> Plan:
        """Return what the arithmetic needs of the scheme. One query the first time, for its categories."""
        return Plan(
            daily_work_weight=self.daily_work_weight,
            exam_weight=self.exam_weight,
            scale=self.scale,
            step=self.step,
            rounding=Rounding(self.rounding),
            rounds_components=self.rounds_components,
            pass_mark=self.pass_mark,
            least_evidence=self.least_evidence,
            by_points=self.by_points,
            category_weights={row.category_id: row.weight for row in self._rows("category_weights")},
            drop_lowest=self.drop_lowest,
            best_of=self.best_of,
            is_cumulative=self.is_cumulative,
        )

    def effect(self, token: str, usual: str | None) -> str | None:
        """Return what a token does under this scheme, `usual` being what it does elsewhere."""
        return self.effects.get(token, usual) if token else usual

    @cached_property
    def effects(self) -> dict[str, str]:
        """Return, by sign, what tokens do under this scheme where it differs from what they usually do."""
        return {row.token.code: row.effect for row in self._rows("token_rules")}

    def _rows(self, name: str) -> Any:
        """Return what hangs on the scheme; the software's own scheme, which is not stored, has nothing."""
        return getattr(self, name).all() if self.pk else ()


class CategoryWeight(models.Model):
    """What a kind of assessment weighs in daily work, under a scheme that weighs by kind."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="category_weights")
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    weight = models.DecimalField(max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_category_weighs_once_in_a_scheme", fields=["scheme", "category"])
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.weight}"


class TokenRule(models.Model):
    """What a token does under a scheme, where that differs from what it usually does."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="token_rules")
    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    effect = models.CharField(max_length=8, choices=Token.Effect)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_rule_per_token_and_scheme", fields=["scheme", "token"])
        ]

    def __str__(self) -> str:
        return f"{self.token}: {self.get_effect_display()}"
