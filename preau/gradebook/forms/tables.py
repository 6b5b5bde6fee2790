"""Tables of lines: the levels of a scale, the competences of a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Level, Scale
from preau.grading.queries import levels_of
from preau.kit.acts import is_understood
from preau.kit.fields import CountField
from preau.structure.models import Course, Subject

from ..queries import open_competences
from .numbers import percent

CHANGED = _("These lines have changed meanwhile. Load the page again, and type there what you wanted.")
ONE_OF_THEM = _("Mend the lines that are marked.")


class Lines(forms.BaseFormSet):
    """Lines of a table, each with a code of its own; a line without a code is left out."""

    default_error_messages = {"missing_management_form": CHANGED}

    def clean(self) -> None:
        codes = [line.cleaned_data.get("code", "").upper() for line in self.forms if line.is_valid()]
        twice = next((code for code in codes if code and codes.count(code) > 1), "")
        if twice:
            raise forms.ValidationError(_("“%(code)s” stands twice."), params={"code": twice})


def _lines(line: type[forms.Form], *, spare: int, at_most: int) -> type[forms.BaseFormSet[Any]]:
    """Make the lines of a table, with some to spare for new ones."""
    return forms.formset_factory(
        line, formset=Lines, extra=spare, can_order=True, max_num=at_most, validate_max=True
    )


class TableForm(forms.Form):
    """A form with a table, every line of which must come back: one left out would otherwise end unseen."""

    lines_class: type[forms.BaseFormSet[Any]]

    def __init__(
        self, data: Any = None, *, known: Sequence[Mapping[str, Any]], form_kwargs: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.known = {line["pk"] for line in known}
        self.lines = self.lines_class(data, initial=known, form_kwargs=form_kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        misread = [line for line in self.lines.forms if not is_understood(line)]
        if misread:
            raise forms.ValidationError(ONE_OF_THEM)
        if not self.lines.is_valid():
            raise forms.ValidationError(list(self.lines.non_form_errors()))
        named = [line.cleaned_data["pk"] for line in self.lines.forms if line.cleaned_data.get("pk")]
        if sorted(named) != sorted(self.known):
            raise forms.ValidationError(CHANGED)
        return cleaned

    @property
    def typed_lines(self) -> list[dict[str, Any]]:
        """Return what was typed, line by line, in the order of their numbers."""
        typed = [line.cleaned_data for line in self.lines.forms if line.cleaned_data.get("code")]
        return sorted(typed, key=lambda line: (line.get("ORDER") is None, line.get("ORDER") or 0))


class LevelForm(forms.Form):
    """One level of a scale. A line whose code is emptied goes."""

    pk = CountField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code"), max_length=6, required=False)
    label = forms.CharField(label=_("Meaning"), max_length=60, required=False)
    share = percent(_("Worth, in percent"))
    from_percent = percent(_("Reached from, in percent"))
    is_rated = forms.BooleanField(label=_("Counts"), required=False, initial=True)
    icon = forms.ChoiceField(label=_("Picture"), choices=Level.Icon.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") and not cleaned.get("label"):
            self.add_error("label", _("Say what the code means."))
        return cleaned


LEVEL_FACTS = ("pk", "code", "label", "share", "from_percent", "is_rated", "icon")


class ScaleForm(TableForm):
    """A scale: its name, and its levels."""

    name = forms.CharField(label=_("Name"), max_length=60)
    lines_class = _lines(LevelForm, spare=2, at_most=20)

    def __init__(self, data: Any = None, *, scale: Scale | None) -> None:
        self.scale = scale
        levels: Iterable[Level] = levels_of(scale.pk) if scale else ()
        known = [{name: getattr(level, name) for name in LEVEL_FACTS} for level in levels]
        super().__init__(data, known=known, initial={"name": scale.name if scale else ""})

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if any(other != self.scale for other in Scale.objects.filter(name__iexact=name)):
            raise forms.ValidationError(_("There is a scale of that name already: choose another."))
        return name

    @property
    def facts(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "levels": self.typed_lines}


class CompetenceForm(forms.Form):
    """One competence of a subject. A line whose code is emptied ends."""

    pk = CountField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code"), max_length=8, required=False)
    name = forms.CharField(label=_("Competence"), max_length=160, required=False)
    course = forms.TypedChoiceField(label=_("Only in"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, courses: Sequence[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(course.pk, f"{course.name} ({course.code})") for course in courses]
        self.fields["course"].choices = [("", _("all courses")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") and not cleaned.get("name"):
            self.add_error("name", _("Say in a few words what pupils learn to do."))
        return cleaned


class CompetencesForm(TableForm):
    """The competences of a subject."""

    lines_class = _lines(CompetenceForm, spare=3, at_most=60)

    def __init__(self, data: Any = None, *, subject: Subject) -> None:
        known = [
            {
                "pk": competence.pk,
                "code": competence.code,
                "name": competence.name,
                "course": competence.course_id,
            }
            for competence in open_competences(subject)
        ]
        super().__init__(data, known=known, form_kwargs={"courses": list(subject.courses.all())})

    @property
    def facts(self) -> dict[str, Any]:
        return {"lines": self.typed_lines}
