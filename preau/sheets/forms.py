"""The file a teacher brings, and the books one orders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from preau.kit.fields import CountField
from preau.people.models import Person
from preau.structure.addresses import number_or_none

from .models import SheetFile
from .queries import BooksPage, teachers_with_books
from .sheetfiles import Choices, ColumnChoice

MINE, ALL = "mine", "school"


class SheetFileForm(forms.Form):
    """The file a teacher brings to a sheet."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv,.xlsm"}),
        help_text=_("xlsx, xls, ods or csv, laid out in any way. Nothing is written before you say so."),
    )


class ChoicesForm(forms.Form):
    """What is decided about a file: its table, each column and each line, in fields named by their places."""

    sheet = forms.CharField(required=False)
    header = CountField(required=False)
    last = CountField(required=False)
    seen_sheet = forms.CharField(required=False)
    seen_header = CountField(required=False)

    data: QueryDict

    def __init__(self, typed: QueryDict | None, *, file: SheetFile) -> None:
        super().__init__(typed)
        self.before = Choices.from_dict(file.choices)

    def clean(self) -> dict[str, Any]:
        texts = [text for answers in self.data.lists() for text in answers[1]]
        twice = any(len(set(answers)) > 1 for name, answers in self.data.lists() if "-" in name)
        if twice or any("\0" in text for text in texts) or not self._says_what_is_what():
            raise forms.ValidationError(
                _("These choices are not understood. Load the page again, and choose there.")
            )
        return super().clean() or {}

    def _says_what_is_what(self) -> bool:
        """Whether each column is a word or an assessment, each line a pupil or nobody."""
        columns = [ColumnChoice(str(self.data[name])) for name in self.data if name.startswith("col-")]
        lines = [str(self.data[name]) for name in self.data if name.startswith("row-")]
        return all(column.is_one for column in columns) and all(
            not line or number_or_none(line) is not None for line in lines
        )

    @property
    def facts(self) -> dict[str, Choices]:
        return {"choices": Choices.from_form({name: str(self.data[name]) for name in self.data}, self.before)}


class SeenForm(forms.Form):
    """What a file would change, as it stood on the screen of whoever puts it in."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class BooksForm(forms.Form):
    """Whose gradebooks of a year one takes away: one's own, or (who leads the school) anybody's, or all."""

    def __init__(self, *args: Any, page: BooksPage, asker: Person, takes_all: bool) -> None:
        super().__init__(*args)
        self.asker, self.takes_all = asker, takes_all
        found = teachers_with_books(page.year) if page.year and takes_all else ()
        self.teachers = {str(teacher.pk): teacher for teacher in found}
        names = [(key, teacher.list_name) for key, teacher in self.teachers.items()]
        mine = [(MINE, _("my own groups"))] if page.groups or not takes_all else []
        others = [(ALL, _("the whole school")), *names] if takes_all else []
        self.fields["whose"] = forms.ChoiceField(
            label=_("Whose"),
            initial=ALL,
            choices=[*mine, *others],
            widget=forms.Select if takes_all else forms.HiddenInput,
        )

    @property
    def facts(self) -> dict[str, Person | None]:
        whose = self.cleaned_data["whose"]
        return {"teacher": self.asker if whose == MINE else self.teachers.get(whose)}
