"""`preau import`: 0 applied, 1 refused with the report; JSON for programs, sentences for people."""

import json

import pytest
from django.core import management
from django.db import connection

from preau.console.main import main
from preau.people.models import Person

GOOD = "Matricule;Nom;Prénom;Date de naissance;Classe\n1001;Leclercq;Ambre;03/05/2011;4TTA\n"
WRONG = "Matricule;Nom;Prénom;Date de naissance;Classe\n1001;Leclercq;Ambre;31/02/2011;4TTA\n"


@pytest.fixture
def file_of(school, tmp_path):
    """Write a file that a secretary could bring."""
    _ = school.class_4tta

    def write(content, name="people.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write


def is_there():
    return Person.objects.filter(family_name="Leclercq").exists()


def test_a_good_file_is_applied_and_told_in_sentences(file_of, capsys):
    assert main(["import", "people", file_of(GOOD)]) == 0

    assert is_there()
    said = capsys.readouterr().out
    assert "1 new" in said
    assert "Everything is in." in said


def test_a_dry_run_changes_nothing(file_of, capsys):
    assert main(["import", "people", file_of(GOOD), "--dry-run"]) == 0

    assert not is_there()
    assert "this was a trial" in capsys.readouterr().out


def test_a_file_with_an_error_is_refused_whole_and_says_where(file_of, capsys):
    assert main(["import", "people", file_of(WRONG)]) == 1

    assert not is_there()
    said = capsys.readouterr().out
    assert "line 2" in said
    assert "Nothing was written." in said


@pytest.mark.parametrize(("content", "status"), [(GOOD, 0), (WRONG, 1), ("", 1), ("\x00\x01", 1)])
def test_programs_get_json_and_nothing_else(file_of, capsys, content, status):
    assert main(["import", "people", file_of(content), "--json"]) == status

    report = json.loads(capsys.readouterr().out)
    assert report["applied"] is (status == 0)
    assert report["kind"] == "people"


def test_a_mapping_that_says_nothing_sensible_is_refused(file_of, capsys):
    mapping = file_of("this is = not [ toml", "mapping.toml")

    assert main(["import", "people", file_of(GOOD), "--mapping", mapping]) == 1

    assert not is_there()


def test_what_is_no_bundle_is_refused(file_of):
    assert main(["import", "oneroster", file_of("no zip", "bundle.zip")]) == 1


@pytest.mark.parametrize(("tables", "made"), [([], ["migrate"]), (["people_person"], [])])
def test_a_database_without_tables_gets_them_first(file_of, monkeypatch, tables, made):
    called = []
    monkeypatch.setattr(connection.introspection, "table_names", lambda: tables)
    monkeypatch.setattr(management, "call_command", lambda name, **how: called.append(name))

    assert main(["import", "people", file_of(GOOD)]) == 0

    assert called == made
