"""Who follows and who teaches which group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, TeachingAssignment, YearLevel

from .gone import Going, tell_gone
from .identity import name_in
from .offer import Offer
from .pupils import find_pupil
from .teachers import find_teacher, first_day, last_day, teach


@dataclass
class Tie:
    """What one row comes to."""

    record: Record
    group: CourseGroup
    pupil: Person | None
    teacher: Person | None


def plan_memberships(intake: Intake, records: Sequence[Record]) -> None:
    """Compare who follows and teaches what with what the school knows."""
    ties = []
    offer = Offer(intake)
    for record in records:
        record.subject = (
            record["pupil_id"] or ", ".join(name_in(record)).strip(", ") or record["teacher_id"] or ""
        )
        if not record.wrongs:
            with intake.looking_at(record):
                ties.append(_tie(intake, offer, record))
    followers, teachers = Followers(intake), intake.origins("assignments")
    pairs = [(tie.pupil, tie.group) for tie in ties if tie.pupil]
    start = intake.start_for(sum(not followers.known(*pair) for pair in pairs), len(pairs))
    for tie in ties:
        with intake.looking_at(tie.record):
            _check_dates(tie.record)
            if tie.pupil:
                followers.follow(tie.record, tie.pupil, tie.group, start)
            if tie.teacher:
                assignment = _teach(intake, tie.record, tie.teacher, tie.group, start)
                teachers.see(f"{_name(intake, tie.teacher)}>{tie.group.code}", assignment)
    intake.tell(records)
    # Often one file says who follows and another who teaches: neither ends what the other brought.
    if any(tie.pupil for tie in ties):
        tell_gone(intake, followers.origins, _("memberships"), followers.still_there)
    if any(tie.teacher for tie in ties):
        tell_gone(intake, teachers, _("teaching assignments"), lambda keys: _still_taught(intake, keys))


def _tie(intake: Intake, offer: Offer, record: Record) -> Tie:
    names_pupil = record["pupil_id"] or record["family_name"] or record["full_name"]
    pupil = find_pupil(intake, record) if names_pupil else None
    teacher = find_teacher(intake, record) if record["teacher_id"] else None
    if pupil is None and teacher is None:
        raise Wrong(
            _("The line names neither a pupil nor a teacher."),
            _("Fill in one of the two, or remove the line."),
        )
    if not (record["group_code"] or record["course_code"]):
        raise Wrong(_("The group is missing."), _("Write its code, or remove the line."), "group_code")

    def level() -> YearLevel | None:
        enrolments = intake.people.enrolments[id(pupil)] if pupil else []
        return enrolments[-1].class_group.year_level if enrolments else None

    group = offer.group(record, level=level)
    named = pupil or teacher
    record.subject = f"{named.list_name if named else ''} · {group.code}"
    return Tie(record, group, pupil, teacher)


class Followers:
    """The memberships of pupils in groups that one file brings."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.origins = intake.origins("memberships")

    def known(self, pupil: Person, group: CourseGroup) -> list[GroupMembership]:
        """Return the memberships of a pupil in a group that go on today or later."""
        if not (pupil.pk and group.pk):
            return []
        ties = self.intake.structure.memberships.get((pupil.pk, group.pk), [])
        return [tie for tie in ties if tie.ends_on is None or tie.ends_on > self.intake.today]

    def follow(self, record: Record, pupil: Person, group: CourseGroup, start: date) -> GroupMembership:
        """Draft that a pupil follows a group, or correct the days of it when the row tells others."""
        ties, drafted = self.known(pupil, group), self.intake.structure.drafted_ties
        tie = ties[-1] if ties else drafted.get((id(pupil), id(group)))
        if tie is None:
            ends_on = last_day(self.intake, record["ends_on"])
            starts_on = record["starts_on"] or first_day(start, ends_on)
            tie = self._past(pupil, group, ends_on) or GroupMembership(
                group=group, pupil=pupil, starts_on=starts_on, ends_on=ends_on
            )
            if tie._state.adding:
                self.intake.draft.add(tie)
                record.is_new = True
            drafted[id(pupil), id(group)] = tie
        elif not tie._state.adding:
            record.changes.extend(self._corrected(record, tie))
        self.origins.see(f"{_name(self.intake, pupil)}>{group.code}", tie)
        return tie

    def _past(self, pupil: Person, group: CourseGroup, ends_on: date | None) -> GroupMembership | None:
        """Return a membership that the file tells as already over, when the school knows it."""
        if ends_on is None or not (pupil.pk and group.pk):
            return None
        ties = self.intake.structure.memberships.get((pupil.pk, group.pk), [])
        return next((tie for tie in ties if tie.ends_on == ends_on), None)

    def _corrected(self, record: Record, tie: GroupMembership) -> list[Change]:
        facts = {}
        if record["starts_on"]:
            facts["starts_on"] = record["starts_on"]
        if record["ends_on"]:
            facts["ends_on"] = last_day(self.intake, record["ends_on"])
        return self.intake.draft.change(tie, **facts)

    def still_there(self, keys: list[int]) -> list[Going]:
        """Return, of the memberships the source no longer names, those that go on."""
        wanted = set(keys)
        going = []
        groups = {group.pk: group.code for group in self.intake.structure.groups.values()}
        for (pupil, group), ties in self.intake.structure.memberships.items():
            for tie in ties:
                if tie.pk in wanted and (tie.ends_on is None or tie.ends_on > self.intake.today):
                    name = self.intake.people.by_pk[pupil].list_name
                    going.append(Going(f"{name} · {groups[group]}", [tie]))
        return going


def _still_taught(intake: Intake, keys: list[int]) -> list[Going]:
    """Return, of the assignments the source no longer names, those that go on."""
    wanted = set(keys)
    groups = {group.pk: group.code for group in intake.structure.groups.values()}
    return [
        Going(f"{intake.people.by_pk[teacher].list_name} · {groups[group]}", [tie])
        for (teacher, group), ties in intake.structure.assignments.items()
        for tie in ties
        if tie.pk in wanted and (tie.ends_on is None or tie.ends_on > intake.today)
    ]


def _teach(
    intake: Intake, record: Record, teacher: Person, group: CourseGroup, start: date
) -> TeachingAssignment:
    first = intake.year.starts_on if start == intake.year.starts_on else intake.today
    ends_on = last_day(intake, record["ends_on"])
    tie, is_new = teach(
        intake, teacher, group, starts_on=record["starts_on"] or first_day(first, ends_on), ends_on=ends_on
    )
    if is_new:
        label = TeachingAssignment.Kind.MAIN.label
        record.changes.append(Change(label[:1].upper() + label[1:], "", teacher.full_name))
        record.is_new = True
    return tie


def _check_dates(record: Record) -> None:
    starts_on, ends_on = record["starts_on"], record["ends_on"]
    if starts_on and ends_on and ends_on <= starts_on:
        raise Wrong(_("It ends before it starts."), _("Correct one of the two days."), "ends_on")


def _name(intake: Intake, person: Person) -> str:
    """Return what names a person in an origin, also before they have a key."""
    number = intake.people.number_of(person, intake.source) or intake.people.number_of(
        person, intake.staff_numbers
    )
    return f"#{number}" if number else f"{person.sort_name}|{person.born_on or ''}"
