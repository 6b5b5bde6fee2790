"""Putting a plan together, from the earlier year and what was decided. A fixed number of queries."""

from __future__ import annotations

from preau.people.models import Person
from preau.structure.models import (
    OUT,
    ClassGroup,
    ClassStep,
    CourseGroup,
    GroupMembership,
    PupilStep,
    SchoolYear,
    TeachingAssignment,
)

from ..years import day_in, earlier_year
from .coming import coming_year
from .former import Former, former_year
from .plan import Following, RolloverPlan
from .steps import ClassPlan, GroupPlan, PupilPlan, Target, proposed_target


def rollover_plan(year: SchoolYear, *, by: Person | None) -> RolloverPlan | None:
    """
    Return what bringing the year before this one forward would do; nothing where there is none before.

    :param by: whoever would do it: nobody ties oneself
    """
    earlier = earlier_year(year)
    return _Planning(year, former_year(earlier, before=year), by).plan() if earlier else None


def _following(year: SchoolYear) -> dict[int, Following]:
    """Read what each pupil follows of a year: who left a course there is known by what went on. One query."""
    ties = GroupMembership.objects.filter(group__school_year=year).order_by()
    found: dict[int, Following] = {}
    for pupil, ends_on, subject, periods in ties.values_list(
        "pupil", "ends_on", "group__course__subject", "group__course__weekly_periods"
    ):
        known = found.setdefault(pupil, Following())
        if ends_on is None or ends_on > day_in(year):
            found[pupil] = Following(known.subjects | {subject}, known.periods + periods)
    return found


class _Planning:
    """Puts a plan together."""

    def __init__(self, year: SchoolYear, former: Former, by: Person | None) -> None:
        self.year, self.former = year, former
        self.by = by.pk if by else None
        self.coming = coming_year(year)
        steps = ClassStep.objects.filter(class_group__school_year=former.year).select_related("tutor")
        self.class_steps = {step.class_group_id: step for step in steps}
        self.pupil_steps = {step.pupil_id: step for step in PupilStep.objects.filter(school_year=year)}
        self.targets = self._targets()
        self.levels = {each.year_level for each in (*former.classes.values(), *self.coming.classes.values())}
        self.names = {target.name for target in self.targets}

    def plan(self) -> RolloverPlan:
        classes = self._classes()
        made_again = {each.former.pk for each in classes if each.is_carried or each.record}
        is_new = {each.former.pk for each in classes if each.is_new}
        return RolloverPlan(
            year=self.year,
            former=self.former,
            targets=self.targets,
            classes=classes,
            groups=self._groups(made_again),
            scopes=[
                scope
                for scope in self.former.scopes
                if scope.class_group_id in is_new and scope.duty.person_id != self.by
            ],
            following=_following(self.year),
        )

    def _is_carried(self, class_id: int) -> bool:
        step = self.class_steps.get(class_id)
        return step is None or step.is_carried

    def _targets(self) -> list[Target]:
        records = {each.pk: self.coming.class_of(each) for each in self.former.classes.values()}
        again = {record.pk: self.former.classes[key] for key, record in records.items() if record}
        made = [
            Target(each.name, each.year_level, each.form, again.get(each.pk), each)
            for each in self.coming.classes.values()
        ]
        to_make = [
            Target(each.name, each.year_level, each.form, each, None)
            for each in self.former.classes.values()
            if records[each.pk] is None and self._is_carried(each.pk)
        ]
        return sorted([*made, *to_make], key=lambda each: (each.year_level.rank, each.name))

    # Classes and their pupils.
    def _classes(self) -> list[ClassPlan]:
        found = []
        for former in self.former.classes.values():
            step = self.class_steps.get(former.pk)
            proposed = proposed_target(former, self.targets, self.levels)
            chosen = step.to if step else ""
            to = self._known(chosen) if chosen else proposed
            tutors = self._tutors(former, step)
            found.append(
                ClassPlan(
                    former=former,
                    is_carried=self._is_carried(former.pk),
                    record=self.coming.class_of(former),
                    tutors=[tutor for tutor in tutors if tutor.pk != self.by],
                    own=[tutor for tutor in tutors if tutor.pk == self.by],
                    now=[tutor.full_name for tutor in self.former.tutored.get(former.pk, [])],
                    to=to,
                    proposed=proposed,
                    step=step,
                    pupils=[
                        self._pupil(pupil, former, to)
                        for pupil in self.former.pupils.values()
                        if self.former.place_of[pupil.pk] == former.pk
                    ],
                )
            )
        return found

    def _tutors(self, former: ClassGroup, step: ClassStep | None) -> list[Person]:
        if step is None or step.tutors_stay:
            return self.former.tutored.get(former.pk, [])
        return [step.tutor] if step.tutor else []

    def _pupil(self, pupil: Person, former: ClassGroup, class_to: str) -> PupilPlan:
        step = self.pupil_steps.get(pupil.pk)
        decision, chosen = (step.decision, step.to) if step else ("", "")
        kinds = PupilStep.Decision
        record = self.coming.class_of(former)
        again = record.name if record else former.name
        usual = {kinds.PASSES.value: class_to, kinds.REPEATS.value: again, kinds.LEAVES.value: OUT}
        to = chosen if chosen and decision != kinds.LEAVES else usual.get(decision, "")
        place, has_left = self.coming.placed.get(pupil.pk, (None, False))
        return PupilPlan(pupil, former, decision, chosen, self._known(to), place, has_left)

    def _known(self, to: str) -> str:
        """Return where somebody goes, nothing where that is a class no longer to be made: nobody guesses."""
        return to if to == OUT or to in self.names else ""

    # Groups and who teaches them.
    def _groups(self, made_again: set[int]) -> list[GroupPlan]:
        followed = {
            group
            for pupil, groups in self.former.follows.items()
            if self.former.place_of.get(pupil) in made_again
            for group in groups
        }
        return [
            self._group(group, self.coming.groups.get(group.code))
            for group in self.former.groups.values()
            if group.pk in followed and not self.coming.is_of_another_subject(group)
        ]

    def _group(self, group: CourseGroup, record: CourseGroup | None) -> GroupPlan:
        ties = self.former.taught.get(group.pk, [])
        own_ties = [tie for tie in ties if tie.kind != TeachingAssignment.Kind.REPLACEMENT]
        return GroupPlan(
            former=group,
            record=record,
            kept=[tie for tie in own_ties if tie.teacher_id != self.by],
            own=[tie for tie in own_ties if tie.teacher_id == self.by],
            stood_in=[tie for tie in ties if tie.kind == TeachingAssignment.Kind.REPLACEMENT],
        )
