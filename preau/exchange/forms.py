"""A file to choose, columns to match, an import to apply."""

from __future__ import annotations

from itertools import groupby
from typing import BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from preau.kit.imports.mappings import Place, Spec, missing_needs
from preau.kit.imports.mappings.templates import columns_in
from preau.kit.imports.targets import Target
from preau.kit.refusals import Refusal
from preau.kit.tables import as_text, open_archive, read_table

from .kinds import KINDS
from .models import ImportRun, KindOfImport
from .oneroster import VERSIONS
from .queries import ColumnsPage

ADULTS = ("guardian_", "mother_", "father_")
GRADE_COLUMN = "*"
"""The choice that says: this column holds the grades of one assessment."""


WHOLE_COLUMN = _("the grades of one assessment")


def _kinds():
    bundle = _("A zip of csv files, version 1.1 or 1.2: people, courses and grades at once.")
    leads = {key: (kind.label, kind.lead) for key, kind in KINDS.items()}
    leads[KindOfImport.ONEROSTER] = (_("OneRoster bundle"), bundle)
    return [
        (key, format_html('<span><b>{}</b> <span class="soft small">{}</span></span>', label, lead))
        for key, (label, lead) in leads.items()
    ]


class FileForm(forms.Form):
    """What is brought, and the file."""

    kind = forms.ChoiceField(label=_("What do you bring?"), choices=_kinds, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.zip"}),
        help_text=_("csv, xlsx, xls or ods; a zip for OneRoster. Nothing is written before you say so."),
    )

    def clean(self):
        """Refuse at once a file that nobody could read."""
        answers = super().clean()
        file = answers.get("file")
        if file and answers.get("kind"):
            try:
                _try(answers["kind"], file)
            except Refusal as refusal:
                self.add_error("file", str(refusal))
        return answers


def _try(kind: str, file: UploadedFile) -> None:
    opened = cast("BinaryIO", file)
    if kind == KindOfImport.ONEROSTER:
        open_archive(opened).close()
    else:
        read_table(opened, name=file.name or "")
    file.seek(0)


def _called(target: Target) -> str:
    """Return what a target is called in a list: of an adult, also which one."""
    is_of_an_adult = target.name.startswith(ADULTS)
    return f"{target.part} · {target.label}" if is_of_an_adult else str(target.label)


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

    def __init__(self, *args, page: ColumnsPage, **kwargs):
        self.page, self.kind = page, page.kind
        spec = page.spec
        kwargs["initial"] = {"source": spec.source, "create_missing": spec.create_missing}
        super().__init__(*args, **kwargs)
        if self.kind.target("group_code") is None or self.kind.key == "courses":
            del self.fields["create_missing"]
        held = {place.column: name for name, place in spec.fields.items() if place.column}
        repeats = {each["points"].column: each for each in spec.repeats if "points" in each}
        choices = self._choices()
        for number, column in enumerate(page.table.columns):
            repeat = repeats.get(column, {})
            self._add_column(number, column, choices, GRADE_COLUMN if repeat else held.get(column, ""))
            if self.has_periods:
                self._add_assessment(number, column, repeat)
        for target in self.kind.targets:
            place = spec.fields.get(target.name, Place())
            self.fields[f"fixed-{target.name}"] = forms.CharField(
                label=_called(target),
                required=False,
                max_length=200,
                initial=place.template or place.constant,
            )

    @property
    def has_periods(self) -> bool:
        """Say whether a column may hold the grades of one assessment."""
        return self.kind.target("points") is not None

    def _choices(self):
        targets = groupby(self.kind.targets, key=lambda target: target.part)
        parts = [(part, [(it.name, _called(it)) for it in together]) for part, together in targets]
        groups = [(part, choices) for part, choices in parts if part]
        alone = [choice for part, choices in parts if not part for choice in choices]
        whole = [(GRADE_COLUMN, WHOLE_COLUMN)] if self.has_periods else []
        return [("", _("left out")), *whole, *alone, *groups]

    def _add_column(self, number, column, choices, initial):
        self.fields[f"is-{number}"] = forms.ChoiceField(
            label=column, choices=choices, required=False, initial=initial
        )

    def _add_assessment(self, number, column, repeat):
        period = repeat.get("period", Place()).constant or (
            self.page.periods[0][0] if self.page.periods else ""
        )
        self.fields[f"period-{number}"] = forms.ChoiceField(
            label=_("Period"), choices=self.page.periods, required=False, initial=period
        )
        self.fields[f"max-{number}"] = forms.DecimalField(
            label=_("Out of"),
            required=False,
            min_value=1,
            max_value=9999,
            initial=repeat.get("max_points", Place()).constant or self.page.usual_maximum(column),
            localize=True,
        )

    def rows(self):
        """Give each column with its examples and its controls, for the page."""
        for number, column in enumerate(self.page.table.columns):
            extra = (self[f"period-{number}"], self[f"max-{number}"]) if self.has_periods else ()
            yield column, self.page.table.samples(column), self[f"is-{number}"], extra

    def fixed(self):
        return [self[f"fixed-{target.name}"] for target in self.kind.targets]

    def clean(self):
        answers = super().clean()
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
            if self.has_periods and not self.spec.repeats:
                hint = _("Or say of each column of grades that it is “%(choice)s”.")
                self.add_error(None, hint % {"choice": WHOLE_COLUMN})
        return answers

    def _twice(self, answers) -> list[int]:
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
    def spec(self) -> Spec:
        """Return the mapping that was chosen. What was translated before stays translated."""
        answers, before = self.cleaned_data, self.page.spec
        fields: dict[str, Place] = {}
        repeats = []
        for number, column in enumerate(self.page.table.columns):
            chosen = answers.get(f"is-{number}", "")
            if chosen == GRADE_COLUMN:
                repeats.append(self._assessment(number, column))
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

    def _assessment(self, number: int, column: str) -> dict[str, Place]:
        known = next(
            (each for each in self.page.spec.repeats if each.get("points", Place()).column == column), {}
        )
        out_of = as_text(self.cleaned_data.get(f"max-{number}"))
        return {
            "title": known.get("title", Place(constant=column)),
            "points": known.get("points", Place(column=column)),
            "period": Place(constant=self.cleaned_data.get(f"period-{number}", "")),
            **({"max_points": Place(constant=out_of)} if out_of else {}),
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

    def clean_gone(self):
        return self.cleaned_data["gone"] or ImportRun.Gone.LEAVE
