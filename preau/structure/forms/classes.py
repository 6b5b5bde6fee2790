"""Classes, courses and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit.lists.filters import FilterForm, WordsField

from ..models import ClassGroup, Course, CourseGroup, CourseStatus, Subject, TeachingAssignment, YearLevel
from .choices import ClassField, DayField, LastDayField, LevelField, OfferingForm, StaffField


class ListFilterForm(FilterForm):
    """A name and a year: what one looks for among courses and groups."""

    called = {"q": "words", "level": "year_level"}

    q = WordsField(_("Name or code"))
    level = LevelField(required=False, empty_label=_("All years"))


class ClassForm(forms.ModelForm):
    """A class: its year, its name, its form."""

    made: Any = None
    """The class, once made."""

    class Meta:
        model = ClassGroup
        fields = ("year_level", "name", "form")


class TutorForm(OfferingForm):
    """Who is put in charge of a class, from when."""

    tutor = StaffField(label=_("Titulaire"))
    on = DayField(label=_("From"))
    takes_over = forms.BooleanField(label=_("Takes over from the present one"), required=False, initial=True)


class CourseForm(forms.ModelForm):
    """A course: a subject in a year, so many periods a week."""

    class Meta:
        model = Course
        fields = ("subject", "year_level", "form", "weekly_periods", "name", "code", "status", "language")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class GroupForm(forms.ModelForm):
    """A group of a course, for the school year in course."""

    made: Any = None
    """The group, once made."""

    class Meta:
        model = CourseGroup
        fields = ("course", "name", "code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.select_related("year_level")
        self.fields["course"].label_from_instance = lambda course: f"{course.code} – {course.name}"
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Empty: the next free number of the course.")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class MembersForm(OfferingForm):
    """A whole class, or some of its pupils, joins a group."""

    class_group = ClassField(label=_("Pupils of the class"))
    on = DayField(label=_("From"))


class EndForm(forms.Form):
    """The last day of a tie."""

    last_day = LastDayField(label=_("Last day"))


class TeacherForm(OfferingForm):
    """Who teaches a group, from when to when."""

    teacher = StaffField()
    kind = forms.ChoiceField(label=_("As"), choices=TeachingAssignment.Kind)
    on = DayField(label=_("From"))
    until = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: without end."))


class ReplacementForm(OfferingForm):
    """Who stands in for a teacher, from when to when."""

    replacement = StaffField(label=_("Replaced by"))
    on = DayField(label=_("First day"))
    until = LastDayField(label=_("Last day"))


class LevelForm(forms.ModelForm):
    class Meta:
        model = YearLevel
        fields = ("code", "name", "rank", "degree")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class StatusForm(forms.ModelForm):
    class Meta:
        model = CourseStatus
        fields = ("code", "name", "counts_as_failure", "counts_in_average", "rank")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class SubjectForm(forms.ModelForm):
    class Meta:
        model = Subject
        fields = ("code", "name", "short_name", "rank")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""
