"""Opening a bundle: which files it holds, what its manifest says, its rows with the line they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext as _

from preau.kit.imports.values import Wrong, day, words
from preau.kit.progress import Progress, nobody_watches
from preau.kit.refusals import Refusal
from preau.kit.tables import EmptyFile, FileRefused, as_text, open_archive, plain, read_table

SOURCE = "oneroster"
OUR_CODE = "preau"
FILES = {
    plain(name): name
    for name in (
        "manifest", "orgs", "academicSessions", "users", "roles", "userProfiles", "classes", "courses",
        "enrollments", "demographics", "lineItems", "results", "categories",
    )
}  # fmt: skip
WANTED = ("users",)
KEY_COLUMNS = {"userProfiles": "profileid", "roles": "usersourcedid"}
DELETED = "tobedeleted"
LEAVING = {"tobedeleted", "inactive"}
MISSPELT = {
    "datalastmodified": "datelastmodified",
    "prefferedgivenname": "preferredgivenname",
    "sourceid": "sourcedid",
}
HIDDEN = ("__MACOSX", ".")


class NotABundle(Refusal):
    pass


@dataclass
class Row:
    """One row of a file of the bundle: its values by column, whatever the column's case."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(plain(name), "")

    @property
    def key(self) -> str:
        return self["sourcedId"]

    @property
    def is_leaving(self) -> bool:
        return self["status"].casefold() in LEAVING

    def several(self, name: str) -> list[str]:
        """Return the values of a column that holds a list."""
        return [part.strip() for part in self[name].split(",") if part.strip()]


@dataclass(frozen=True)
class Remark:
    """What is odd in the bundle: told as a warning, it stops nothing."""

    file: str
    line: int | None
    column: str
    wrong: str
    remedy: str = ""


@dataclass
class Bundle:
    """A whole bundle, read."""

    files: dict[str, list[Row]] = field(default_factory=dict)
    manifest: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    leaving: int = 0
    school_year: str = ""
    """The school year it is taken to describe, as its sessions call it."""

    def remark(self, row: Row, column: str, wrong: str, remedy: str = "") -> None:
        self.remarks.append(Remark(row.file, row.line, column, wrong, remedy))

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a file that are to be kept."""
        return [row for row in self.files.get(name, []) if not row.is_leaving]

    def by_key(self, name: str) -> dict[str, Row]:
        return {row.key: row for row in self.rows(name)}

    def every_key(self, name: str) -> set[str]:
        """Return the keys of a file, leaving rows included."""
        return {row.key for row in self.files.get(name, [])}

    @property
    def is_delta(self) -> bool:
        """Say whether it holds only what changed: then what it does not name is not gone."""
        return any(value.casefold() == "delta" for value in self.manifest.values())

    @property
    def is_ours(self) -> bool:
        """Say whether another school with this very program wrote it."""
        return self.manifest.get("source.systemcode", "") == OUR_CODE

    def day(self, row: Row, column: str, read: Callable[[str], object] = day) -> object:
        """Return a day; one that cannot be read is told and left out."""
        try:
            return read(row[column])
        except Wrong as wrong:
            self.remark(row, column, wrong.wrong, wrong.remedy)
            return None


def read_bundle(file: BinaryIO, *, progress: Progress = nobody_watches) -> Bundle:
    """
    Read a bundle: a zip of csv files. Nothing is unpacked to disk.

    :raises Refusal: when it is no bundle, or holds what may not stand in an archive
    """
    bundle = Bundle()
    with open_archive(file) as archive:
        members = dict(_members(archive, bundle))
        if not members:
            raise NotABundle(
                _("This archive holds no OneRoster file (users.csv, classes.csv…). Choose the bundle itself.")
            )
        for number, (name, member) in enumerate(members.items(), start=1):
            bundle.files[name] = list(_rows(archive, name, member, bundle))
            progress(number, len(members))
    for name in WANTED:
        if name not in members:
            raise NotABundle(
                _("%(name)s.csv is missing: without it the bundle says nothing of anybody."), name=name
            )
    _check_manifest(bundle)
    _check_columns(bundle)
    bundle.leaving = sum(row.is_leaving for rows in bundle.files.values() for row in rows)
    return bundle


def _members(archive: ZipFile, bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Give the files of the bundle that we know, wherever they lie in the archive."""
    seen: set[str] = set()
    for member in archive.infolist():
        path = PurePosixPath(member.filename)
        if (
            member.is_dir()
            or path.suffix.lower() != ".csv"
            or any(part.startswith(HIDDEN) for part in path.parts)
        ):
            continue
        name = FILES.get(plain(path.stem))
        if name is None:
            bundle.remarks.append(Remark(path.name, None, "", _("This file is not read.")))
        elif name in seen:
            raise NotABundle(_("The archive holds %(name)s twice. Keep one."), name=path.name)
        else:
            seen.add(name)
            yield name, member.filename


def _rows(archive: ZipFile, name: str, member: str, bundle: Bundle) -> Iterator[Row]:
    path = PurePosixPath(member).name
    try:
        table = read_table(archive.read(member), name=path, header_line=1)
    except EmptyFile:
        return
    except FileRefused as refusal:
        raise NotABundle("%(name)s: %(said)s", name=path, said=str(refusal)) from refusal
    columns = [MISSPELT.get(plain(column), plain(column)) for column in table.columns]
    seen: dict[str, int] = {}
    for line, cells in zip(table.lines, table.rows, strict=True):
        values = {column: words(as_text(cell)) or "" for column, cell in zip(columns, cells, strict=True)}
        row = Row(path, line, values)
        if name != "manifest" and not row.key:
            bundle.remark(row, "sourcedId", _("The line has no sourcedId and is left out."))
            continue
        first = seen.setdefault(row.key, line) if row.key else line
        if first != line:
            wrong = _("The sourcedId “%(id)s” already stands on line %(line)d.") % {
                "id": row.key,
                "line": first,
            }
            bundle.remark(row, "sourcedId", wrong, _("The line is left out."))
            continue
        yield row


def _check_manifest(bundle: Bundle) -> None:
    """Read the manifest; compare what it promises with what is there."""
    rows = bundle.files.pop("manifest", [])
    bundle.manifest = {row["propertyName"].casefold(): row["value"] for row in rows}
    if not rows:
        bundle.remarks.append(
            Remark("manifest.csv", None, "", _("There is no manifest; the files are read as they are."))
        )
        return
    version = bundle.manifest.get("oneroster.version", "")
    if version not in {"1.1", "1.2"}:
        wrong = _("The manifest says version “%(version)s”; it is read like 1.2.") % {"version": version}
        bundle.remarks.append(Remark("manifest.csv", None, "oneroster.version", wrong))
    for row in rows:
        name = FILES.get(plain(row["propertyName"].removeprefix("file.")), "")
        promised = row["value"].casefold() in {"bulk", "delta"}
        if row["propertyName"].startswith("file.") and name and promised and name not in bundle.files:
            bundle.remark(
                row, "value", _("The manifest promises %(name)s.csv, which is not there.") % {"name": name}
            )


def _check_columns(bundle: Bundle) -> None:
    """Leave aside a file that holds other columns than its own: profiles that are a copy of the roles."""
    for name, column in KEY_COLUMNS.items():
        rows = bundle.files.get(name)
        if rows and column not in rows[0].values:
            wrong = _("The file holds other columns than those of its name; it is left aside.")
            bundle.remarks.append(Remark(rows[0].file, None, "", wrong))
            del bundle.files[name]
