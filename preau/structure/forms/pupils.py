"""Pupils and staff: looking for them, recording them, enrolling and moving them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit.fields import ModelForm, RecordsField, choose
from preau.kit.lists.filters import FilterForm, NotUnderstood, WordsField
from preau.people.models import Duty, Person

from ..models import ClassGroup, CourseGroup, GroupMembership, YearLevel
from ..queries import CoursePlan, Status, classes_in, current_year, pupils_found
from .choices import ClassField, DayField, GroupField, LastDayField, LevelField, OfferingForm

ANY_DUTY = [("", _("All functions")), ("TEACHER", _("teachers")), ("TUTOR", _("titulaires"))]
NO_DUTY = [("NOTHING", _("no function yet"))]


class PupilFilterForm(FilterForm, OfferingForm):
    """What one looks for among the pupils."""

    called = {"q": "words", "level": "year_level"}

    q = WordsField()
    level = LevelField(required=False, empty_label=_("All years"))
    class_group = ClassField(required=False, empty_label=_("All classes"))
    status = forms.ChoiceField(label=_("Status"), choices=Status, required=False)

    @property
    def year_level(self) -> YearLevel | None:
        """Return the year of study looked at: the one asked for, else that of the class."""
        class_group = self.wanted.get("class_group")
        return self.wanted.get("year_level") or (class_group and class_group.year_level)


class ChosenPupilsForm(OfferingForm):
    """Which pupils a bulk act is about: those ticked, or all that the filter finds."""

    pupils = RecordsField(
        Person.objects.all(),
        required=False,
        error_messages={"invalid_choice": _("A pupil of this list is no longer there: look again.")},
    )
    everyone = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("everyone"):
            try:
                typed["pupils"] = pupils_found(**PupilFilterForm(self.data).wanted_for_an_act())
            except NotUnderstood as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        if not typed.get("pupils"):
            raise forms.ValidationError(_("Tick the pupils first, then choose what happens to them."))
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "everyone"}


class MoveForm(ChosenPupilsForm):
    """Many pupils go to a class."""

    to = ClassField(label=_("To the class"))
    on = DayField(label=_("From"))


class MoveAskedForm(MoveForm):
    """The same, kept out of sight while one is asked, with what was looked for when all who are found go."""

    q = forms.CharField(required=False)
    level = forms.CharField(required=False)
    class_group = forms.CharField(required=False)
    status = forms.CharField(required=False)
    with_courses = forms.BooleanField(
        label=_("Their courses follow: those of the class left end that day, those of the new one begin"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "with_courses":
                several = name == "pupils"
                field.widget = forms.MultipleHiddenInput() if several else forms.HiddenInput()

    @classmethod
    def asking(cls, sent: Any) -> MoveAskedForm:
        """Return the form that carries what was sent to the question."""
        form = cls(initial={**sent.dict(), "pupils": sent.getlist("pupils")})
        form.initial.pop("with_courses", None)
        return form

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("pupils", "to", "on", "with_courses")}


class JoinForm(ChosenPupilsForm):
    """Many pupils join a course group."""

    group = GroupField(label=_("To the group"))
    on = DayField(label=_("From"))

    @classmethod
    def near(cls, level: YearLevel | None) -> JoinForm:
        """Return the form with the groups of the year looked at: those of the whole school are too many."""
        form = cls()
        cast("GroupField", form.fields["group"]).offer_only(level)
        return form


class NewPersonForm(OfferingForm, ModelForm):
    """Somebody the school does not know yet."""

    class Meta:
        model = Person
        fields = ("family_name", "given_name", "preferred_name", "gender", "born_on", "language", "email")


class NewPupilForm(NewPersonForm):
    """A new pupil, with the class they join."""

    to = ClassField(label=_("Class"), required=False, empty_label=_("Not decided yet"))
    on = DayField(label=_("First day in the class"))

    @property
    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        return {"class_group": facts.pop("to"), **facts}


class NewStaffForm(NewPersonForm):
    """A new colleague. Duties and groups are given on the next pages."""


class EnrolmentForm(OfferingForm):
    """A pupil joins a class, or changes class."""

    to = ClassField(label=_("Class"))
    on = DayField(label=_("First day in the class"))


class CoursesForm(forms.Form):
    """Which courses a pupil leaves and joins; what the plan proposes is ticked."""

    leaves = RecordsField(
        GroupMembership.objects.all(),
        label=_("Leaves these courses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    joins = RecordsField(
        CourseGroup.objects.all(),
        label=_("Joins these courses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, plan: CoursePlan, typed: Any = None) -> None:
        proposed = {
            "leaves": [tie.pk for tie in plan.leaves],
            "joins": [group.pk for group in plan.joins],
            "to": plan.class_group.pk,
            "on": plan.on,
        }
        super().__init__(typed, initial=proposed)
        ties = GroupMembership.objects.filter(pk__in=[tie.pk for tie in plan.followed])
        groups = CourseGroup.objects.filter(pk__in=[group.pk for group in plan.offered])
        choose(self, "leaves", ties.select_related("group__course"), called=lambda tie: str(tie.group))
        choose(self, "joins", groups, called=str)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("leaves", "joins")}


class SettleForm(CoursesForm):
    """The courses of a pupil who stays in the class, from a day on."""

    on = DayField(label=_("From"))

    @property
    def facts(self) -> dict[str, Any]:
        return {**super().facts, "on": self.cleaned_data["on"]}


class BringForm(CoursesForm):
    """A pupil comes to a class with its courses, once the plan was read."""

    to = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(widget=forms.HiddenInput)


class LeavingForm(forms.Form):
    """A pupil leaves the school."""

    last_day = LastDayField(label=_("Last day at school"))

    @property
    def facts(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["last_day"]}


class StaffFilterForm(FilterForm):
    """What one looks for among the staff."""

    q = WordsField()
    does = forms.ChoiceField(
        label=_("Function"), required=False, choices=lambda: ANY_DUTY + list(Duty.Kind.choices) + NO_DUTY
    )


class DutyForm(OfferingForm):
    """A duty, from a day to a day, for the whole school or a part of it."""

    kind = forms.ChoiceField(label=_("Function"), choices=Duty.Kind)
    starts_on = DayField(label=_("From"))
    ends_on = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: without end."))
    year_levels = RecordsField(
        YearLevel.objects.all(),
        label=_("Only for these years"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: for the whole school."),
    )
    class_groups = RecordsField(
        ClassGroup.objects.none(),
        label=_("Only for these classes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        """:param kinds: those that whoever fills it in may give"""
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(key, words) for key, words in Duty.Kind.choices if key in kinds]
        choose(self, "class_groups", classes_in(current_year()))
