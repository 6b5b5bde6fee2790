"""Courses, the groups that follow them, and who belongs to a group or teaches it from when to when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.people.ties import DatedTie, NeverTwiceAtOnce, ends_after_it_starts

from .classes import YearLevel
from .years import SchoolYear


class CourseStatus(models.Model):
    """What a course weighs in a council: formation commune, option, activité complémentaire…"""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=60)
    counts_as_failure = models.BooleanField(_("a failure counts"), default=True)
    counts_in_average = models.BooleanField(_("counts in the average"), default=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """What is taught, whatever the year: mathematics, Dutch, history."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=100)
    is_philosophical = models.BooleanField(
        _("religion or morals"),
        default=False,
        help_text=_("Report cards call it a philosophical course: a religion is nobody's to read there."),
    )

    class Meta:
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_on_documents(self) -> str:
        """Return what documents that go home call it, in the language of the moment."""
        return gettext("Philosophical course") if self.is_philosophical else self.short_name or self.name


class Course(models.Model):
    """A subject in a year level, so many periods a week: maths 4 and maths 6 are two courses."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="courses")
    year_level = models.ForeignKey(YearLevel, models.PROTECT, related_name="courses")
    form = models.CharField(
        _("form"),
        max_length=10,
        blank=True,
        help_text=_("G, TT, TQ, P… Empty when all forms share it."),
    )
    weekly_periods = models.PositiveSmallIntegerField(_("periods a week"))
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    status = models.ForeignKey(CourseStatus, models.PROTECT, related_name="courses")
    language = models.CharField(_("taught in"), max_length=5, default="fr")

    class Meta:
        ordering = ["year_level__rank", "subject__rank", "name", "-weekly_periods"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_on_documents(self) -> str:
        """Return what documents that go home call it, in the language of the moment."""
        return self.subject.name_on_documents if self.subject.is_philosophical else self.name


class CourseGroupManager(models.Manager):
    """A group comes with its course: nobody speaks of the one without the other."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("course")


class CourseGroup(models.Model):
    """Those who follow a course together during one school year, whatever their classes."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="groups")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="course_groups")
    code = models.CharField(_("code"), max_length=50)
    name = models.CharField(
        _("name"), max_length=60, help_text=_("Usually the class or classes it draws from.")
    )

    objects = CourseGroupManager()

    class Meta:
        ordering = ["course__year_level__rank", "course__subject__rank", "code"]
        constraints = [
            models.UniqueConstraint(name="a_group_code_once_a_year", fields=["school_year", "code"])
        ]

    def __str__(self) -> str:
        return f"{self.course.name}, {self.name}"


class GroupMembership(DatedTie):
    """A pupil follows a course in a group, from a day to a day."""

    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="memberships")
    pupil = models.ForeignKey(Person, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            NeverTwiceAtOnce(name="a_pupil_is_in_a_group_once_at_a_time", fields=["pupil", "group"]),
            ends_after_it_starts("a_membership_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["pupil", "starts_on"]), models.Index(fields=["group", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.pupil}, {self.group}"


class TeachingAssignment(DatedTie):
    """A teacher has a group, from a day to a day; a replacement sees it for as long as it lasts."""

    class Kind(models.TextChoices):
        MAIN = "MAIN", _("teacher")
        CO_TEACHER = "CO_TEACHER", _("co-teacher")
        REPLACEMENT = "REPLACEMENT", _("replacement")

    group = models.ForeignKey(CourseGroup, models.PROTECT, related_name="assignments")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    kind = models.CharField(_("as"), max_length=12, choices=Kind, default=Kind.MAIN)

    class Meta:
        constraints = [
            NeverTwiceAtOnce(name="a_teacher_has_a_group_once_at_a_time", fields=["teacher", "group"]),
            ends_after_it_starts("an_assignment_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["teacher", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.teacher}, {self.group}"
