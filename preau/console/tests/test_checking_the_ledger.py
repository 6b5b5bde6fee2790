"""`preau ledger`: the seals of closed gradebooks are checked, in the school or in a file taken away."""

import json

import pytest

from preau.console.main import main
from preau.gradebook import actions, queries
from preau.gradebook.models import Grade
from preau.gradebook.tests.builders import TUESDAY, assessment, grade


@pytest.fixture
def closed(school):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(test, school.noor, "12", by=school.vandamme)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)
    return test


def test_what_is_intact_is_said_and_what_is_broken_is_named(school, closed, capsys):
    assert main(["ledger", "--period", school.december.code]) == 0
    assert "1 seals, 0 broken" in capsys.readouterr().out

    Grade.objects.filter(assessment=closed).update(points=20)

    assert main(["ledger"]) == 1
    assert "Radicaux, Noor Haddad" in capsys.readouterr().out


def test_a_script_reads_json(school, closed, capsys):
    assert main(["ledger", "--json", "--period", school.december.code]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told == {"intact": True, "periods": [{"period": school.december.name, "seals": 1, "broken": []}]}


def test_a_file_taken_away_is_checked_without_the_school(school, closed, tmp_path, capsys):
    file = tmp_path / "ledger.json"
    content = queries.ledger_file(school.december)
    file.write_text(json.dumps(content))
    assert main(["ledger", "--file", str(file)]) == 0

    content["entries"][0]["points"] = "20.00"
    file.write_text(json.dumps(content))

    assert main(["ledger", "--file", str(file)]) == 1
    assert "Radicaux, Noor Haddad" in capsys.readouterr().out


@pytest.mark.parametrize("text", [None, "not json", "{}", "[1, 2]"])
def test_what_is_no_ledger_is_a_wrong_call(school, tmp_path, capsys, text):
    file = tmp_path / "other.json"
    if text is not None:
        file.write_text(text)

    assert main(["ledger", "--file", str(file)]) == 2
    assert capsys.readouterr().err.startswith("preau: ")


def test_a_period_nobody_knows_is_a_wrong_call(school, capsys):
    assert school.december

    assert main(["ledger", "--period", "Pâques"]) == 2
    assert school.december.name in capsys.readouterr().err
