"""Years of study, classes, and who is in them from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.people.models import Duty, Person
from preau.people.ties import DatedTie, NeverTwiceAtOnce, ends_after_it_starts

from .years import SchoolYear


class YearLevel(models.Model):
    """A year of study, as a code with a rank: 1C, 2S, 3, 7P. Never a bare number."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("order"))
    degree = models.PositiveSmallIntegerField(_("degree"), null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class ClassGroupManager(models.Manager):
    """A class comes with its level and its year: nearly every page says all three."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("year_level", "school_year")


class ClassGroup(models.Model):
    """The pupils who form a class during one school year."""

    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="class_groups")
    year_level = models.ForeignKey(YearLevel, models.PROTECT, related_name="class_groups")
    name = models.CharField(_("name"), max_length=30)
    form = models.CharField(_("form"), max_length=10, blank=True, help_text=_("G, TT, TQ, P…"))

    objects = ClassGroupManager()

    class Meta:
        ordering = ["year_level__rank", "name"]
        constraints = [
            models.UniqueConstraint(name="a_class_name_once_a_year", fields=["school_year", "name"])
        ]

    def __str__(self) -> str:
        return self.name


class Tutorship(DatedTie):
    """A teacher in charge of a class: the titulaire. Some classes have two."""

    class_group = models.ForeignKey(ClassGroup, models.CASCADE, related_name="tutorships")
    tutor = models.ForeignKey(Person, models.PROTECT, related_name="tutorships")

    class Meta:
        constraints = [
            ends_after_it_starts("a_tutorship_ends_after_it_starts"),
            NeverTwiceAtOnce(name="a_tutor_has_a_class_once_at_a_time", fields=["tutor", "class_group"]),
        ]
        indexes = [models.Index(fields=["tutor", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.tutor}, {self.class_group}"


class Enrolment(DatedTie):
    """A pupil belongs to a class, from a day to a day."""

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    class_group = models.ForeignKey(ClassGroup, models.PROTECT, related_name="enrolments")

    class Meta:
        constraints = [
            NeverTwiceAtOnce(name="a_pupil_is_in_one_class_at_a_time", fields=["pupil"]),
            ends_after_it_starts("an_enrolment_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["pupil", "starts_on"]),
            models.Index(fields=["class_group", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.class_group}"


class DutyScope(models.Model):
    """The part of the school a duty is held for. A duty without scope is held for the whole school."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="scopes")
    year_level = models.ForeignKey(YearLevel, models.CASCADE, null=True, blank=True, related_name="+")
    class_group = models.ForeignKey(ClassGroup, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_scope_is_a_year_level_or_a_class",
                condition=Q(year_level=None, class_group__isnull=False)
                | Q(year_level__isnull=False, class_group=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.year_level or self.class_group}"
