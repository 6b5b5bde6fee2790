"""
Odd files as other programs write them: small ones of our own, made here, and real ones where there are any.

Real files of others stand beside some checkouts, in ../shared/data, and may not be copied. A test that wants
one asks `odd`: it runs on ours everywhere, and on theirs where they are. So nothing is proved only on some
machines.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from preau.kit.tables import write_ods

THEIRS = Path(__file__).resolve().parents[2] / "shared" / "data"

NAUGHTY = [
    "",
    "undefined",
    "NULL",
    "true",
    "-1",
    "0x0",
    "1/0",
    "1e1000",
    "NaN",
    "../../../etc/passwd%00",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'; DROP TABLE people_person; --",
    "{{ 7|add:7 }}{% debug %}",
    "${jndi:ldap://example.invalid/a}",
    "$(touch /tmp/x) `touch /tmp/y`",
    "=cmd|' /C calc'!A0",
    "%s %n %(name)s {0} {name}",
    '#import "/etc/passwd": * $ x $',
    "Z̷̢͎a̵͙l̶͚g̸͓o̷̗",
    "Ω≈ç√∫ ÅÍÎÏ ﷽",
    "\u202etxet eht sesrever\u202c",
    "\u200b\ufeff\u2060",
    "\x01\x08\x0b\x1f",
    "مدرسة שיעור 部落格 เกียรติ",
    "👩\u200d👩\u200d👧 🏳️\u200d🌈 1\u20e3",
    "\t tabs\tand spaces \u00a0",
]
FORMULAS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    '=HYPERLINK("//example.org")',
]


def _workbook(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options) as book:
        fill(book, book.add_worksheet())
    return target.getvalue()


def _days_since_1904() -> bytes:
    def fill(book: Any, page: Any) -> None:
        page.write_row(0, 0, ["Jour", "Présents"])
        page.write_datetime(1, 0, date(2026, 11, 24), book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write(1, 1, 21)

    return _workbook(fill, date_1904=True)


def _merged_cells() -> bytes:
    def fill(book: Any, page: Any) -> None:
        page.merge_range("A1:B1", "Deux cases")
        page.write("C1", "Groupe")
        page.merge_range("A2:A4", "Haddad")
        page.merge_range("B2:D4", "Noor")

    return _workbook(fill)


def _protected() -> bytes:
    """A password turns a workbook into a container that names what it hides."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def _spaces() -> bytes:
    target, odd_text = io.BytesIO(), io.BytesIO()
    write_ods(target, ["Une ligne"], [["de deux"], ["trois espaces"]])
    with zipfile.ZipFile(target) as before, zipfile.ZipFile(odd_text, "w") as after:
        for name in before.namelist():
            page = before.read(name).replace(b"Une ligne", b"Une <text:s/>ligne")
            after.writestr(name, page.replace(b"trois espaces", b'trois<text:s text:c="3"/>espaces'))
    return odd_text.getvalue()


def _several_blocks() -> bytes:
    """Points and shares beside one another, under a title, with the points possible between."""

    def fill(_book: Any, page: Any) -> None:
        page.write("B1", "MATHÉMATIQUES")
        tests = ["CALCUL MENTAL", "FRACTIONS", "EXAMEN"]
        page.write_row("B3", [*tests, "", *tests])
        page.write_row("A4", ["POINTS POSSIBLE", 10, 20, 100, "", 10, 20, 100])
        page.write("A5", "NAME")
        page.write_row("A6", ["SETH LUBWA", 9, 16, 99, "", 0.9, 0.8, 0.99, False])
        page.write_row("A7", ["BETTY BAYO", 7, 13, 78, "", 0.7, 0.65, 0.78, True])
        page.write_row("A8", ["AN OTHER", 1, 2, 3, "", 0.1, 0.1, 0.03, True])

    return _workbook(fill)


def _class_list() -> bytes:
    def fill(_book: Any, page: Any) -> None:
        page.write_row(0, 0, ["## Klas", "Naam, Voornaam", "M/V/X"])
        page.write_row(1, 0, ["3a", "Kooiman, Nic", "M"])
        page.write_row(2, 0, ["3a", "Boudewijn, Aïmane", "M"])
        page.write_row(3, 0, ["3b", "Peeters, An", "X"])

    return _workbook(fill)


MANIFEST = [
    "manifest.version,1.0",
    "oneroster.version,1.2",
    "file.courses,absent",
    "source.systemCode,absent",
]
BULK = ["academicSessions", "classes", "enrollments", "orgs", "roles", "users"]
BUNDLE = {
    "manifest.csv": "\n".join(["propertyName,value", *MANIFEST, *(f"file.{name},bulk" for name in BULK)]),
    "orgs.csv": """\
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
org1,active,2026-08-01T08:00:00.000Z,Sciences,department,SC,nowhere""",
    "academicSessions.csv": """\
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
t1,active,2026-08-01T08:00:00.000Z,Automne,term,2026-09-01,2026-12-24,lost,2027
t2,tobedeleted,2026-08-01,Période,gradingPeriod,2026-10-02,2026-12-24,t1,2027""",
    "classes.csv": """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,schoolSourcedId,termSourcedIds
k1,active,2026-08-01T08:00:00.000Z,Physique,"09,10",lost,Phys 1,Scheduled,lost,t1""",
    "enrollments.csv": """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,active,2026-08-01T08:00:00.000Z,k1,lost,u1,teacher,false,2026-09-01,2026-12-24
e2,active,2026-08-01T08:00:00.000Z,k1,lost,u2,student,false,2026-09-01,2026-12-24
e3,active,2026-08-01T08:00:00.000Z,k1,lost,nobody,student,false,2026-09-01,2026-12-24""",
    "roles.csv": """\
sourcedId,status,dataLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,,
r1,active,2026-01-01,u1,primary,teacher,2026-03-06,2027-09-23,lost
r2,active,2026-01-01,u2,primary,student,2026-03-06,2027-09-23,lost
r3,active,2026-01-01,u3,primary,student,2026-03-06,2027-09-23,lost
r4,active,2026-01-01,nobody,primary,student,2026-03-06,2027-09-23,lost""",
    "users.csv": """\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,identifier,email,sms,phone,agentSourcedIds,grades,primaryOrgSourcedId
u1,active,1/05/2026,TRUE,claire,,Claire,Vandamme,claire,claire@example.org,,0470123456,,,lost
u2,,,TRUE,noor,{LDAP:12},Noor,Haddad,noor,noor@example.org,,603121567,lost,12,lost
u3,active,15/06/2026,TRUE,emma,"{LDAP:34},{LTI:1}",Emma,Claes,emma,emma@example.org,,,u1,11,lost""",
}


def _bundle() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in BUNDLE.items():
            packed.writestr(name, text)
    return target.getvalue()


def _pupils() -> bytes:
    """Three grades of each pupil of two schools, written by a program that puts some figures in quotes."""
    lines = [
        f'"{("GP", "MS")[n % 2]}";"{"FM"[n % 2]}";{15 + n % 6};"{("mother", "father", "other")[n % 3]}";'
        f'"{n % 21}";"{(n + 7) % 21}";{(n + 3) % 21}'
        for n in range(90)
    ]
    return "\n".join(["school;sex;age;guardian;G1;G2;G3", *lines, ""]).encode()


OURS: dict[str, Callable[[], bytes]] = {
    "hostile/blns.json": lambda: json.dumps(NAUGHTY).encode(),
    "hostile/csv-injection-payloads.txt": lambda: "\n".join(FORMULAS).encode(),
    "hostile/date_1904.xlsx": _days_since_1904,
    "hostile/merge_cells.xlsx": _merged_cells,
    "hostile/pass_protected.xlsx": _protected,
    "hostile/special_cells.ods": _spaces,
    "hostile/too_small.xls": lambda: b"The workbook you sent us was not found!",
    "oneroster/v1p2_full.zip": _bundle,
    "sheets/gradebook-excel-fcc.xlsx": _several_blocks,
    "sheets/rasbeb-classlist-nl.xlsx": _class_list,
    "uci/student-por.csv": _pupils,
}
HOSTILE = sorted(name for name in OURS if name.startswith("hostile/"))


@dataclass(frozen=True)
class OddFile:
    """A file as somebody brings it; `is_ours` says whether it was made here."""

    name: str
    content: bytes
    is_ours: bool

    def put_into(self, folder: Path) -> Path:
        path = folder / self.name
        path.write_bytes(self.content)
        return path


def odd(*names: str) -> list[Any]:
    """Return our file of each name, and the real one where it is, as parameters of a test."""
    files = []
    for name in names:
        short = Path(name).name
        files.append(pytest.param(OddFile(short, OURS[name](), is_ours=True), id=f"{short}, ours"))
        if (THEIRS / name).exists():
            file = OddFile(short, (THEIRS / name).read_bytes(), is_ours=False)
            files.append(pytest.param(file, id=short, marks=pytest.mark.real_files))
    return files
