"""
The school in time: years and periods, classes and courses, and who belongs to which from when to when.

Ties are dated, their end excluded: a mark stays with the group in which it was given.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.files.models import StoredFile
from preau.kit import clock
from preau.people.models import Duty, Person
from preau.people.ties import DatedTie, NeverTwiceAtOnce, ends_after_it_starts


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

    class Meta:
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


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
