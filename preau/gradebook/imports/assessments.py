"""The assessments that a file of grades needs: found, planned, or changed as the file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.gradebook.actions import change_assessment
from preau.gradebook.actions.imports import plan_many
from preau.gradebook.cells import parts_of
from preau.gradebook.facts import FactRefused, check_facts
from preau.gradebook.models import Assessment
from preau.kit.imports.changes import as_read, changed
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.imports.work import Import
from preau.kit.tables import as_text, plain
from preau.people.models import Person
from preau.structure.imports.register import Structure
from preau.structure.models import CourseGroup, ReportPeriod

from .categories import Categories

FACTS = ("held_on", "weight", "max_points", "purpose", "counts_from")
"""What a line may tell of its assessment; a table tells the first three, a bundle of ours all."""
USUAL_MAXIMUM = 20
LONGEST_COMMON = 50
"""How much of the title of an assessment a bundle keeps when it tells two of the same title apart."""


@dataclass
class GradeLine:
    """
    One line of the file, as it is understood step by step: whose grade, in which gradebook, at what.

    A line without a pupil is about an assessment alone: only a bundle has such lines.
    """

    record: Record
    pupil: Person | None
    group: CourseGroup
    period: ReportPeriod
    assessment: Assessment | None = None


class Assessments:
    """The assessments of the gradebooks that one file is about."""

    def __init__(self, work: Import, structure: Structure) -> None:
        self.work, self.structure = work, structure
        self.categories = Categories()

    def read(self, groups: set[int]) -> None:
        """Read what stands in the gradebooks."""
        known = list(Assessment.objects.filter(group__in=groups).select_related("category", "period"))
        self._assessments = {(each.group_id, each.period_id, plain(each.title)): each for each in known}
        self._by_key = {each.pk: each for each in known}
        self._by_item = {each.external_id: each for each in known if each.external_id}
        self._told: dict[tuple[int, int, str], tuple[Record, dict[str, Any]]] = {}

    def of(self, line: GradeLine) -> Assessment:
        """
        Return the assessment of a line, found or planned.

        :raises Wrong: when the line has no title, or says something else of it than others do
        """
        if not line.record["title"]:
            words = _("The title of the assessment is missing.")
            raise Wrong(words, _("Write it, or remove the line."), "title")
        facts = self._facts(line.record, line.period)
        key = (line.group.pk, line.period.pk, plain(line.record["title"]))
        known = self.named_by(line) or self._assessments.get(key)
        if known is None:
            known = self._assessments[key] = self._planned(line, facts)
            line.record.is_new = line.pupil is None
        self._agree(line.record, key, known, facts)
        return known

    def named_by(self, line: GradeLine) -> Assessment | None:
        """Return the assessment that a bundle of ours, or an earlier one of the source, names by its id."""
        record = line.record
        known = self._by_item.get(record["line_item"] or "") or self._by_key.get(record["assessment_id"] or 0)
        if known is None or (known.group_id, known.period_id) != (line.group.pk, line.period.pk):
            return None
        is_named_so = plain(record["title"]).startswith(plain(known.title[:LONGEST_COMMON]))
        return known if is_named_so else None

    def _facts(self, record: Record, period: ReportPeriod) -> dict[str, Any]:
        """Return what the row tells about the assessment itself."""
        facts: dict[str, Any] = {name: record[name] for name in FACTS}
        if facts["max_points"] is None:
            facts["max_points"] = parts_of(as_text(record["points"]).strip())[1]
        facts["category"] = self.categories.called(record["category"]) if record["category"] else None
        told = {name: fact for name, fact in facts.items() if fact is not None}
        try:
            check_facts(period, told)
        except FactRefused as refusal:
            raise Wrong(str(refusal), _("Correct the cell, or leave it empty."), refusal.field) from refusal
        return told

    def _agree(
        self, record: Record, key: tuple[int, int, str], known: Assessment, facts: Mapping[str, Any]
    ) -> None:
        """Refuse a line that says something else of its assessment than another line, or another maximum."""
        if known.pk is not None and facts.get("max_points", known.max_points) != known.max_points:
            words = _("“%(title)s” is out of %(known)s in the gradebook, not out of %(told)s.")
            told = {"title": known.title, "known": cote(known.max_points), "told": cote(facts["max_points"])}
            remedy = _("Write the points out of its maximum, or change the assessment in the gradebook.")
            raise Wrong(words % told, remedy, "max_points")
        first, said = self._told.setdefault(key, (record, {}))
        for name, fact in facts.items():
            if said.setdefault(name, fact) != fact:
                words = _("Line %(line)s says %(first)s of “%(title)s”, this one %(told)s.")
                told = {"title": known.title, "first": as_read(said[name]), "told": as_read(fact)}
                raise Wrong(
                    words % (told | {"line": str(first.line)}),
                    _("Write the same on all lines of one assessment."),
                    name,
                )

    def _planned(self, line: GradeLine, facts: Mapping[str, Any]) -> Assessment:
        last = line.period.ends_on - timedelta(days=1)
        neutralised = bool(line.record["is_neutralised"])
        usual = {
            "held_on": min(max(self.structure.today, line.period.starts_on), last),
            "max_points": Decimal(USUAL_MAXIMUM),
            "category": facts.get("category") or self.categories.usual(line.period),
        }
        return Assessment(
            group=line.group,
            period=line.period,
            title=line.record["title"],
            external_id=(line.record["line_item"] or "")[:200],
            scale=line.record["scale"],
            **({"neutralised_at": self.work.at, "neutralised_by": self.work.by} if neutralised else {}),
            **(usual | dict(facts)),
        )

    def write(self) -> None:
        """Make the assessments that are new; change what the file says of others, as in the gradebook."""
        new = [each for each in self._assessments.values() if each.pk is None]
        for key, (record, facts) in self._told.items():
            known = self._assessments.get(key)
            if known is None:
                continue
            for name, fact in facts.items() if known.pk is None else ():
                setattr(known, name, fact)
            different, changes = changed(known, facts) if known.pk is not None else ({}, [])
            if different:
                with self.work.looking_at(record):
                    change_assessment(assessment=known, by=self.work.by, at=self.work.at, **different)
                    record.changes.extend(changes)
        plan_many(assessments=new, by=self.work.by, at=self.work.at)
