"""What the catalogue at /design/ shows: each component, in each state, with what a reader hears."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.design.tabs import Tab
from preau.kit.lists.columns import Column, Content, Empty, Listing, Phone, Tick
from preau.kit.lists.filters import FilterForm, WordsField
from preau.kit.lists.pages import ListReading
from preau.kit.modules import Words
from preau.kit.texts import TextForm


@dataclass(frozen=True)
class Sample:
    """A page of the catalogue: its template, and what to know about reading it aloud or by keyboard."""

    name: str
    title: Words
    accessibility: Words

    @property
    def template(self) -> str:
        return f"design/catalogue/{self.name}.html"


class SampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    title = forms.CharField(label=_("Title"), help_text=_("As pupils will read it."))
    points = forms.DecimalField(label=_("Points"), min_value=0, max_digits=5, decimal_places=2)
    on = forms.DateField(label=_("Date"))
    period = forms.ChoiceField(label=_("Period"), choices=[("P1", "P1"), ("P2", "P2")])
    secret = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    file = forms.FileField(label=_("File"), required=False)
    counts = forms.BooleanField(label=_("Counts for the average"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("T", _("Test")), ("H", _("Homework"))], widget=forms.RadioSelect
    )
    told = forms.MultipleChoiceField(
        label=_("Tell"),
        choices=[("P", _("the pupils")), ("F", _("their families"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _person(rank: int, name: str, initials: str) -> Any:
    return SimpleNamespace(full_name=name, initials=initials, tint=rank * 30)


PERSONS = [
    _person(rank, name, initials)
    for rank, (name, initials) in enumerate(
        [
            ("Claire Vandamme", "CV"),
            ("Noor Haddad", "NH"),
            ("Samira Haddad", "SH"),
            ("Ousmane Diallo", "OD"),
            ("Paul Pirard", "PP"),
            ("Anouk Maes", "AM"),
            ("Emma Claes", "EC"),
            ("Inès Claes", "IC"),
            ("Marc Thys", "MT"),
            ("Sophie Lemaire", "SL"),
            ("Elias Haddad", "EH"),
            ("Alma Berg", "AB"),
        ]
    )
]


def _lives_in(person: Any) -> str:
    return "4TTA" if person.tint % 60 else "5TTB"


LISTING: Listing = Listing(
    "design.sample",
    _("Pupils"),
    (
        Column("name", _("Name"), lambda person: person.full_name, sort=("sort_name",)),
        Column("class", _("Class"), _lives_in, sort=("class_name",), phone=Phone.BESIDE),
        Column("average", _("Average"), lambda person: Decimal(person.tint) / 16, Content.NUMBER),
        Column("born", _("Born on"), lambda person: date(2012, 3, 1 + person.tint // 30), Content.DAY),
        Column("note", _("Remark"), lambda person: "" if person.tint else str(_("new")), look="soft small"),
    ),
    ngettext_lazy("%(n)s pupil", "%(n)s pupils", "n"),
    Empty(_("No pupil is found"), "users", _("Change what you look for.")),
    sorted_by="name",
    page_size=4,
    ticks=Tick("person", lambda person: person.initials, lambda person: person.full_name),
    is_faded=lambda person: person.tint > 60,
)
WHOLE: Listing = replace(LISTING, page_size=None, ticks=None, is_numbered=True)


class SampleFilterForm(FilterForm):
    """What one looks for in the sample of a list; its class is not understood."""

    q = WordsField()
    class_group = forms.ChoiceField(label=_("Class"), required=False, choices=[("", "–"), ("4TTA", "4TTA")])


def _listed(where: str) -> dict[str, Any]:
    """Return a list in its states: sorted and paged, badly asked for, empty, on paper."""
    asked = {"sort": "-class", "page": "2"}
    wrong = {"sort": "nonsense", "page": "abc", "class_group": "9ZZ"}
    form = SampleFilterForm(wrong, auto_id=f"{where}_list_%s")
    return {
        "listed": ListReading(LISTING, PERSONS, reader=None, asked=asked).page(),
        "misread": ListReading(WHOLE, PERSONS[:2], reader=None, asked=wrong, form=form).page(),
        "nothing": ListReading(LISTING, [], reader=None).page(),
        "printed": ListReading(LISTING, PERSONS[:2], reader=None).on_paper(),
    }


def things(where: str) -> dict[str, Any]:
    """Return what the samples show. `where` keeps the names of one column apart from the other's."""
    wrong = {"title": "", "points": "abc", "period": "P3", "kind": "T"}
    return {
        "persons": PERSONS,
        "person": PERSONS[0],
        "form": SampleForm(
            auto_id=f"{where}_%s", initial={"title": "Équations", "kind": "T", "period": "P1"}
        ),
        "wrong_form": SampleForm(wrong, auto_id=f"{where}_wrong_%s"),
        "written": TextForm(stands=SimpleNamespace(text="Un bon début.", version=1)),
        "tabs": [
            Tab("P1", "#", badge=_("closes on Friday")),
            Tab("Décembre", "#", is_current=True),
            Tab("P2", "#"),
        ],
        "pages": Paginator(range(120), 25).page(2),
        "up": [0.55, 0.6, 0.52, 0.63, 0.73],
        "down": [0.6, 0.62, None, 0.45, 0.4],
        "where": where,
        **_listed(where),
    }


def samples() -> list[Sample]:
    """Return the pages of the catalogue, in order."""
    return [
        Sample("buttons", _("Buttons"), _("44 px on a phone. An icon never stands without words.")),
        Sample(
            "badges", _("Badges and figures"), _("A failure is red, bold and marked: never colour alone.")
        ),
        Sample("persons", _("Persons"), _("The initials are decoration: readers hear the name only.")),
        Sample("cards", _("Cards"), _("With an id and a title, a card is a region readers can jump to.")),
        Sample(
            "notes",
            _("Notes and empty states"),
            _("A note is read in its place; what is urgent is an alert."),
        ),
        Sample(
            "lists",
            _("Lists"),
            _("The heading one sorts by says so. On a phone each row is a card, and still a row to readers."),
        ),
        Sample("tables", _("Tables"), _("Row and column headings are th; figures are aligned and tabular.")),
        Sample("ways", _("Tabs, pages, filters"), _("Links, with aria-current on the one that is shown.")),
        Sample("figures", _("Progress and sparklines"), _("Each says its figures in words to readers.")),
        Sample("overlays", _("Dialogs and menus"), _("The browser's own: Escape closes, focus comes back.")),
        Sample("forms", _("Fields"), _("Label, help and errors are tied to the control by their ids.")),
        Sample("wrong", _("Fields with errors"), _("aria-invalid, and the reason is read after the label.")),
    ]
