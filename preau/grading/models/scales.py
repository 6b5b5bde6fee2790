"""Scales of words: acquired, on the way, not acquired; or the school's own appreciations."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class Scale(models.Model):
    """Some levels in order, that stand where points would."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """
    One word of a scale; the higher its rank, the better.

    A level with a share is worth points in averages; one without is shown and enters no average. One that
    does not count (NE) says that nothing was assessed.
    """

    class Icon(models.TextChoices):
        """Pictures a level may have beside its code (their names are Tabler's)."""

        NONE = "", _("none")
        ACQUIRED = "circle-check", _("a tick")
        ON_THE_WAY = "progress-check", _("on the way")
        NOT_ACQUIRED = "circle-x", _("a cross")
        NOT_ASSESSED = "minus", _("a dash")
        STAR = "star", _("a star")
        SMILE = "mood-smile", _("a smile")
        THUMB = "thumb-up", _("a thumb")
        RISING = "trending-up", _("a rising line")
        FALLING = "trending-down", _("a falling line")
        TARGET = "target", _("a target")
        IDEA = "bulb", _("a light")

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="levels")
    code = models.CharField(_("code"), max_length=6, help_text=_("What one types: A, EVA, NA…"))
    label = models.CharField(_("meaning"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("order"), help_text=_("The higher, the better."))
    share = models.DecimalField(
        _("worth, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("Empty: shown, and in no average."),
    )
    from_percent = models.DecimalField(
        _("reached from, in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("Points from this percentage on amount to this level."),
    )
    is_rated = models.BooleanField(_("counts"), default=True, help_text=_("Untick it for “not assessed”."))
    icon = models.CharField(_("picture"), max_length=20, choices=Icon, blank=True)

    class Meta:
        ordering = ["-rank"]
        constraints = [
            models.UniqueConstraint(name="a_code_once_in_a_scale", fields=["scale", "code"]),
            models.UniqueConstraint(name="a_rank_once_in_a_scale", fields=["scale", "rank"]),
            models.CheckConstraint(
                name="a_level_is_worth_a_share_of_the_whole",
                condition=Q(share=None) | Q(share__gte=0, share__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def points_of(self, out_of: Decimal) -> Decimal | None:
        """Return what the level is worth out of so many points, None when it enters no average."""
        if self.share is None or not self.is_rated:
            return None
        return (self.share * out_of / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
