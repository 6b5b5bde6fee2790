"""What is settled before a year is brought forward: a class, its titulaire, and each of its pupils."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.rollover import Decided
from ..models import OUT, UNKNOWN, PupilStep
from ..queries.rollover import ClassPlan, PupilPlan, Target
from .choices import OfferingForm, StaffField

UNDECIDED = ("", _("not decided"))
AS_THE_CLASS = ("", _("as the class"))
STAY, LATER, OTHER = "STAY", "LATER", "OTHER"
NEXT = "next"
AGAIN, NOT_AGAIN = "AGAIN", "NOT_AGAIN"


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil of the form: the plan, and the two fields."""

    plan: PupilPlan
    decision: forms.BoundField
    to: forms.BoundField


class ClassStepForm(OfferingForm):
    """
    What becomes of a class and of its pupils.

    A pupil whose line does not come back, or who was not changed on this screen, stays as another screen left
    them: only what was chosen here is written.
    """

    to = forms.ChoiceField(label=_("Those who pass go to"))
    carried = forms.ChoiceField(
        label=_("The class"),
        choices=[(AGAIN, _("is made again under the same name")), (NOT_AGAIN, _("is not made again"))],
    )
    tutors = forms.ChoiceField(label=_("Titulaire"))
    tutor = StaffField(label=_("Somebody else"), required=False, empty_label="–")
    rest = forms.ChoiceField(
        label=_("All who are not decided"),
        choices=[("", _("stay so")), *PupilStep.Decision.choices],
        required=False,
    )

    then = forms.ChoiceField(choices=[("", ""), (NEXT, NEXT)], required=False)
    """Sent by the button that leads on to the next class."""

    def __init__(self, plan: ClassPlan, targets: Sequence[Target], typed: Any = None) -> None:
        self.plan = plan
        super().__init__(typed, initial=_facts_of(plan))
        names = [(target.name, target.name) for target in targets]
        to: Any = self.fields["to"]
        to.choices = [(UNKNOWN, _("not known yet")), *names, (OUT, _("out of the school"))]
        tutors: Any = self.fields["tutors"]
        stay = _("stays: %(names)s") % {"names": ", ".join(plan.now) or _("nobody")}
        tutors.choices = [(STAY, stay), (LATER, _("not decided yet")), (OTHER, _("somebody else:"))]
        self.open_pupils = [each for each in plan.pupils if each.placed is None]
        for pupil in self.open_pupils:
            self._add(pupil, names)

    def _add(self, pupil: PupilPlan, names: list[tuple[str, str]]) -> None:
        key, name = pupil.pupil.pk, {"name": pupil.pupil.full_name}
        self.fields[f"decision-{key}"] = forms.ChoiceField(
            label=_("Decision for %(name)s") % name,
            choices=[UNDECIDED, *PupilStep.Decision.choices],
            initial=pupil.decision,
            required=False,
            show_hidden_initial=True,
        )
        self.fields[f"to-{key}"] = forms.ChoiceField(
            label=_("Class of %(name)s") % name,
            choices=[AS_THE_CLASS, *names, *_gone(pupil.chosen, names)],
            initial=pupil.chosen,
            required=False,
            show_hidden_initial=True,
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("tutors") == OTHER and not typed.get("tutor") and "tutor" not in self.errors:
            self.add_error("tutor", _("Say who, or choose “not decided yet”."))
        for pupil in self.open_pupils:
            key = pupil.pupil.pk
            decision = typed.get(f"decision-{key}") or typed.get("rest")
            if typed.get(f"to-{key}") and decision == PupilStep.Decision.LEAVES:
                self.add_error(f"to-{key}", _("Who leaves goes to no class."))
            elif typed.get(f"to-{key}") and not decision and f"decision-{key}" not in self.errors:
                self.add_error(f"decision-{key}", _("Say what is decided: a class alone enrols nobody."))
        return typed

    @property
    def leads_on(self) -> bool:
        return bool(self.cleaned_data["then"])

    @property
    def rows(self) -> Iterator[PupilRow]:
        for pupil in self.open_pupils:
            key = pupil.pupil.pk
            yield PupilRow(pupil, self[f"decision-{key}"], self[f"to-{key}"])

    @property
    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "to": "" if typed["to"] == self.plan.proposed else typed["to"],
            "is_carried": typed["carried"] == AGAIN,
            "tutors_stay": typed["tutors"] == STAY,
            "tutor": typed["tutor"] if typed["tutors"] == OTHER else None,
            "decided": list(self._decided()),
        }

    def _decided(self) -> Iterator[Decided]:
        changed, rest = set(self.changed_data), self.cleaned_data["rest"]
        for pupil in self.open_pupils:
            key = pupil.pupil.pk
            names = {f"decision-{key}", f"to-{key}"}
            decision = self._said(f"decision-{key}", changed, pupil.decision)
            to = self._said(f"to-{key}", changed, pupil.chosen)
            if not decision and rest:
                yield Decided(key, rest, to)
            elif names & changed:
                yield Decided(key, decision, to if decision else "")

    def _said(self, name: str, changed: set[str], known: str) -> str:
        """Return what was chosen on this screen; else what is known now."""
        return self.cleaned_data[name] if name in changed and self.add_prefix(name) in self.data else known


def _gone(chosen: str, names: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    """Return the class that was chosen for a pupil and is made no longer: it is said, not forgotten."""
    if not chosen or chosen in dict(names):
        return []
    return [(chosen, _("%(name)s (not made)") % {"name": chosen})]


def _facts_of(plan: ClassPlan) -> dict[str, Any]:
    step = plan.step
    tutors = STAY if step is None or step.tutors_stay else OTHER if step.tutor_id else LATER
    return {
        "to": plan.to or UNKNOWN,
        "carried": AGAIN if plan.is_carried else NOT_AGAIN,
        "tutors": tutors,
        "tutor": step.tutor_id if step else None,
    }


class ReadPlanForm(forms.Form):
    """The plan that was read: what is brought forward is what was on the page."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
