"""The school, and its time: school years, report periods, days off."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.files.models import StoredFile
from preau.kit import clock
from preau.people.ties import ends_after_it_starts


class School(models.Model):
    """The school itself. There is one: one school, one database."""

    name = models.CharField(_("name"), max_length=120)
    network = models.CharField(_("network"), max_length=120, blank=True)
    fase_number = models.CharField(_("FASE number"), max_length=20, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    head_name = models.CharField(_("head, as signed on documents"), max_length=120, blank=True)
    accent = models.CharField(_("colour"), max_length=7, blank=True, help_text=_("Six digits, e.g. #1f5f5b."))
    logo = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class SchoolYearQuerySet(models.QuerySet):
    def on(self, day: date) -> SchoolYearQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gt=day)

    def latest_begun(self, on: date | None = None) -> SchoolYear | None:
        """Return the year in course, or in summer the one that has just ended; else the first to come."""
        begun = self.filter(starts_on__lte=on or clock.today()).order_by("-starts_on").first()
        return begun or self.order_by("starts_on").first()


class SchoolYear(models.Model):
    """From the last Monday of August to the first Friday of July (the end excluded)."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [ends_after_it_starts("a_school_year_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name


class ReportPeriod(models.Model):
    """A stretch of the school year that ends with a report card. Its dates say its place in the year."""

    class Kind(models.TextChoices):
        DAILY_WORK = "TJ", _("daily work")
        EXAM = "EXAM", _("examinations")
        MIXED = "MIXED", _("daily work and examinations")

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="periods")
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DAILY_WORK)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))
    is_deliberative = models.BooleanField(_("the council deliberates"), default=False)
    weight = models.DecimalField(_("weight in the year"), max_digits=6, decimal_places=2, default=10)

    class Meta:
        ordering = ["school_year", "starts_on"]
        constraints = [
            models.UniqueConstraint(name="a_period_code_once_a_year", fields=["school_year", "code"]),
            ends_after_it_starts("a_period_ends_after_it_starts"),
            models.CheckConstraint(
                name="a_period_weighs_something_or_nothing",
                condition=Q(weight__gte=0),
                violation_error_message=_("A period weighs something or nothing: write 0 or more."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarEvent(models.Model):
    """A holiday, a day off, a day without lessons: what interrupts the weeks of the year."""

    class Kind(models.TextChoices):
        HOLIDAY = "HOLIDAY", _("holiday")
        DAY_OFF = "DAY_OFF", _("day off")
        NO_LESSON = "NO_LESSON", _("school open, no lessons")

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.HOLIDAY)
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [ends_after_it_starts("an_event_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name
