"""Nobody changes a grade unseen: closed gradebooks are sealed, and the seals are checked."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.gradebook import actions, ledger, queries
from preau.gradebook.ledger import PURPOSE, Entry, Held, Problem, Sealed
from preau.gradebook.models import Grade, PastGrade, Seal
from preau.kit.signatures import SigningKey

from .builders import TUESDAY, assessment, grade

KEY = SigningKey("a school's own secret", PURPOSE)
texts = st.text(max_size=8)
entries = st.builds(
    Entry,
    grade=st.integers(1, 6),
    assessment=st.integers(1, 3),
    pupil=st.integers(1, 9),
    version=st.integers(1, 4),
    points=st.sampled_from(["", "0.00", "12.50", "20.00"]),
    token=st.none() | st.integers(1, 4),
    level=st.none(),
    remark=texts,
    reason=texts,
    by=st.none() | st.integers(1, 9),
    at=st.sampled_from(["2026-11-20T10:00:00+00:00", "2026-11-24T08:15:00+00:00"]),
)


def held_by(written):
    """The versions of each grade, each version once."""
    versions = {(entry.grade, entry.version): entry for entry in written}
    held = {}
    for entry in versions.values():
        held.setdefault(entry.grade, []).append(entry)
    return held


def chain(*gradebooks, key=KEY):
    """Seal some gradebooks (group, versions) one after the other."""
    seals, previous = [], ""
    for number, (group, held) in enumerate(gradebooks, start=1):
        claim = {"period": 5, "group": group, "number": number, "previous": previous, "by": 3, "at": "today"}
        claim["covers"] = ledger.covers_of(held)
        previous = ledger.hash_of(claim)
        seals.append(Sealed(claim, previous, key.sign(previous), key.public))
    return seals


def problems(seals, held, closed=()):
    return [set(it.problems) for it in findings(seals, held, closed)]


def findings(seals, held, closed=()):
    """Inspect seals of the first format: of what is closed they tell nothing, they look."""
    there = {
        group: Held(grades, {"closing": ""} if group in closed else {}) for group, grades in held.items()
    }
    return ledger.inspect(seals, there, keys=[KEY.public])


@given(st.lists(entries, min_size=1))
def test_what_was_not_touched_is_intact_in_whatever_order_it_is_read(written):
    held = held_by(written)
    backwards = {key: list(reversed(those)) for key, those in reversed(held.items())}

    assert problems(chain((1, held)), {1: backwards}, closed={1}) == [set()]


@given(st.lists(entries, min_size=1), st.data())
def test_any_change_of_any_version_is_found(written, data):
    held = held_by(written)
    seals = chain((1, held))
    touched = data.draw(st.sampled_from([it for those in held.values() for it in those]))
    changes = {
        "points": "19.00",
        "token": 77,
        "remark": "x" * 9,
        "reason": "y" * 9,
        "by": 99,
        "at": "never",
        "pupil": 99,
    }
    name = data.draw(st.sampled_from(sorted(changes)))
    tampered = {
        key: [replace(it, **{name: changes[name]}) if it is touched else it for it in those]
        for key, those in held.items()
    }

    (finding,) = findings(seals, {1: tampered})

    assert finding.problems == [Problem.GRADES]
    assert finding.grades == [touched.grade]


@given(st.lists(entries, min_size=1), st.data())
def test_a_version_removed_or_slipped_in_is_found(written, data):
    held = held_by(written)
    seals = chain((1, held))
    key = data.draw(st.sampled_from(sorted(held)))
    without = {**held, key: held[key][1:]}
    with_one_more = {**held, key: [*held[key], replace(held[key][0], version=9)]}
    with_another = {**held, 99: [replace(held[key][0], grade=99)]}

    assert problems(seals, {1: without}) == [{Problem.GRADES}]
    assert problems(seals, {1: with_one_more}, closed={1}) == [{Problem.GRADES}]
    assert problems(seals, {1: with_another}, closed={1}) == [{Problem.GRADES}]
    assert problems(seals, {1: with_one_more}) == [
        set()
    ]  # The gradebook was reopened: its next seal says it.


def test_a_chain_shows_what_was_done_to_it():
    books = [
        (group, held_by([Entry(group, 1, 7, 1, "12.00", None, None, "", "", 3, "now")]))
        for group in (1, 2, 3)
    ]
    seals, held = chain(*books), dict(books)
    other = SigningKey("another secret", PURPOSE)
    edited = [replace(seals[0], claim={**seals[0].claim, "by": 8}), *seals[1:]]
    signed_again = [
        *seals[:2],
        replace(seals[2], signature=other.sign(seals[2].hash), public_key=other.public),
    ]

    assert problems(seals, held) == [set(), set(), set()]
    assert problems([seals[0], seals[2]], held) == [set(), {Problem.CHAIN}]
    assert problems([seals[1], seals[0], seals[2]], held) == [{Problem.CHAIN}] * 3
    assert problems(edited, held) == [{Problem.EDITED}, set(), set()]
    assert problems(signed_again, held) == [set(), set(), {Problem.SIGNATURE}]
    assert problems([*seals[:2], replace(seals[2], signature="no signature")], held)[2] == {Problem.SIGNATURE}


def test_a_fingerprint_is_read_aloud():
    assert ledger.fingerprint("abcdef0123456789" * 4) == "ABCD EF01 2345 6789"


# ---- In the school ----


@pytest.fixture
def closed(school):
    """A gradebook of December, one grade of which was changed before it was closed."""
    by = school.vandamme
    test = assessment(school.maths_4tta, school.december, by=by)
    grade(test, school.noor, "8", by=by)
    grade(test, school.noor, "12", by=by, version=1)
    grade(test, school.emma, "15", by=by)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=by, at=TUESDAY)
    return test


def state_of(school):
    (state,) = queries.ledger_of(school.december).states
    return state


def test_closing_a_gradebook_seals_it(school, closed):
    state = state_of(school)

    assert state.is_intact
    assert (state.seal.number, state.seal.previous, state.seal.sealed_by) == (1, "", school.vandamme)
    versions = {int(key): version for key, (version, _mark) in state.seal.covers.items()}
    assert versions == {it.pk: it.version for it in closed.grades.all()}
    assert queries.ledger_of(school.december).unsealed == 0


@pytest.mark.parametrize(
    "tamper",
    [
        lambda test, noor: Grade.objects.filter(assessment=test, pupil=noor).update(points=19),
        lambda test, noor: Grade.objects.filter(assessment=test, pupil=noor).update(written_by=noor),
        lambda test, noor: PastGrade.objects.filter(grade__pupil=noor).update(points=2),
        lambda test, noor: PastGrade.objects.filter(grade__pupil=noor).delete(),
        lambda test, noor: Grade.objects.filter(assessment=test, pupil=noor).update(version=3),
    ],
    ids=["points", "author", "past", "past removed", "version"],
)
def test_a_grade_changed_behind_its_back_is_named(school, closed, tamper):
    tamper(closed, school.noor)

    state = state_of(school)

    assert state.problems == [Problem.GRADES]
    assert state.grades == ["Radicaux, Noor Haddad"]
    assert "Radicaux, Noor Haddad" in state.words


def test_a_grade_that_was_taken_away_or_slipped_in_is_found(school, closed):
    Grade.objects.filter(pupil=school.emma).delete()
    assert state_of(school).grades == ["a grade that is gone"]

    Grade.objects.create(assessment=closed, pupil=school.emma, points=20, written_at=TUESDAY)
    assert "Radicaux, Emma Claes" in state_of(school).grades


def test_a_gradebook_that_is_reopened_and_closed_again_gets_another_seal(school, closed):
    head, later = school.pirard, TUESDAY + timedelta(hours=1)
    actions.reopen_gradebook(
        group=school.maths_4tta, period=school.december, because="a mistake", by=head, at=later
    )
    grade(closed, school.noor, "13", by=school.vandamme, version=2)
    assert queries.ledger_of(school.december).is_intact

    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=head, at=later)

    states = queries.ledger_of(school.december).states
    assert all(state.is_intact for state in states)
    assert [state.seal.act for state in states] == ["CLOSED", "REOPENED", "CLOSED"]
    first, second, third = (state.seal for state in states)
    assert (third.number, third.previous, second.previous) == (3, second.hash, first.hash)
    assert (second.because, second.sealed_by) == ("a mistake", head)


def test_the_whole_school_is_sealed_in_one_chain(school, closed, django_assert_max_num_queries):
    test = assessment(school.french_2cb, school.december, by=school.lemaire)
    grade(test, school.elias, "10", by=school.lemaire)

    with django_assert_max_num_queries(60):
        actions.close_period(period=school.december, by=school.pirard, at=TUESDAY)

    seals = list(Seal.objects.filter(period=school.december).order_by("number"))
    assert [seal.number for seal in seals] == list(range(1, len(seals) + 1))
    assert all(after.previous == before.hash for before, after in pairwise(seals))
    assert not queries.ledger_of(school.december).broken


def test_a_seal_removed_breaks_the_chain(school, closed):
    assert school.french_2cb
    actions.close_period(period=school.december, by=school.pirard, at=TUESDAY)
    Seal.objects.get(number=1).delete()

    found = queries.ledger_of(school.december)

    assert found.states[0].problems == [Problem.CHAIN]
    assert found.unsealed == 1


def test_seals_of_another_secret_are_not_the_schools(school, closed, settings):
    settings.SECRET_KEY = "somebody else's secret, long enough to be one"

    assert state_of(school).problems == [Problem.SIGNATURE]


def test_the_head_checks_the_ledger_and_takes_it_away(school, closed, visit):
    page = visit("gradebook:ledger", as_=school.pirard)
    taken = visit("gradebook:ledger", as_=school.pirard, query={"period": school.december.pk, "file": ""})

    assert state_of(school).seal.fingerprint in page.text
    content = json.loads(taken.content)
    found = queries.read_ledger(deepcopy(content))
    assert [finding.problems for finding in found.inspect(found.keys)] == [[]]
    assert [seal.claim["number"] for seal in found.seals] == [1]
    assert "Radicaux, Noor Haddad" in content["grades"].values()
    content["entries"][0]["points"] = "20.00"
    assert queries.read_ledger(content).inspect(found.keys)[0].problems == [Problem.GRADES]


def test_what_is_broken_stands_on_the_page_in_words(school, closed, visit):
    Grade.objects.filter(assessment=closed, pupil=school.noor).update(points=19)

    page = visit("gradebook:ledger", as_=school.pirard, query={"period": school.december.pk})

    assert "Radicaux, Noor Haddad" in page.text


CLAIM = {"period": 1, "group": 1, "number": 1, "previous": "", "covers": {}}
SIGNED = {"claim": CLAIM, "hash": "", "signature": "", "public_key": ""}
FILE = {"seals": [SIGNED], "entries": [], "public_key": "", "closed": []}


@pytest.mark.parametrize(
    "nonsense",
    [
        [],
        {},
        None,
        {"seals": 3},
        {**FILE, "seals": [{}]},
        {**FILE, "seals": [{**SIGNED, "claim": []}]},
        {**FILE, "seals": [{**SIGNED, "claim": {**CLAIM, "number": "1"}}]},
        {**FILE, "seals": [{**SIGNED, "claim": {**CLAIM, "covers": {"x": [1, ""]}}}]},
        {**FILE, "seals": [{**SIGNED, "claim": {**CLAIM, "covers": {"1": [None, ""]}}}]},
        {**FILE, "seals": [{**SIGNED, "claim": {**CLAIM, "holds": {"result 1": []}}}]},
        {**FILE, "things": 3},
        {**FILE, "register": []},
        {**FILE, "register": {**SIGNED, "claim": {}}},
        {**FILE, "period_key": "x"},
    ],
)
def test_another_file_is_no_ledger(nonsense):
    with pytest.raises(queries.NotALedger, match="not the ledger"):
        queries.read_ledger(nonsense)


def test_a_file_of_the_first_format_is_one():
    found = queries.read_ledger(FILE)

    assert found.is_of_first_format
    assert found.end(["any key"]) == []


@pytest.mark.parametrize(
    ("who", "status"), [("pirard", 200), ("vandamme", 404), ("maes", 404), ("noor", 404), ("samira", 404)]
)
def test_the_head_alone_checks_it(school, visit, who, status):
    assert visit("gradebook:ledger", as_=school.everybody[who]).status_code == status
