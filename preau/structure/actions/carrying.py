"""Writing a plan: by the same doors as one by one, so that rules, holds and traces are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from preau.kit.progress import Progress
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    DutyScope,
    Enrolment,
    GroupMembership,
    TeachingAssignment,
    Tutorship,
)
from preau.structure.queries.rollover import RolloverPlan
from preau.trail.actions import note

from .classes import assign_tutor
from .many import NewTie, Placement, create_many, end_enrolments, follow_many, place_many, teach_many

STEPS = 6
EXTEND_DUTY = TracedAct(
    "structure.extend_duty", _("had a duty go on for the class %(subject)s of the next year"), told=True
)


@dataclass
class Carried:
    """What carrying a plan out made and ended, by the names of models."""

    made: dict[str, Any] = field(default_factory=dict)
    ended: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def keep(self, records: Iterable[Model], model: type[Model]) -> None:
        self.made[model.__name__] = [record.pk for record in records]


def carry(plan: RolloverPlan, *, by: Person | None, at: datetime, progress: Progress) -> Carried:
    """Write what a plan says, and tell after each of its steps. The caller holds the year."""
    return _Carrying(plan, by, at).carry(progress)


class _Carrying:
    def __init__(self, plan: RolloverPlan, by: Person | None, at: datetime) -> None:
        self.plan, self.year, self.on = plan, plan.year, plan.year.starts_on
        self.how: dict[str, Any] = {"by": by, "at": at}
        self.by = by
        self.carried = Carried()

    def carry(self, progress: Progress) -> Carried:
        progress(0, STEPS)
        steps = (self._classes, self._duties, self._groups, self._teachers, self._pupils, self._courses)
        for done, step in enumerate(steps, start=1):
            step()
            progress(done, STEPS)
        return self.carried

    def _classes(self) -> None:
        new = [
            ClassGroup(
                school_year=self.year,
                year_level=each.former.year_level,
                name=each.former.name,
                form=each.former.form,
            )
            for each in self.plan.new_classes
        ]
        create_many(records=new, **self.how)
        by_name = {each.name: each for each in new}
        tutorships = [
            assign_tutor(class_group=by_name[each.former.name], tutor=tutor, on=self.on, **self.how)
            for each in self.plan.new_classes
            for tutor in each.tutors
        ]
        self.carried.keep(new, ClassGroup)
        self.carried.made["classes"] = {
            str(each.former.pk): by_name[each.former.name].pk for each in self.plan.new_classes
        }
        self.carried.keep(tutorships, Tutorship)
        self.classes = {each.name: each for each in ClassGroup.objects.filter(school_year=self.year)}

    def _duties(self) -> None:
        new = []
        for scope in self.plan.scopes:
            class_group = self.classes[self.plan.former.classes[scope.class_group_id or 0].name]
            new.append(DutyScope.objects.create(duty=scope.duty, class_group=class_group))
            note(EXTEND_DUTY, by=self.by, about=scope.duty.person, subject=class_group.name)
        self.carried.keep(new, DutyScope)

    def _groups(self) -> None:
        new = [
            CourseGroup(
                school_year=self.year,
                course=each.former.course,
                code=each.former.code,
                name=each.former.name,
            )
            for each in self.plan.new_groups
        ]
        create_many(records=new, **self.how)
        self.carried.keep(new, CourseGroup)
        self.groups = {each.code: each for each in CourseGroup.objects.filter(school_year=self.year)}

    def _teachers(self) -> None:
        ties = [
            NewTie(tie.teacher, self.groups[each.former.code], self.on, kind=tie.kind)
            for each in self.plan.new_groups
            for tie in each.kept
        ]
        self.carried.keep(teach_many(ties=ties, **self.how), TeachingAssignment)

    def _pupils(self) -> None:
        coming = [each.pupil for each in self.plan.placements]
        leaving = [each.pupil.pk for each in self.plan.leavers]
        self._remember(Enrolment, [*(pupil.pk for pupil in coming), *leaving])
        self._remember(GroupMembership, leaving)
        placements = [Placement(each.pupil, self.classes[each.to], self.on) for each in self.plan.placements]
        place_many(placements=placements, **self.how)
        if leaving:
            end_enrolments(pupils=leaving, on=self.on, **self.how)
        made = Enrolment.objects.filter(class_group__school_year=self.year, pupil__in=coming)
        places: dict[int, list[int]] = {}
        for key, place in made.order_by("pk").values_list("pk", "class_group"):
            places.setdefault(place, []).append(key)
        self.carried.made["Enrolment"] = [key for keys in places.values() for key in keys]
        self.carried.made["places"] = places

    def _remember(self, model: type[Enrolment] | type[GroupMembership], pupils: Sequence[int]) -> None:
        """Keep on which day the ties ended, if any, that are about to end when the year begins."""
        lasts = Q(ends_on=None) | Q(ends_on__gt=self.on)
        ties = model._default_manager.filter(lasts, pupil__in=pupils, starts_on__lt=self.on)
        self.carried.ended[model.__name__] = {
            str(key): _written(day) for key, day in ties.order_by("pk").values_list("pk", "ends_on")
        }

    def _courses(self) -> None:
        persons = self.plan.former.pupils
        ties = [
            NewTie(persons[pupil], self.groups[group.code], self.on)
            for pupil, courses in self.plan.courses.items()
            for group in courses.joins
        ]
        self.carried.keep(follow_many(ties=ties, **self.how), GroupMembership)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
