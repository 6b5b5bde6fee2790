"""What the secretariat types about persons."""

from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from preau.kit import clock
from preau.kit.lists.filters import FilterForm, WordsField

from . import standings
from .models import Household, Person, Relationship
from .queries import households_near, relatives_of

ANY_LANGUAGE = [("", _("All languages"))]


class IdentityForm(forms.ModelForm):
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

    @classmethod
    def of(cls, person: Person, typed: Any = None):
        """Return the form filled with what is known of a person, whose record it leaves alone."""
        return cls(typed, initial=model_to_dict(person, fields=cls._meta.fields))

    def clean_born_on(self):
        born = self.cleaned_data["born_on"]
        if born and (born > clock.today() or born.year < 1900):
            raise forms.ValidationError(_("Nobody here was born on that day: check the year."))
        return born


class HomeForm(forms.ModelForm):
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
    also = forms.ModelMultipleChoiceField(
        label=_("Who moves there too"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("shared", "street", "postcode", "city", "country", "leaving", "is_main", "also")

    class Meta:
        model = Household
        fields = ("street", "postcode", "city", "country")

    def __init__(self, somebody, typed=None):
        super().__init__(typed, initial={"country": "BE", "is_main": True})
        near = [home.pk for home in households_near(somebody)]
        self.fields["shared"].queryset = Household.objects.filter(pk__in=near)
        self.fields["leaving"].queryset = somebody.households.all()
        self.fields["also"].queryset = relatives_of(somebody)
        self.fields["also"].label_from_instance = lambda person: person.full_name
        for name in ("shared", "leaving", "also"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def clean(self):
        typed = super().clean()
        if not typed.get("shared") and not (typed.get("street") and typed.get("city")):
            raise forms.ValidationError(_("Choose a relative's address, or write a street and a town."))
        return typed


class AddressForm(forms.ModelForm):
    """The address of a household, for all who live there."""

    class Meta:
        model = Household
        fields = ("street", "postcode", "city", "country")


class TieForm(forms.ModelForm):
    """What ties an adult to a pupil, right by right."""

    class Meta:
        model = Relationship
        fields = ("kind", "is_legal_responsible", *Relationship.RIGHTS)


class RightsForm(TieForm):
    """Changing the rights of an adult over a pupil."""

    checked_on = forms.DateField(
        label=_("Document checked on"),
        required=False,
        help_text=_("Needed to take a right from a legal responsible. The document itself is not kept."),
    )

    @classmethod
    def of(cls, tie: Relationship, typed: Any = None):
        return cls(typed, initial=model_to_dict(tie) | {"checked_on": tie.restricted_on})

    @property
    def rights(self):
        """Return the fields of the rights, apart from what the tie is."""
        return [self[right] for right in Relationship.RIGHTS]

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
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


class NewGuardianForm(forms.ModelForm):
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
