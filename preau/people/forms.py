"""What the secretariat types about persons."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.fields import DayField, ModelForm, RecordsField, choose
from preau.kit.lists.filters import FilterForm, WordsField

from . import standings
from .models import Household, Person, Relationship
from .queries import households_near, relatives_of

ANY_LANGUAGE = [("", _("All languages"))]


class IdentityForm(ModelForm):
    """Who a person is and how to reach them."""

    class Meta:
        model = Person
        fields = (
            "family_name",
            "given_name",
            "preferred_name",
            "gender",
            "born_on",
            "language",
            "email",
            "mobile",
            "phone",
        )


class HomeForm(ModelForm):
    """Where somebody lives: at a relative's address, or at a new one."""

    shared = forms.ModelChoiceField(
        label=_("Same address as a relative"),
        queryset=Household.objects.none(),
        required=False,
        empty_label=_("No: the address below"),
    )
    leaving = forms.ModelChoiceField(
        label=_("Instead of"),
        queryset=Household.objects.none(),
        required=False,
        empty_label=_("Nothing: it comes beside the others"),
    )
    is_main = forms.BooleanField(label=_("Letters go there first"), required=False, initial=True)
    also = RecordsField(
        label=_("Who moves there too"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("shared", "street", "postcode", "city", "country", "leaving", "is_main", "also")

    class Meta:
        model = Household
        fields = ("street", "postcode", "city", "country")

    def __init__(self, somebody: Person, typed: Any = None) -> None:
        super().__init__(typed, initial={"country": "BE", "is_main": True})
        self.somebody = somebody
        near = [home.pk for home in households_near(somebody)]
        choices = {
            "shared": Household.objects.filter(pk__in=near),
            "leaving": somebody.households.all(),
            "also": relatives_of(somebody),
        }
        for name, records in choices.items():
            if records.exists():
                choose(self, name, records, called=str)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("shared") and not (typed.get("street") and typed.get("city")):
            raise forms.ValidationError(_("Choose a relative's address, or write a street and a town."))
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        address = {part: facts.pop(part) for part in self.Meta.fields}
        return {"persons": [self.somebody, *facts.pop("also", [])], "address": address, **facts}


class AddressForm(ModelForm):
    """The address of a household, for all who live there."""

    class Meta:
        model = Household
        fields = ("street", "postcode", "city", "country")


class TieForm(ModelForm):
    """What ties an adult to a pupil, right by right."""

    class Meta:
        model = Relationship
        fields = ("kind", "is_legal_responsible", *Relationship.RIGHTS)


class RightsForm(TieForm):
    """Changing the rights of an adult over a pupil."""

    checked_on = DayField(
        label=_("Document checked on"),
        required=False,
        help_text=_("Needed to take a right from a legal responsible. The document itself is not kept."),
    )

    @classmethod
    def of(cls, record: Relationship, typed: Any = None, files: Any = None, **how: Any) -> Self:
        return super().of(record, typed, files, initial={"checked_on": record.restricted_on}, **how)

    @property
    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        return {"rights": {right: facts.pop(right) for right in Relationship.RIGHTS}, **facts}

    @property
    def rights(self) -> list[forms.BoundField]:
        """Return the fields of the rights, apart from what the tie is."""
        return [self[right] for right in Relationship.RIGHTS]

    def clean_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day is still to come: write the day of the check."))
        return day


class KnownGuardianForm(forms.Form):
    """An adult the school knows already comes to answer for a pupil."""

    guardian = forms.ModelChoiceField(queryset=Person.objects.all(), widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Tie"), choices=Relationship.Kind)
    is_legal_responsible = forms.BooleanField(
        label=_("Legally responsible"),
        required=False,
        initial=True,
        help_text=_("Has every right. Without it, rights are given one by one afterwards."),
    )


class NewGuardianForm(ModelForm):
    """An adult the school does not know yet comes to answer for a pupil."""

    kind = forms.ChoiceField(label=_("Tie"), choices=Relationship.Kind)
    is_legal_responsible = forms.BooleanField(
        label=_("Legally responsible"),
        required=False,
        initial=True,
        help_text=_("Has every right. Without it, rights are given one by one afterwards."),
    )
    lives_with_pupil = forms.BooleanField(label=_("Lives at the pupil's address"), required=False)

    class Meta:
        model = Person
        fields = ("family_name", "given_name", "gender", "language", "email", "mobile", "phone")


class NumberForm(forms.Form):
    """The number another system gives a person."""

    system = forms.CharField(label=_("System"), max_length=50, help_text=_("E.g. ProEco, SIEL, EDT."))
    value = forms.CharField(label=_("Number"), max_length=200)


class ParentsReadForm(forms.Form):
    """What a pupil of age decides about the parents: the button says it."""

    READ, KEPT_OUT = "read", "kept_out"
    parents = forms.ChoiceField(choices=[(READ, READ), (KEPT_OUT, KEPT_OUT)], widget=forms.HiddenInput)

    @property
    def facts(self) -> dict[str, Any]:
        return {"is_granted": self.cleaned_data["parents"] == self.READ}


class FamilyFilterForm(FilterForm):
    """What one looks for among the families."""

    q = WordsField(_("Name of an adult or a child"))
    standing = forms.ChoiceField(label=_("Families"), choices=standings.choices, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: ANY_LANGUAGE + list(settings.LANGUAGES)
    )

    @cached_property
    def wanted(self) -> dict[str, Any]:
        return {"standing": standings.usual()} | super().wanted


class OtherRecordForm(forms.Form):
    """The other record: of the same person, which goes, or of somebody else."""

    gone = forms.ModelChoiceField(queryset=Person.objects.all(), widget=forms.HiddenInput)
