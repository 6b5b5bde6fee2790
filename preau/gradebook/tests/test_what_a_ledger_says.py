"""What a ledger says: to whoever reads the page, and to whoever takes it away and checks it in ten years."""

from datetime import timedelta

import pytest

from preau.gradebook import actions, ledger, queries
from preau.gradebook.ledger import PURPOSE, Entry, Problem
from preau.gradebook.models import Grade, Seal, SealRegister
from preau.gradebook.queries import sealed, sealed_names
from preau.gradebook.queries.seals import Ledger, words_of_problems
from preau.grading.models import Closing
from preau.kit.signatures import SigningKey

from .builders import TUESDAY, assessment, grade

KEY = SigningKey("a school's own secret", PURPOSE)
FIRST = Entry(7, 3, 21, 1, "12.50", None, 2, "Bien revu, été compris", "", 9, "2026-11-20T10:00:00+00:00")
SECOND = Entry(7, 3, 21, 2, "", 4, None, "", "absente", None, "2026-11-24T08:15:00+00:00")


def test_what_was_sealed_years_ago_is_checked_today():
    """Whoever changes how a seal is written makes every ledger that was taken away look forged."""
    claim = {"period": 5, "group": 1, "number": 1, "previous": "", "by": 3, "at": "été"}
    claim["covers"] = ledger.covers_of({7: [SECOND, FIRST]})

    assert claim["covers"] == {"7": [2, "8daa43d3c8a118fa70019193ea60aff554eb7b4feaef43bf114f96a5dd9bf876"]}
    assert ledger.hash_of(claim) == "696b42a814caf76f4ff2c82dd10b9bbe01f670878aac5b6813aa0d9bf0072b72"
    assert KEY.public == "b3398b38ca8fb6b99f683649616bed97f30fdba0f503e4010509faca63f90697"
    assert KEY.sign(ledger.hash_of(claim)) == (
        "06dc55329120e441cd6e9f0b2c6b1718eef28344a74402c1cf379236a53b9525"
        "a8ab2f387fe39dd3d1ad77da115e3ee20082bc6e421558965d6e0a4c52c6680b"
    )


def test_a_seal_of_the_second_format_is_written_as_it_is_today():
    claim = {"period": 5, "group": 1, "number": 2, "previous": "ab", "by": None, "at": "été", "covers": {}}
    claim |= {
        "format": 2,
        "act": "DECIDED",
        "because": "",
        "holds": {"decision 21": ledger.hash_of({"é": "1/3"})},
    }

    assert claim["holds"]["decision 21"] == "fa64f4fdaea694f5dcb3b67b3c33854a37f6c1d81f08cb12dcf02d24a4035cb6"
    assert ledger.hash_of(claim) == "48fd7afd7949bd1e27928bca8601c67cffddfd64e70a7e9063e9704197bea548"


def test_the_facts_of_the_second_format_are_these():
    """One more, or one less, and every seal of a school looks broken: it would be another format."""
    lists = {name: getattr(sealed, name) for name in sorted(vars(sealed)) if name.startswith("OF_")}
    facts = [*lists.values(), sealed.COMPUTED, sealed.CHOSEN, sealed.DECIDED]

    assert ledger.FORMAT == 2
    assert ledger.hash_of(facts) == "a1fcdb4cb5a19f83b9845dc508731706e425a91bfc3053b181122005af1c0ec3"


def test_what_is_wrong_is_told_with_the_grades_it_is_wrong_with():
    two = [Problem.CHAIN, Problem.GRADES]

    assert words_of_problems([Problem.EDITED], []) == "the seal itself was changed"
    assert words_of_problems(two, ["Radicaux, Noor Haddad", "Examen, Emma Claes"]) == (
        "a seal before this one is missing, or another stands in its place; "
        "grades were changed, removed or added outside of the gradebook: "
        "Radicaux, Noor Haddad, Examen, Emma Claes"
    )


def test_another_file_is_refused_in_these_words():
    with pytest.raises(ValueError, match=r"^This is not the ledger of a period\.$"):
        queries.read_ledger({})


def test_the_twenty_latest_seals_are_shown_the_newest_first(school):
    states = list(range(1, 26))

    assert Ledger(school.december, states, unsealed=0).latest == list(range(25, 5, -1))
    assert Ledger(school.december, states[:2], unsealed=0).latest == [2, 1]


# ---- In the school ----


@pytest.fixture
def closed(school):
    """December of mathematics, closed: Noor's grade was changed once, Emma's work was not handed in."""
    by = school.vandamme
    test = assessment(school.maths_4tta, school.december, by=by)
    grade(test, school.noor, "8", by=by)
    grade(test, school.noor, "12", by=by, version=1)
    grade(test, school.emma, "NR", by=by)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=by, at=TUESDAY)
    return test


def words(school) -> str:
    return str(queries.ledger_of(school.december).words)


def test_the_page_counts_seals_and_those_that_are_broken(school):
    assert words(school) == "No seal yet: a gradebook is sealed when it is closed."
    for group, teacher, pupil in (
        (school.maths_4tta, school.vandamme, school.noor),
        (school.french_2cb, school.lemaire, school.elias),
    ):
        grade(assessment(group, school.december, by=teacher), pupil, "12", by=teacher)
        actions.close_gradebook(group=group, period=school.december, by=teacher, at=TUESDAY)
        if group == school.maths_4tta:
            assert words(school) == "1 seal, intact."
    assert words(school) == "2 seals, all intact."

    Grade.objects.filter(pupil=school.elias).update(points=19)
    assert words(school) == "1 seal is broken."
    Grade.objects.update(points=19)
    assert words(school) == "2 seals are broken."


def test_a_ledger_taken_away_says_all_that_was_written(school, closed):
    assert school.lycee
    taken = queries.ledger_file(school.december)

    noors, emmas = closed.grades.get(pupil=school.noor), closed.grades.get(pupil=school.emma)
    common = {"group": school.maths_4tta.pk, "assessment": closed.pk, "by": school.vandamme.pk}
    common |= {"level": None, "remark": "", "reason": "", "at": "2026-11-24T09:24:00+00:00"}
    of_noor = {"grade": noors.pk, "pupil": school.noor.pk, "token": None}
    assert taken.pop("entries") == [
        {**common, **of_noor, "version": 1, "points": "8.00"},
        {**common, **of_noor, "version": 2, "points": "12.00"},
        {
            **common,
            "grade": emmas.pk,
            "pupil": school.emma.pk,
            "version": 1,
            "points": "",
            "token": emmas.token_id,
        },
    ]
    things = {thing["name"]: thing["says"] for thing in taken.pop("things")}
    assert things[f"result {school.noor.pk}"]["share"] == "3/5"
    assert things[f"assessment {closed.pk}"]["max_points"] == "20.00"
    assert things["closing"]["closed_at"] == "2026-11-24T09:24:00+00:00"
    names = taken.pop("names")
    assert names.keys() == things.keys()
    assert names[f"result {school.noor.pk}"] == "the result of Noor Haddad"
    (seal,), register = Seal.objects.all(), SealRegister.objects.get()
    assert taken == {
        "format": "preau ledger 2",
        "school": "Lycée du Parc",
        "period": "Décembre",
        "period_key": school.december.pk,
        "former_keys": [],
        "register": {
            "claim": {"register": 2, "ends": {str(school.december.pk): [1, seal.hash]}},
            "hash": register.hash,
            "signature": register.signature,
            "public_key": register.public_key,
        },
        "made_at": TUESDAY.isoformat(),
        "public_key": seal.public_key,
        "closed": [school.maths_4tta.pk],
        "seals": [
            {
                "claim": seal.claim,
                "hash": seal.hash,
                "signature": seal.signature,
                "public_key": seal.public_key,
            }
        ],
        "grades": {str(noors.pk): "Radicaux, Noor Haddad", str(emmas.pk): "Radicaux, Emma Claes"},
    }


def test_a_level_a_remark_and_a_reason_are_sealed_too(school, closed):
    Grade.objects.filter(pupil=school.noor).update(remark="Bien revu", reason="a mistake of mine")

    (entry,) = [it for it in queries.ledger_file(school.december)["entries"] if it["version"] == 2]

    assert (entry["remark"], entry["reason"]) == ("Bien revu", "a mistake of mine")
    assert sealed._entry(7, 3, 21, 1, None, None, 2, "", "", None, TUESDAY).level == 2


def test_a_school_without_a_name_takes_its_ledger_away_too(school, closed):
    assert queries.ledger_file(school.december)["school"] == ""


def test_names_are_looked_up_in_portions(school, closed, monkeypatch):
    monkeypatch.setattr(sealed_names, "AT_A_TIME", 1)

    assert len(queries.ledger_file(school.december)["grades"]) == 2


def test_a_gradebook_closed_in_another_period_is_not_missing_here(school, closed):
    Closing.objects.create(
        group=school.french_2cb, period=school.first_period, closed_by=school.lemaire, closed_at=TUESDAY
    )
    assert queries.ledger_of(school.december).unsealed == 0
    assert queries.ledger_of(school.first_period).unsealed == 1

    actions.reopen_gradebook(
        group=school.maths_4tta,
        period=school.december,
        because="a mistake",
        by=school.pirard,
        at=TUESDAY + timedelta(hours=1),
    )

    assert queries.ledger_file(school.december)["closed"] == []


def test_a_page_of_seals_asks_nothing_for_each_of_them(school, closed, django_assert_num_queries):
    (state,) = queries.ledger_of(school.december).states

    with django_assert_num_queries(0):
        told = f"{state.seal.group.course.name}, {state.seal.sealed_by.full_name}"
    assert told == "Math 4, Claire Vandamme"
