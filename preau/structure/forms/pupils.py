"""Pupils and staff: looking for them, recording them, enrolling and moving them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit.fields import ModelForm, RecordsField, choose
from preau.kit.lists.filters import FilterForm, NotUnderstood, WordsField
from preau.people.models import Duty, Person

from ..models import ClassGroup, YearLevel
from ..queries import Status, classes_in, current_year, pupils_found
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
