"""`preau ledger`: the seals of closed gradebooks are checked, in the school or in a file taken away."""

import json

import pytest

from preau.console.main import main
from preau.gradebook import actions, ledger, queries
from preau.gradebook.actions.seals import seal_gradebooks
from preau.gradebook.models import Grade, Seal, SealRegister
from preau.gradebook.tests.builders import TUESDAY, assessment, grade
from preau.kit.signatures import SigningKey
from preau.report_cards.actions import build_report_cards
from preau.report_cards.models import ReportCard
from preau.report_cards.tests.builders import behind_our_back


@pytest.fixture
def closed(school):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(test, school.noor, "12", by=school.vandamme)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)
    return test


@pytest.fixture
def taken(school, closed, tmp_path):
    """The ledger, taken away as a file."""
    file = tmp_path / "ledger.json"
    file.write_text(json.dumps(queries.ledger_file(school.december)))
    return file


def key(school):
    return queries.public_keys()[0]


def test_what_is_intact_is_said_and_what_is_broken_is_named(school, closed, capsys):
    assert main(["ledger", "--period", school.december.code]) == 0
    assert "1 seals, 0 broken" in capsys.readouterr().out

    Grade.objects.filter(assessment=closed).update(points=20)

    assert main(["ledger"]) == 1
    assert "Radicaux, Noor Haddad" in capsys.readouterr().out


def test_the_last_seal_gone_is_said(school, closed, capsys):
    Seal.objects.all().delete()

    assert main(["ledger"]) == 1
    assert "The last seals of this period are gone" in capsys.readouterr().out


def test_a_script_reads_json(school, closed, capsys):
    assert main(["ledger", "--json", "--period", school.december.code]) == 0

    told = json.loads(capsys.readouterr().out)
    (left,) = told.pop("not_compared")
    assert "--against" in left
    december = {"period": school.december.name, "seals": 1, "broken": [], "ends": []}
    december |= {"cards": 0, "changed_cards": []}
    assert told == {"intact": True, "replaced": [], "periods": [december]}


def test_report_cards_are_looked_at_too(school, closed, capsys):
    build_report_cards(period=school.december, by=school.pirard, at=TUESDAY, draw=False)
    assert main(["ledger"]) == 0
    assert "2 report cards, 0 changed" in capsys.readouterr().out

    card = ReportCard.objects.get(pupil=school.noor)
    behind_our_back(card, facts={**card.facts, "year": "1999-2000"})

    assert main(["ledger"]) == 1
    assert f"1 changed since they were made.\n    {card.number}, version 1" in capsys.readouterr().out


def test_a_file_taken_away_is_checked_without_the_school(school, taken, capsys):
    assert main(["ledger", "--file", str(taken)]) == 0

    content = json.loads(taken.read_text())
    content["entries"][0]["points"] = "20.00"
    taken.write_text(json.dumps(content))

    assert main(["ledger", "--file", str(taken)]) == 1
    assert "Radicaux, Noor Haddad" in capsys.readouterr().out


@pytest.mark.parametrize("fact", ["computed", "share"])
def test_a_result_changed_in_the_file_is_named(school, taken, capsys, fact):
    content = json.loads(taken.read_text())
    for thing in content["things"]:
        if thing["name"] == f"result {school.noor.pk}":
            thing["says"][fact] = "99"
    taken.write_text(json.dumps(content))

    assert main(["ledger", "--file", str(taken)]) == 1
    assert "the result of Noor Haddad" in capsys.readouterr().out


def test_what_was_not_compared_is_said(school, taken, capsys):
    """Without a key of one's own, and without an earlier ledger, a file proves less than one thinks."""
    assert main(["ledger", "--file", str(taken)]) == 0
    said = capsys.readouterr().out
    assert "Not compared: the key." in said
    assert "Not compared: an earlier ledger." in said

    whole = ["--file", str(taken), "--key", key(school), "--against", str(taken)]
    assert main(["ledger", *whole]) == 0
    said = capsys.readouterr().out
    assert "Not compared" not in said
    assert "All the seals of the earlier ledger are there still." in said


def signed_by_a_stranger(content):
    """Let a stranger write the whole ledger anew, with a key of their own."""
    forger = SigningKey("a stranger's secret", ledger.PURPOSE)
    content["entries"][0]["points"] = "20.00"
    (seal,) = content["seals"]
    found = queries.read_ledger(content)
    (book,) = found.held.values()
    seal["claim"]["covers"] = ledger.covers_of(book.grades)
    seal["hash"] = ledger.hash_of(seal["claim"])
    register = content["register"]
    register["claim"]["ends"] = {str(content["period_key"]): [1, seal["hash"]]}
    register["hash"] = ledger.hash_of(register["claim"])
    for signed in (seal, register):
        signed["signature"], signed["public_key"] = forger.sign(signed["hash"]), forger.public
    content["public_key"] = forger.public
    return content


def test_a_forgery_signed_with_a_strangers_key_is_seen_by_whoever_has_the_schools(
    school, taken, tmp_path, capsys
):
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(signed_by_a_stranger(json.loads(taken.read_text()))))
    assert main(["ledger", "--file", str(forged)]) == 0
    assert "Not compared: the key." in capsys.readouterr().out

    assert main(["ledger", "--file", str(forged), "--key", key(school)]) == 1
    assert "the signature is not that of the school" in capsys.readouterr().out
    assert main(["ledger", "--file", str(forged), "--against", str(taken)]) == 1
    assert "1 seal of the earlier ledger is gone or was replaced: 1." in capsys.readouterr().out


def test_a_chain_written_anew_with_the_schools_own_key_is_seen_beside_an_earlier_file(
    school, closed, taken, capsys
):
    """Who holds the database and the secret key changes a grade and seals again."""
    Grade.objects.filter(assessment=closed).update(points=20)
    Seal.objects.all().delete()
    SealRegister.objects.all().delete()
    seal_gradebooks(period=school.december, groups=[school.maths_4tta.pk], by=None, at=TUESDAY)
    assert main(["ledger"]) == 0
    capsys.readouterr()

    assert main(["ledger", "--against", str(taken)]) == 1
    assert "1 seal of the earlier ledger is gone or was replaced: 1." in capsys.readouterr().out


def test_a_former_key_may_be_given_too(school, closed, settings):
    former = key(school)
    settings.SECRET_KEY = "another secret of fifty random characters, or so"

    assert main(["ledger", "--period", school.december.code]) == 1
    assert main(["ledger", "--period", school.december.code, "--key", former]) == 0
    assert main(["ledger", "--period", school.december.code, "--key", key(school), "--key", former]) == 0


@pytest.mark.parametrize("option", ["--file", "--against"])
@pytest.mark.parametrize("text", [None, "not json", "{}", "[1, 2]", "[" * 100_000])
def test_what_is_no_ledger_is_a_wrong_call(school, tmp_path, capsys, text, option):
    file = tmp_path / "other.json"
    if text is not None:
        file.write_text(text)

    assert main(["ledger", option, str(file)]) == 2
    assert capsys.readouterr().err.startswith("preau: ")


def test_a_period_nobody_knows_is_a_wrong_call(school, capsys):
    assert school.december

    assert main(["ledger", "--period", "Pâques"]) == 2
    assert school.december.name in capsys.readouterr().err
