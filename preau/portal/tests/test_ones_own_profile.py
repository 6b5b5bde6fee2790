"""What is mine: my language, my data, the rules of the house."""

import io
import json
import zipfile

import pytest

from preau.accounts.actions import choose_language
from preau.kit.dossier import dossier_of
from preau.people.models import Person
from preau.portal.actions import ADD_PILOT, OPEN_FILE
from preau.trail.actions import note, note_look
from preau.trail.models import Trace
from tests.drawn import in_one_line


def test_one_reads_what_the_school_knows(school, visit):
    Person.objects.filter(pk=school.samira.pk).update(mobile="0478 11 11 11")

    page = visit("portal:profile", as_=school.samira)

    assert "Samira Haddad" in page.text
    assert "0478 11 11 11" in page.text
    assert "samira.haddad" in page.text


def test_one_is_spoken_to_in_the_language_one_chose(school, visit, tap):
    tap("portal:language", {"language": "fr"}, as_=school.samira, htmx=False)

    assert Person.objects.get(pk=school.samira.pk).language == "fr"
    assert '<html lang="fr"' in in_one_line(visit("portal:profile").text)


def test_a_language_nobody_speaks_here_changes_nothing(school, tap):
    refused = tap("portal:language", {"language": "tlh"}, as_=school.samira, htmx=False)

    assert refused.status_code == 422
    assert Person.objects.get(pk=school.samira.pk).language == "en"


@pytest.fixture
def my_data(school, visit):
    """Take one's data away; return the whole and the names of the files."""

    def take(person):
        answer = visit("portal:my_data", as_=person)
        bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        return json.loads(bundle.read("everything.json")), bundle.namelist(), answer

    return take


def test_one_click_gives_all_that_is_held(school, my_data):
    _ = school.maths_4tta

    held, files, answer = my_data(school.noor)

    assert held["people"]["person"][0]["born_on"] == "2011-02-14"
    assert held["structure"]["classes"][0]["class_group__name"] == "4TTA"
    assert held["structure"]["courses_followed"][0]["group__course__name"] == "Math 4"
    assert "people/person.csv" in files
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("who", ["noor", "samira", "vandamme", "pirard"])
def test_it_names_nobody_else_but_those_who_looked(school, my_data, who):
    everybody = school.everybody
    person = everybody[who]
    note_look(OPEN_FILE, by=school.vandamme, about=school.noor)
    note(ADD_PILOT, by=school.pirard, about=school.thys, subject="gradebook")

    held = my_data(person)[0]
    held["trail"]["who_looked"].clear()  # Those it names: the family reads as much on a page.
    text = json.dumps(held, ensure_ascii=False)

    others = [one for one in everybody.values() if one != person and one.family_name != person.family_name]
    assert [one.full_name for one in others if one.family_name in text or one.account.email in text] == []


def test_what_somebody_typed_runs_in_no_spreadsheet(school, visit):
    school.noor.preferred_name = "=cmd|' /C calc'!A0"
    school.noor.save()

    answer = visit("portal:my_data", as_=school.noor)

    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "'=cmd" in bundle.read("people/person.csv").decode("utf-8-sig")


def test_every_app_that_keeps_something_says_so(school):
    assert {"people", "accounts", "structure", "trail", "portal"} <= set(dossier_of(school.samira))


def test_a_mother_reads_who_sees_what_of_her_child_and_no_address(school, visit):
    page = visit("portal:rules", as_=school.samira)

    assert "A grade, with its remark" in page.text
    assert "the adults with the right to see marks, once it is published to parents" in page.text
    assert "/file/…/" not in page.text
    assert "teaches the pupil" not in page.text


@pytest.mark.parametrize("who", ["pirard", "nys"])
def test_who_looks_after_the_house_reads_every_address_with_its_rule(school, visit, who):
    page = visit("portal:rules", as_=school.everybody[who])

    assert "/file/…/" in page.text
    assert "teaches the pupil" in page.text.casefold()
    assert "anyone, even before signing in" in page.text.casefold()


def test_the_rules_speak_the_readers_language(school, visit):
    choose_language(person=school.samira, language="fr", by=school.samira, at=None)

    page = visit("portal:rules", as_=school.samira)

    assert "une cote, avec sa remarque" in page.text.casefold()
    assert "l’élève, une fois publiée" in page.text
    assert "the pupil" not in page.text


def test_help_says_whom_to_ask(school, visit):
    _ = school.lycee, school.maes, school.nys

    page = visit("portal:help", as_=school.samira)

    assert "Anouk Maes" in page.text
    assert "Luc Nys" in page.text


def test_who_has_no_account_is_handed_all_that_is_held_by_the_head(school, tap, visit):
    grandmother = Person.objects.create(given_name="Aïcha", family_name="Haddad", mobile="0470 00 00 00")
    keys = {"somebody_id": grandmother.pk}

    assert "All that is held" in visit("people:person", as_=school.pirard, **keys).text
    assert "All that is held" not in visit("people:person", as_=school.maes, **keys).text
    for other in (school.maes, school.nys, school.vandamme, school.samira):
        assert tap("portal:data_of", as_=other, **keys).status_code == 404
    answer = tap("portal:data_of", as_=school.pirard, htmx=False, **keys)

    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert json.loads(bundle.read("everything.json"))["people"]["person"][0]["mobile"] == "0470 00 00 00"
    trace = Trace.objects.get(act="portal.hand_data_over")
    assert (trace.by, trace.about) == (school.pirard, grandmother)
