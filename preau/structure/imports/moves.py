"""The courses of pupils whom a file puts in another class: what would end and begin, for people to choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.people.imports.register import Entry
from preau.structure.actions import settle_courses
from preau.structure.models import ClassGroup, Enrolment
from preau.structure.queries import CoursePlan, course_plan

from .register import Structure

MOST_NAMED = 12


@dataclass
class Moves:
    """
    Those whom one file puts in a class that has its courses: planned before anybody moves, settled after.

    A trial settles them too, and is rolled back: whatever is chosen then can be applied.
    """

    structure: Structure
    are_told: bool = True
    """Whether the file itself does not say who follows what: a bundle does."""
    _coming: list[tuple[Record, Entry, ClassGroup, date]] = field(default_factory=list)
    _plans: list[tuple[Record, CoursePlan]] = field(default_factory=list)

    def note(self, record: Record, pupil: Entry, group: ClassGroup, on: date) -> None:
        """Note that a pupil is to be in a class from a day on."""
        if self.are_told and group.pk is not None:
            self._coming.append((record, pupil, group, on))

    def plan(self) -> None:
        """Work out what is proposed for each, while the others are still where they were."""
        classes = self._classes_with_courses()
        for record, pupil, group, on in self._coming:
            if group.pk in classes:
                found = course_plan(pupil.person, group, on=on)
                if not found.is_settled:
                    self._plans.append((record, found))

    def settle(self) -> None:
        """Have the courses follow the class, where whoever imports chose so; else tell what would change."""
        work = self.structure.work
        work.report.moving = len(self._plans)
        for record, plan in self._plans:
            if work.moves_courses or work.report.dry_run:
                settle_courses(
                    pupil=plan.pupil, leaves=plan.leaves, joins=plan.joins, on=plan.on, by=work.by, at=work.at
                )
            if work.moves_courses:
                record.changes.extend(_changes(plan))
            else:
                _tell(record, plan, is_trial=work.report.dry_run)

    def _classes_with_courses(self) -> set[int]:
        """Return the classes of these in which somebody follows a course of the year."""
        keys = {group.pk for _record, _pupil, group, _on in self._coming}
        ties = Enrolment.objects.filter(
            class_group__in=keys, pupil__memberships__group__school_year=self.structure.year
        )
        return set(ties.order_by().values_list("class_group", flat=True)) if keys else set()


def _changes(plan: CoursePlan) -> list[Change]:
    ends, begins = _named(plan)
    changes = [Change(_("Courses that end"), ends, "")] if ends else []
    return [*changes, Change(_("Courses that begin"), "", begins)] if begins else changes


def _tell(record: Record, plan: CoursePlan, *, is_trial: bool) -> None:
    names = {"name": plan.pupil.full_name, "class": plan.class_group.name}
    ends, begins = _named(plan)
    said = [_("%(name)s comes to %(class)s.") % names]
    if ends:
        said.append(_("Courses that would end: %(courses)s.") % {"courses": ends})
    if begins:
        said.append(_("Courses that would begin: %(courses)s.") % {"courses": begins})
    remedy = (
        _("Choose, before you apply the file, whether the courses follow the class.")
        if is_trial
        else _("They stayed as they were. Settle them on the pupil's page.")
    )
    record.warn(" ".join(said), remedy, "class_name")


def _named(plan: CoursePlan) -> tuple[str, str]:
    """Return the groups that end and those that begin, by name."""
    return _joined([tie.group.code for tie in plan.leaves]), _joined([group.code for group in plan.joins])


def _joined(names: list[str]) -> str:
    more = ", …" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
