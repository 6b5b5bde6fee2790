"""Files that people bring in, for the tests of all apps: tables and bundles, made where they are used."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from preau.exchange.actions import run_import
from preau.exchange.models import ImportRun
from preau.kit import clock
from preau.kit.imports.report import Report

MAPPINGS = Path(__file__).resolve().parents[1] / "docs" / "guides" / "mappings"

SCHOOL = """\
matricule;nom;prenom;sexe;DateNaiss;classe;adresseEleve;cpostEleve;localiteEleve;nomPere;gsmPere;mailPere;adressePere;cpostPere;localitePere;nomMere;gsmMere;mailMere
101;Haddad;Noor;F;2011-02-14;4 TTA;Rue Haute 1;1000;Bruxelles;HADDAD Karim;0475/11.22.33;karim@example.org;Rue Basse 9;1080;Molenbeek;HADDAD Samira;0470 12 34 56;samira@example.org
102;Haddad;Elias;M;20130930;2CB;Rue Haute 1;1000;Bruxelles;HADDAD Karim;0475/11.22.33;karim@example.org;Rue Basse 9;1080;Molenbeek;HADDAD Samira;0470 12 34 56;samira@example.org
103;Claes;Emma;F;03/05/2011;4 TTA;Place du Parc 3;5000;Namur;;;;;;;CLAES Inès;;ines@example.org
104;Berg;Alma;F;19000000;5TTB;;;;;;;;;;;;
"""  # noqa: E501
COURSES = """\
coursGrp;libelle;nbheures;cadre;acronyme
4 TT:MATH4-01;Mathématique;4;FC;VAN
2C:FR6-01;Français;6;FC;LEM
"""
STAFF = """\
acronyme;nom;prenom;sexe;mail
VAN;Vandamme;Claire;F;claire@example.org
LEM;Lemaire;Sophie;F;sophie@example.org
"""
MEMBERSHIPS = """\
matricule;coursGrp
101;4 TT:MATH4-01
103;4 TT:MATH4-01
102;2C:FR6-01
"""


def written(tmp_path: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """Write a file and return its path."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def bring_path(kind: str, path: Path, *, by=None, **more) -> Report:
    """Import a file, at the moment of the tests."""
    return run_import(kind=kind, path=path, by=by, at=clock.now(), **more)


def runs():
    """Return the imports that were kept."""
    return ImportRun.objects.all()


def bring(tmp_path: Path, kind: str, text: str, *, by=None, name: str = "file.csv", **more) -> Report:
    """Import a text as a file, at the moment of the tests."""
    return bring_path(kind, written(tmp_path, text, name), by=by, **more)


def bring_school(tmp_path: Path) -> None:
    """Import the whole small school, one kind after another."""
    for kind, text in (
        ("people", SCHOOL),
        ("staff", STAFF),
        ("courses", COURSES),
        ("memberships", MEMBERSHIPS),
    ):
        report = bring(tmp_path, kind, text)
        assert report.applied, report.as_dict()


def bundle(tmp_path: Path, files: dict[str, str], name: str = "bundle.zip") -> Path:
    """Make a OneRoster bundle of csv texts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    path = tmp_path / name
    path.write_bytes(target.getvalue())
    return path


def columns_form(page, **answers):
    """Return the form of columns as the page proposes it, with some answers of one's own."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    return said | {"sheet": form.page.table.sheet, "header_line": form.page.table.header_line} | answers


def errors_of(report):
    """Return what is wrong in a file: line, column, words."""
    return [(line.line, line.column, line.wrong) for line in report.lines if line.status == "error"]


def warnings_of(report):
    """Return what a report says to notice."""
    return [line.wrong for line in report.lines if line.status == "warning"]


def notes_of(report):
    """Return what a report says of the whole file."""
    return [line.wrong for line in report.lines if line.status == "note"]
