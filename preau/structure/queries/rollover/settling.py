"""What a plan leaves to people: named one by one, with the page where it is settled. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from .courses import NextCourses
from .plan import RolloverPlan
from .steps import GroupPlan

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Named:
    """One of those to settle, and the page where it is done: an address that takes one key."""

    words: str
    address: str
    key: int


@dataclass(frozen=True)
class ToSettle:
    """One thing that the plan does not decide."""

    title: object
    lacking: object
    """How many, in a sentence."""
    named: Sequence[Named]
    is_about_pupils: bool = False

    @property
    def first(self) -> Sequence[Named]:
        return self.named[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.named) - SHOWN)


def to_settle(plan: RolloverPlan) -> list[ToSettle]:
    """Return what remains for people to decide, what is about pupils first."""
    found = []
    for title, words, name_all, is_about_pupils in _LOOKS:
        if named := name_all(plan):
            lacking = words % len(named)  # type: ignore[operator]
            found.append(ToSettle(title, lacking, named, is_about_pupils))
    return found


def _undecided(plan: RolloverPlan) -> list[Named]:
    return [
        Named(f"{each.pupil.full_name} ({each.former.name})", "structure:rollover_class", each.former.pk)
        for each in plan.pupils
        if each.is_undecided
    ]


def _placeless(plan: RolloverPlan) -> list[Named]:
    return [
        Named(f"{each.pupil.full_name} ({each.former.name})", "structure:rollover_class", each.former.pk)
        for each in plan.pupils
        if each.is_placeless
    ]


def _courses(plan: RolloverPlan) -> list[Named]:
    """Name those of whose courses something is left to choose, with the subjects or the periods."""
    found = []
    for each in plan.pupils:
        courses = plan.courses_of(each)
        if courses is None or courses.is_settled:
            continue
        what = ", ".join(courses.open_subjects) or _periods_of(courses)
        words = f"{each.pupil.full_name} ({plan.class_of(each)}: {what})"
        address, key = ("structure:rollover_class", each.former.pk)
        if each.placed:
            address, key = ("structure:next_courses_of_pupil", each.pupil.pk)
        found.append(Named(words, address, key))
    return found


def _periods_of(courses: NextCourses) -> str:
    words = ngettext("%(has)d period of %(usual)d", "%(has)d periods of %(usual)d", courses.periods)
    return words % {"has": courses.periods, "usual": courses.usual}


def _untutored(plan: RolloverPlan) -> list[Named]:
    return [
        Named(each.former.name, "structure:rollover_class", each.former.pk)
        for each in plan.new_classes
        if not each.tutors
    ]


def _untaught(plan: RolloverPlan) -> list[Named]:
    return [
        Named(_with_stand_in(each), "structure:group", each.former.pk)
        for each in plan.new_groups
        if each.is_untaught
    ]


def _with_stand_in(group: GroupPlan) -> str:
    """Return what a group is called, and who stood in for its teacher when the year ended."""
    who = ", ".join(tie.teacher.full_name for tie in group.stood_in)
    return f"{group.former} ({who})" if who else str(group.former)


def _stood_in(plan: RolloverPlan) -> list[Named]:
    return [
        Named(f"{each.former} ({tie.teacher.full_name})", "structure:group", each.former.pk)
        for each in plan.new_groups
        for tie in each.stood_in
        if not each.is_untaught
    ]


def _own(plan: RolloverPlan) -> list[Named]:
    groups = [
        Named(str(each.former), "structure:group", each.former.pk) for each in plan.new_groups if each.own
    ]
    classes = [
        Named(each.former.name, "structure:rollover_class", each.former.pk)
        for each in plan.new_classes
        if each.own
    ]
    return classes + groups


_LOOKS: tuple[tuple[object, object, Callable[[RolloverPlan], list[Named]], bool], ...] = (
    (
        gettext_lazy("Not decided yet"),
        ngettext_lazy(
            "%d pupil waits for a decision: the plan does nothing with them.",
            "%d pupils wait for a decision: the plan does nothing with them.",
        ),
        _undecided,
        True,
    ),
    (
        gettext_lazy("In which class?"),
        ngettext_lazy(
            "%d pupil goes on, and no class is chosen.", "%d pupils go on, and no class is chosen."
        ),
        _placeless,
        True,
    ),
    (
        gettext_lazy("Courses to choose"),
        ngettext_lazy(
            "%d pupil gets only the courses that are certain: an option or a group is to be chosen.",
            "%d pupils get only the courses that are certain: an option or a group is to be chosen.",
        ),
        _courses,
        True,
    ),
    (
        gettext_lazy("Classes without titulaire"),
        ngettext_lazy("%d class is made without titulaire.", "%d classes are made without titulaire."),
        _untutored,
        False,
    ),
    (
        gettext_lazy("Groups without teacher"),
        ngettext_lazy(
            "%d group is made without teacher: its own left, or was replaced to the end.",
            "%d groups are made without teacher: their own left, or were replaced to the end.",
        ),
        _untaught,
        False,
    ),
    (
        gettext_lazy("Replacements"),
        ngettext_lazy(
            "%d replacement is not carried on: the group goes back to its teacher.",
            "%d replacements are not carried on: the groups go back to their teachers.",
        ),
        _stood_in,
        False,
    ),
    (
        gettext_lazy("Your own classes and groups"),
        ngettext_lazy(
            "Nobody ties oneself: a colleague gives you %d class or group.",
            "Nobody ties oneself: a colleague gives you %d classes and groups.",
        ),
        _own,
        False,
    ),
)
