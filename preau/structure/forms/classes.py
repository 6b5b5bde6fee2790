"""Classes, courses and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import ModelForm, choose
from preau.kit.lists.filters import FilterForm, WordsField

from ..models import ClassGroup, Course, CourseGroup, CourseStatus, Subject, TeachingAssignment, YearLevel
from ..queries import pupils_of
from .choices import ClassField, DayField, LastDayField, LevelField, OfferingForm, StaffField


class ListFilterForm(FilterForm):
    """A name and a year: what one looks for among courses and groups."""

    called = {"q": "words", "level": "year_level"}

    q = WordsField(_("Name or code"))
    level = LevelField(required=False, empty_label=_("All years"))


class ClassForm(ModelForm):
    """A class: its year, its name, its form."""

    class Meta:
        model = ClassGroup
        fields = ("year_level", "name", "form")


class TutorForm(OfferingForm):
    """Who is put in charge of a class, from when."""

    tutor = StaffField(label=_("Titulaire"))
    on = DayField(label=_("From"))
    takes_over = forms.BooleanField(label=_("Takes over from the present one"), required=False, initial=True)


class CourseForm(ModelForm):
    """A course: a subject in a year, so many periods a week."""

    class Meta:
        model = Course
        fields = ("subject", "year_level", "form", "weekly_periods", "name", "code", "status", "language")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class GroupForm(ModelForm):
    """A group of a course, for the school year in course."""

    class Meta:
        model = CourseGroup
        fields = ("course", "name", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses = Course.objects.select_related("year_level")
        choose(self, "course", courses, called=lambda course: f"{course.code} – {course.name}")
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Empty: the next free number of the course.")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class MembersForm(OfferingForm):
    """A whole class, or some of its pupils, joins a group."""

    class_group = ClassField(label=_("Pupils of the class"))
    on = DayField(label=_("From"))

    @property
    def facts(self) -> dict[str, Any]:
        on = self.cleaned_data["on"]
        return {"pupils": pupils_of(self.cleaned_data["class_group"], on=on), "on": on}


class EndForm(forms.Form):
    """The last day of a tie."""

    last_day = LastDayField(label=_("Last day"), initial=clock.today)

    @property
    def facts(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["last_day"]}


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


class LevelForm(ModelForm):
    class Meta:
        model = YearLevel
        fields = ("code", "name", "rank", "degree")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class StatusForm(ModelForm):
    class Meta:
        model = CourseStatus
        fields = ("code", "name", "counts_as_failure", "counts_in_average", "rank")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""


class SubjectForm(ModelForm):
    class Meta:
        model = Subject
        fields = ("code", "name", "short_name", "rank", "is_philosophical")

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in a sentence."""
