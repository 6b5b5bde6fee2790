"""Who follows and who teaches which group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from preau.kit.imports.changes import changed
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong, bare
from preau.kit.imports.work import Gone, Import, Origins
from preau.people.imports.identity import name_in
from preau.people.imports.register import Entry, Register
from preau.people.models import Person
from preau.people.own_ties import refuse_own_tie
from preau.people.ties import short
from preau.structure.actions.many import (
    NewTie,
    correct_memberships,
    end_assignments,
    end_memberships,
    follow_many,
)
from preau.structure.models import CourseGroup, GroupMembership, SchoolYear

from .known_pupils import find_pupil
from .offer import Offer
from .register import Structure
from .staff import STAFF_NUMBERS
from .teachers import Teachers, first_day, last_day


@dataclass
class MembershipLine:
    """Whom and what one row is about."""

    record: Record
    group: CourseGroup
    pupil: Person | None
    teacher: Person | None


def bring_memberships(
    work: Import, records: Sequence[Record], *, year: SchoolYear | None = None, numbers: str = STAFF_NUMBERS
) -> None:
    """Bring in who follows and who teaches what."""
    Memberships(work, Structure(work, year), numbers).bring(records)


class Memberships:
    """One reading of a file of memberships and assignments."""

    def __init__(self, work: Import, structure: Structure, numbers: str) -> None:
        self.work, self.structure, self.numbers = work, structure, numbers
        self.register = Register()
        self.offer = Offer(structure)
        self.followers = Followers(structure, self.register, numbers)
        self.teachers = Teachers(structure, self.register, numbers)
        self.assigned = work.origins("assignments")

    def bring(self, records: Sequence[Record]) -> None:
        """Compare the ties with those of the school year, write what differs, tell it."""
        lines = self._lines(records)
        self.structure.write()
        follows = [(line.pupil, line.group) for line in lines if line.pupil]
        start = self.structure.start_for(
            sum(not self.followers.known(*pair) for pair in follows), len(follows)
        )
        taught: list[str] = []
        for line in lines:
            with self.work.looking_at(line.record):
                self._check_days(line.record)
                if self._was_over(line.record):
                    continue
                if line.pupil:
                    self.followers.follow(line.record, line.pupil, line.group, start)
                if line.teacher:
                    self._teach(line.record, line.teacher, line.group, start)
                    taught.append(self._assignment_key(line.teacher, line.group))
        self.followers.write()
        for key, assignment in zip(taught, self.teachers.write(), strict=True):
            self.assigned.see(key, assignment.pk)
        self.work.tell(records)
        self.structure.tell_what_is_made()
        # Often one file says who follows and another who teaches: neither ends what the other brought.
        if follows:
            self.followers.tell_gone()
        if taught:
            self.work.tell_gone(
                self.assigned, _("teaching assignments"), among=self._still_taught, end=self._end_teaching
            )

    def _lines(self, records: Sequence[Record]) -> list[MembershipLine]:
        lines = []
        for record in records:
            named = ", ".join(name_in(record)).strip(", ")
            record.subject = record["pupil_id"] or named or record["teacher_id"] or ""
            if not record.wrongs:
                with self.work.looking_at(record):
                    lines.append(self._line(record))
        return lines

    def _line(self, record: Record) -> MembershipLine:
        names_pupil = record["pupil_id"] or record["family_name"] or record["full_name"]
        pupil = find_pupil(self.structure, self.register, record) if names_pupil else None
        teacher = self.teachers.find(record) if record["teacher_id"] else None
        named = pupil or teacher
        if named is None:
            raise Wrong(
                _("The line names neither a pupil nor a teacher."),
                _("Fill in one of the two, or remove the line."),
            )
        if not (record["group_code"] or record["course_code"]):
            raise Wrong(_("The group is missing."), _("Write its code, or remove the line."), "group_code")
        group = self.offer.group(record, level=lambda: self.structure.level_of(pupil.pk if pupil else None))
        record.subject = f"{named.list_name} · {group.code}"
        return MembershipLine(record, group, pupil, teacher)

    def _check_days(self, record: Record) -> None:
        """Refuse days the wrong way round or after the school year; what began before it begins with it."""
        year = self.structure.year
        starts_on, ends_on = record["starts_on"], record["ends_on"]
        if starts_on and ends_on and ends_on <= starts_on:
            raise ends_before_it_starts()
        if starts_on and starts_on >= year.ends_on:
            raise after_the_year(starts_on, year)
        if starts_on and starts_on < year.starts_on:
            record.values["starts_on"] = year.starts_on

    def _was_over(self, record: Record) -> bool:
        """Say whether what a row tells had ended before the school year began; such a row is left out."""
        year, ends_on = self.structure.year, record["ends_on"]
        if record["starts_on"] is None or ends_on is None or ends_on > year.starts_on:
            return False
        words = _("This ended before the school year %(year)s: the line is left out.")
        record.warn(words % {"year": year.name}, target="ends_on")
        return True

    def _teach(self, record: Record, teacher: Person, group: CourseGroup, start: date) -> None:
        year = self.structure.year
        usual = year.starts_on if start == year.starts_on else self.structure.today
        ends_on = last_day(self.structure, record["ends_on"])
        starts_on = record["starts_on"] or first_day(usual, ends_on)
        if self.teachers.give(record, teacher, group, starts_on=starts_on, ends_on=ends_on):
            record.is_new = True

    def _assignment_key(self, teacher: Person, group: CourseGroup) -> str:
        return f"{name_of(self.register.by_pk[teacher.pk], self.work.source, self.numbers)}>{group.code}"

    def _still_taught(self, keys: list[int]) -> list[Gone]:
        """Return, of the assignments the source no longer names, those that go on."""
        wanted, groups = set(keys), self.structure.groups_by_key
        return [
            Gone(f"{self.register.by_pk[teacher].person.list_name} · {groups[group].code}", tie.pk)
            for (teacher, group), ties in self.structure.assignments.items()
            for tie in ties
            if tie.pk in wanted and self.structure.goes_on(tie)
        ]

    def _end_teaching(self, gone: list[Gone]) -> None:
        keys = [one.record_id for one in gone]
        end_assignments(keys=keys, on=self.structure.today, by=self.work.by, at=self.work.at)


@dataclass
class Followers:
    """The memberships of pupils in groups that one file brings: compared first, then written."""

    structure: Structure
    register: Register
    numbers: str
    _new: dict[tuple[int, int, date], NewTie] = field(default_factory=dict)
    _days: list[tuple[GroupMembership, date, date | None]] = field(default_factory=list)
    _keys: dict[str, tuple[int, int, date]] = field(default_factory=dict)

    def known(self, pupil: Person, group: CourseGroup) -> list[GroupMembership]:
        """Return the memberships of a pupil in a group that go on today or later."""
        ties = self.structure.memberships.get((pupil.pk, group.pk), [])
        return [tie for tie in ties if self.structure.goes_on(tie)]

    def follow(self, record: Record, pupil: Person, group: CourseGroup, start: date) -> None:
        """Plan that a pupil follows a group, or correct the days of it when the row tells others."""
        pair, ends_on = (pupil.pk, group.pk), last_day(self.structure, record["ends_on"])
        known = self._going_on(record, pupil, group, ends_on)
        tie = known[-1] if known else self._past(pair, ends_on)
        entry = self.register.by_pk[pupil.pk]
        key = f"{name_of(entry, self.structure.work.source, self.numbers)}>{group.code}"
        if tie is not None:
            self.origins.see(key, tie.pk)
            if known:
                self._correct(record, tie)
            return
        refuse_own_tie(self.structure.work.by, pupil)
        starts_on = record["starts_on"] or first_day(start, ends_on)
        if any(tie.is_during(starts_on, ends_on) for tie in self._planned(pair)):
            return
        self._keys.setdefault(key, (*pair, starts_on))
        self._new[(*pair, starts_on)] = NewTie(pupil, group, starts_on, ends_on)
        record.is_new = True

    def _going_on(
        self, record: Record, pupil: Person, group: CourseGroup, ends_on: date | None
    ) -> list[GroupMembership]:
        """Return the memberships that a row may be about: not one that begins after the row's has ended."""
        known = self.known(pupil, group)
        if record["starts_on"] is None or ends_on is None:
            return known
        return [tie for tie in known if tie.starts_on < ends_on]

    def _planned(self, pair: tuple[int, int]) -> list[GroupMembership]:
        """Return the memberships of a pupil in a group that earlier lines brought."""
        return [
            GroupMembership(starts_on=tie.starts_on, ends_on=tie.ends_on)
            for key, tie in self._new.items()
            if key[:2] == pair
        ]

    def write(self) -> None:
        """Write the memberships."""
        work = self.structure.work
        correct_memberships(days=self._days, by=work.by, at=work.at)
        written = follow_many(ties=list(self._new.values()), by=work.by, at=work.at)
        by_days = dict(zip(self._new, written, strict=True))
        for key, days in self._keys.items():
            self.origins.see(key, by_days[days].pk)
        self._new, self._days, self._keys = {}, [], {}

    @property
    def origins(self) -> Origins:
        return self.structure.work.origins("memberships")

    def tell_gone(self) -> None:
        """Tell which memberships the source no longer names."""
        self.structure.work.tell_gone(
            self.origins, _("memberships"), among=self._still_followed, end=self._end
        )

    def _past(self, pair: tuple[int, int], ends_on: date | None) -> GroupMembership | None:
        """Return a membership that the file tells as already over, when the school knows it."""
        if ends_on is None:
            return None
        return next((tie for tie in self.structure.memberships.get(pair, ()) if tie.ends_on == ends_on), None)

    def _correct(self, record: Record, tie: GroupMembership) -> None:
        facts: dict[str, date | None] = {}
        if record["starts_on"]:
            facts["starts_on"] = record["starts_on"]
        if record["ends_on"]:
            facts["ends_on"] = last_day(self.structure, record["ends_on"])
        different, changes = changed(tie, facts)
        if different:
            first, last = different.get("starts_on", tie.starts_on), different.get("ends_on", tie.ends_on)
            if last is not None and last <= first:
                raise ends_before_it_starts()
            self._refuse_days_of_another(tie, first, last)
            self._days.append((tie, first, last))
            record.changes.extend(changes)

    def _refuse_days_of_another(self, tie: GroupMembership, first: date, last: date | None) -> None:
        """Refuse that a pupil follows one group twice on a day: a membership that ended keeps its days."""
        for other in self.structure.memberships.get((tie.pupil_id, tie.group_id), ()):
            if other.pk != tie.pk and other.is_during(first, last):
                raise Wrong(
                    _("The pupil already follows this group on some of these days, from %(day)s.")
                    % {"day": short(other.starts_on)},
                    _("Correct the first day, or leave it empty."),
                    "starts_on",
                )

    def _still_followed(self, keys: list[int]) -> list[Gone]:
        """Return, of the memberships the source no longer names, those that go on."""
        wanted, groups = set(keys), self.structure.groups_by_key
        return [
            Gone(f"{self.register.by_pk[pupil].person.list_name} · {groups[group].code}", tie.pk)
            for (pupil, group), ties in self.structure.memberships.items()
            for tie in ties
            if tie.pk in wanted and self.structure.goes_on(tie)
        ]

    def _end(self, gone: list[Gone]) -> None:
        work = self.structure.work
        end_memberships(keys=[one.record_id for one in gone], on=self.structure.today, by=work.by, at=work.at)


def ends_before_it_starts() -> Wrong:
    """Return what to say of a line whose days are the wrong way round."""
    return Wrong(_("It ends before it starts."), _("Correct one of the two days."), "ends_on")


def after_the_year(day: date, year: SchoolYear) -> Wrong:
    """Return what to say of a first day on which the groups of the school year exist no more."""
    return Wrong(
        _("%(day)s is not in the school year %(year)s.") % {"day": short(day), "year": year.name},
        _("Correct the day, or leave the cell empty."),
        "starts_on",
    )


def name_of(entry: Entry, *systems: str) -> str:
    """Return what names a person in an origin, also from one file to the next."""
    number = next((entry.numbers[system] for system in systems if system in entry.numbers), "")
    return f"#{bare(number)}" if number else f"{entry.person.sort_name}|{entry.person.born_on or ''}"
