"""The kinds of assessments of the school, and the signs that stand instead of points."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A kind of assessment, as the school names them: interro, devoir, contrôle, examen."""

    class Component(models.TextChoices):
        """The part of a period's result that it feeds."""

        DAILY_WORK = "TJ", _("daily work")
        EXAM = "EXAM", _("examinations")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=40)
    component = models.CharField(_("feeds"), max_length=4, choices=Component, default=Component.DAILY_WORK)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """What stands in a cell instead of points: a certificate, a work not handed in."""

    class Effect(models.TextChoices):
        ZERO = "ZERO", _("counts as zero")
        IGNORED = "IGNORED", _("is left out")

    code = models.CharField(_("sign"), max_length=6, unique=True)
    name = models.CharField(_("meaning"), max_length=60)
    key = models.CharField(_("key"), max_length=1, blank=True, help_text=_("The letter that types it."))
    effect = models.CharField(_("in the result"), max_length=8, choices=Effect)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.code
