"""A file to choose, columns to match, an import to apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, BinaryIO, TypeAlias, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from preau.kit.imports.kinds import Repeat, Words, kind_called, kinds
from preau.kit.imports.mappings import Place, Spec, missing_needs
from preau.kit.imports.mappings.templates import columns_in
from preau.kit.lists.filters import FilterForm, WordsField
from preau.kit.refusals import Refusal
from preau.kit.tables import as_text

from .models import ImportLine, ImportRun
from .oneroster import VERSIONS
from .queries import ColumnsPage

GRADE_COLUMN = "*"
"""The choice that says: this column holds the grades of one assessment."""


Choice: TypeAlias = tuple[str, Words]
Choices: TypeAlias = Sequence[Choice | tuple[Words, Sequence[Choice]]]


def _kinds() -> list[Choice]:
    line = '<span><b>{}</b> <span class="soft small">{}</span></span>'
    return [(kind.key, format_html(line, kind.label, kind.lead)) for kind in kinds()]


class ReportFilterForm(FilterForm):
    """Which lines of a report one looks for."""

    called = {"q": "words", "show": "status"}

    show = forms.ChoiceField(
        label=_("Lines"), choices=ImportLine.Status, required=False, widget=forms.HiddenInput
    )
    q = WordsField(_("Name, column or words"))


class FileForm(forms.Form):
    """What is brought, and the file."""

    kind = forms.ChoiceField(label=_("What do you bring?"), choices=_kinds, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.zip"}),
        help_text=_("csv, xlsx, xls or ods; a zip for OneRoster. Nothing is written before you say so."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse at once a file that nobody could read."""
        answers = super().clean() or {}
        file = answers.get("file")
        if file and answers.get("kind"):
            try:
                _try(answers["kind"], file)
            except Refusal as refusal:
                self.add_error("file", str(refusal))
        return answers


def _try(kind: str, file: UploadedFile) -> None:
    kind_called(kind).check(cast("BinaryIO", file), file.name or "")
    file.seek(0)


class MappingForm(forms.Form):
    """For each column what it is; beside them, values that no column holds."""

    source = forms.CharField(
        label=_("Where does the file come from?"),
        max_length=40,
        help_text=_("A short name, always the same: the next file of this source is compared with this one."),
    )
    create_missing = forms.BooleanField(
        label=_("Make the courses, groups and memberships that do not exist yet"), required=False
    )

    def __init__(self, *args: Any, page: ColumnsPage, **kwargs: Any) -> None:
        self.page, self.kind = page, page.kind
        spec = page.spec
        kwargs["initial"] = {"source": spec.source, "create_missing": spec.create_missing}
        super().__init__(*args, **kwargs)
        if not self.kind.may_make_missing:
            del self.fields["create_missing"]
        held = {place.column: name for name, place in spec.fields.items() if place.column}
        value = self.repeat.value if self.repeat else ""
        repeats = {each[value].column: each for each in spec.repeats if value in each}
        choices = self._choices()
        for number, column in enumerate(page.table.columns):
            repeat = repeats.get(column, {})
            self._add_column(number, column, choices, GRADE_COLUMN if repeat else held.get(column, ""))
            if self.repeat:
                self._add_repeat(self.repeat, number, column, repeat)
        for target in self.kind.targets:
            place = spec.fields.get(target.name, Place())
            self.fields[f"fixed-{target.name}"] = forms.CharField(
                label=target.called,
                required=False,
                max_length=200,
                initial=place.template or place.constant,
            )

    @property
    def repeat(self) -> Repeat | None:
        """Return what a column may hold once more: the grades of one assessment."""
        return self.kind.repeat

    def _choices(self) -> Choices:
        targets = groupby(self.kind.targets, key=lambda target: target.part)
        parts = [(part, [(target.name, target.called) for target in together]) for part, together in targets]
        groups = [(part, choices) for part, choices in parts if part]
        alone = [choice for part, choices in parts if not part for choice in choices]
        whole = [(GRADE_COLUMN, self.repeat.label)] if self.repeat else []
        return [("", _("left out")), *whole, *alone, *groups]

    def _add_column(self, number: int, column: str, choices: Choices, initial: str) -> None:
        self.fields[f"is-{number}"] = forms.ChoiceField(
            label=column, choices=choices, required=False, initial=initial
        )

    def _add_repeat(self, repeat: Repeat, number: int, column: str, known: Mapping[str, Place]) -> None:
        choices = repeat.choices()
        chosen = known.get(repeat.choice, Place()).constant or (choices[0][0] if choices else "")
        usual = repeat.usual_number(self.page.table, column)
        self.fields[f"choice-{number}"] = forms.ChoiceField(
            label=self._title(repeat.choice),
            choices=choices,
            required=False,
            initial=chosen,
        )
        self.fields[f"number-{number}"] = forms.DecimalField(
            label=self._title(repeat.number),
            required=False,
            min_value=1,
            max_value=9999,
            initial=known.get(repeat.number, Place()).constant or usual,
            localize=True,
        )

    def _title(self, target: str) -> str:
        return capfirst(str(self.kind.named(target).label))

    def titles(self) -> list[str]:
        """Return what is asked beside a column, as the table of the page is headed."""
        names = (self.repeat.choice, self.repeat.number) if self.repeat else ()
        return [self._title(name) for name in names]

    def rows(self) -> Iterator[tuple[str, list[str], BoundField, tuple[BoundField, ...]]]:
        """Give each column with its examples and its controls, for the page."""
        for number, column in enumerate(self.page.table.columns):
            extra = (self[f"choice-{number}"], self[f"number-{number}"]) if self.repeat else ()
            yield column, self.page.table.samples(column), self[f"is-{number}"], extra

    def fixed(self) -> list[BoundField]:
        return [self[f"fixed-{target.name}"] for target in self.kind.targets]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        twice = self._twice(answers)
        for number in twice:
            self.add_error(f"is-{number}", _("Another column is this already. Choose one of the two."))
        for target in self.kind.targets:
            wrong = set(columns_in(answers.get(f"fixed-{target.name}", ""))) - set(self.page.table.columns)
            if wrong:
                words = _("There is no column “%(column)s”.") % {"column": sorted(wrong)[0]}
                self.add_error(f"fixed-{target.name}", words)
        if not self.errors and (lacking := missing_needs(self.spec, self.kind)):
            words = _("Choose the column that holds: %(lacking)s.") % {"lacking": "; ".join(lacking)}
            self.add_error(None, words)
            if self.repeat and not self.spec.repeats:
                hint = _("Or say of each column of grades that it is “%(choice)s”.")
                self.add_error(None, hint % {"choice": self.repeat.label})
        return answers

    def _twice(self, answers: Mapping[str, Any]) -> list[int]:
        seen: set[str] = set()
        twice = []
        for number, _column in enumerate(self.page.table.columns):
            chosen = answers.get(f"is-{number}", "")
            if chosen in seen:
                twice.append(number)
            elif chosen and chosen != GRADE_COLUMN:
                seen.add(chosen)
        return twice

    @property
    def facts(self) -> dict[str, Any]:
        return {"spec": self.spec}

    @property
    def spec(self) -> Spec:
        """Return the mapping that was chosen. What was translated before stays translated."""
        answers, before = self.cleaned_data, self.page.spec
        fields: dict[str, Place] = {}
        repeats = []
        for number, column in enumerate(self.page.table.columns):
            chosen = answers.get(f"is-{number}", "")
            if self.repeat and chosen == GRADE_COLUMN:
                repeats.append(self._repeated(self.repeat, number, column))
            elif chosen:
                known = before.fields.get(chosen, Place())
                fields[chosen] = known if known.column == column else Place(column=column)
        for target in self.kind.targets:
            text = answers.get(f"fixed-{target.name}", "").strip()
            if text and target.name not in fields:
                fields[target.name] = self._fixed(target.name, text)
        return Spec(
            source=answers["source"],
            fields=fields,
            repeats=tuple(repeats),
            create_missing=bool(answers.get("create_missing")),
            sheet=self.page.table.sheet or None,
            header_line=self.page.table.header_line,
            encoding=before.encoding,
        )

    def _fixed(self, name: str, text: str) -> Place:
        known = self.page.spec.fields.get(name, Place())
        if text in {known.template, known.constant}:
            return known
        return Place(template=text) if "{" in text else Place(constant=text)

    def _repeated(self, repeat: Repeat, number: int, column: str) -> dict[str, Place]:
        known = next(
            (each for each in self.page.spec.repeats if each.get(repeat.value, Place()).column == column), {}
        )
        told = as_text(self.cleaned_data.get(f"number-{number}"))
        return {
            repeat.title: known.get(repeat.title, Place(constant=column)),
            repeat.value: known.get(repeat.value, Place(column=column)),
            repeat.choice: Place(constant=self.cleaned_data.get(f"choice-{number}", "")),
            **({repeat.number: Place(constant=told)} if told else {}),
        }


class ExportForm(forms.Form):
    """Which bundle another program wants."""

    version = forms.ChoiceField(
        label=_("Version"),
        choices=[(version, f"OneRoster {version}") for version in reversed(VERSIONS)],
        initial=VERSIONS[-1],
        widget=forms.RadioSelect,
    )


class ApplyForm(forms.Form):
    """What happens to what the source no longer names."""

    gone = forms.ChoiceField(
        label=_("What the file no longer names"),
        choices=[
            (ImportRun.Gone.LEAVE, _("stays as it is")),
            (ImportRun.Gone.END, _("ends today: pupils leave their class, memberships end")),
        ],
        initial=ImportRun.Gone.LEAVE,
        widget=forms.RadioSelect,
        required=False,
    )
    ends_many = forms.BooleanField(
        label=_("The file is complete: end them, even if they are many"), required=False
    )

    courses = forms.ChoiceField(
        label=_("The courses of those who come to another class"),
        choices=[
            (ImportRun.Courses.FOLLOW, _("follow the class the same day, as listed under “to notice”")),
            (ImportRun.Courses.STAY, _("stay as they are: a file of who follows what comes next")),
        ],
        initial=ImportRun.Courses.FOLLOW,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_courses(self) -> str:
        return self.cleaned_data["courses"] or ImportRun.Courses.STAY

    def clean_gone(self) -> str:
        return self.cleaned_data["gone"] or ImportRun.Gone.LEAVE
