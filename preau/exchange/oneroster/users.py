"""The people of a bundle: pupils, staff, guardians, by their roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from preau.kit.imports import values
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.people.imports import values as of_people
from preau.structure.imports.values import class_name as class_of

from .bundle import Bundle, Row

if TYPE_CHECKING:
    from .lessons import Stay

PUPIL = {"student"}
STAFF = {
    "teacher", "administrator", "principal", "siteadministrator", "systemadministrator",
    "districtadministrator", "counselor", "proctor", "aide", "staff",
}  # fmt: skip
GUARDIAN = {"guardian", "parent", "relative"}
DUTIES = {"principal": "head", "siteadministrator": "administrator", "systemadministrator": "administrator",
          "districtadministrator": "administrator", "administrator": "administrator"}  # fmt: skip


class Users:
    """users.csv, with the roles of roles.csv (1.2) or of its own column (1.1), and demographics.csv."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.rows = [row for row in bundle.rows("users") if self._has_name(row)]
        self.known = {row.key: row for row in self.rows}
        self.roles: defaultdict[str, set[str]] = defaultdict(set)
        self._demographics = bundle.by_key("demographics")
        for row in self.rows:
            if row["role"]:
                self.roles[row.key].add(row["role"].casefold())
        for row in bundle.rows("roles"):
            user = row["userSourcedId"]
            if user in self.known:
                self.roles[user].add(row["role"].casefold())
            else:
                self._unknown(row, user)
        self._roles_from_enrollments()
        for row in self.rows:
            if not self.roles[row.key]:
                bundle.remark(
                    row, "role", _("No role is told; the person is left out."), _("Add a line to roles.csv.")
                )

    def _roles_from_enrollments(self) -> None:
        """Take those who have no role of their own for what their classes make of them."""
        for row in self.bundle.rows("enrollments"):
            user, role = row["userSourcedId"], row["role"].casefold()
            if user in self.known and not self.roles[user] and role in {"student", "teacher"}:
                self.roles[user].add(role)

    def _has_name(self, row: Row) -> bool:
        if row["familyName"] or row["givenName"] or row["username"]:
            return True
        self.bundle.remark(row, "familyName", _("The person has no name and is left out."))
        return False

    def _unknown(self, row: Row, user: str) -> None:
        if user not in self.bundle.every_key("users"):
            self.bundle.remark(
                row, "userSourcedId", _("users.csv has nobody with the id “%(id)s”.") % {"id": user}
            )

    def has_role(self, user: str, roles: set[str]) -> bool:
        return bool(self.roles[user] & roles)

    def pupils(self, stays: Mapping[str, Sequence[Stay]], on: date) -> list[Record]:
        """
        Return a record for each pupil, with the class: the homeroom, else a class named after the year.

        :param stays: the homerooms each pupil is or was in; one that is over on the day is no class any more
        """
        records = []
        for row in self.rows:
            if not self.has_role(row.key, PUPIL):
                continue
            grades = row.several("grades")
            year = grades[0].lstrip("0") if grades else ""
            mine = stays.get(row.key, ())
            stay = next((stay for stay in reversed(mine) if not stay.is_over(on)), None)
            class_name = stay.class_name if stay else "" if mine else year
            starts_on = stay.starts_on if stay else None
            told = {"class_name": class_of(class_name), "year_level": year or None, "starts_on": starts_on}
            records.append(self._record(row, **told))
        return records

    def staff(self) -> list[Record]:
        """Return a record for each member of staff who is no pupil."""
        records = []
        for row in self.rows:
            roles = self.roles[row.key]
            if roles & STAFF and not roles & PUPIL:
                duty = next((DUTIES[role] for role in sorted(roles) if role in DUTIES), None)
                records.append(self._record(row, duty=duty))
        return records

    def guardians(self) -> Iterator[Record]:
        """Give a record for each adult who is neither pupil nor staff."""
        for row in self.rows:
            roles = self.roles[row.key]
            if roles & GUARDIAN and not roles & (PUPIL | STAFF):
                yield self._record(row)

    def _record(self, row: Row, **more: Any) -> Record:
        """Return a record of our own kinds; what cannot be read is told and left out."""
        preferred = row["preferredGivenName"]
        told: dict[str, Any] = {
            "external_id": row.key[:200],
            "family_name": row["familyName"] or row["givenName"] or row["username"],
            "given_name": row["givenName"] if row["familyName"] else None,
            "preferred_name": preferred[:100] if preferred != row["givenName"] else None,
            **self._reach(row),
            **self._birth(row.key),
            **more,
        }
        columns = {"external_id": "sourcedId", "family_name": "familyName", "given_name": "givenName",
                   "class_name": "grades", "duty": "role"}  # fmt: skip
        if not row["familyName"]:
            self.bundle.remark(
                row, "familyName", _("The family name is missing; another name stands for it.")
            )
        return Record(row.line, told, columns, row.file)

    def _reach(self, row: Row) -> dict[str, Any]:
        parsers = {"email": values.email, "phone": values.phone, "sms": values.phone}
        found = {}
        for column, parse in parsers.items():
            try:
                found["mobile" if column == "sms" else column] = parse(row[column])
            except Wrong as wrong:
                self.bundle.remark(row, column, wrong.wrong, wrong.remedy)
        return found

    def _birth(self, user: str) -> dict[str, Any]:
        row = self._demographics.get(user)
        if row is None:
            return {}
        try:
            gender = of_people.gender(row["sex"])
        except Wrong:
            gender = None
        return {"born_on": self.bundle.day(row, "birthDate", of_people.birthday), "gender": gender}
