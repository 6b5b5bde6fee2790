"""What a council decides about a result stands beside what was computed."""

from decimal import Decimal

import pytest

from preau.gradebook import actions, queries
from preau.gradebook.models import Assessment
from preau.grading.results import year_share

from .builders import TUESDAY, assessment, grade


@pytest.fixture
def results(school):
    """Noor: 40 in daily work, 46 at the examination: 44."""
    by = school.vandamme
    daily = assessment(school.maths_4tta, school.december, by=by, out_of=100)
    exam = assessment(
        school.maths_4tta, school.december, by=by, title="Examen", category="EXAMEN", out_of=100
    )
    grade(daily, school.noor, "40", by=by)
    grade(exam, school.noor, "46", by=by)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=by, at=TUESDAY)


def decide(school, attribute, value=None):
    actions.deliberate_result(
        group=school.maths_4tta,
        period=school.december,
        pupil=school.noor,
        attribute=attribute,
        value=value,
        because="Décision du conseil",
        by=school.pirard,
        at=TUESDAY,
    )
    return queries.period_results(school.december)[school.noor.pk, school.maths_4tta.course_id]


@pytest.mark.parametrize(
    ("attribute", "value", "retained", "fails"),
    [
        ("STAR", None, 46, True),  # the examination, better, replaces the result
        ("CAPPED", None, 50, False),  # success granted at the pass mark
        ("BRACKETS", None, 44, False),  # ignored: no failure
        ("EXTERNAL", Decimal(62), 62, False),
        ("DEGREE", Decimal(51), 51, False),
        ("FREE", Decimal(48), 48, True),
    ],
)
def test_each_way_of_deciding(school, results, attribute, value, retained, fails):
    found = decide(school, attribute, value)

    assert (found.computed, found.retained, found.fails) == (44, retained, fails)


def test_a_result_in_brackets_is_in_no_mean(school, results):
    found = decide(school, "BRACKETS")

    assert year_share([(found.share, school.december.weight)]) is None


def test_a_star_wants_a_better_examination(school, results):
    queries.period_results(school.december)
    school.noor.course_results.update(exam=Decimal(30))

    with pytest.raises(actions.NothingToStar):
        decide(school, "STAR")


def test_a_value_is_wanted_where_the_council_gives_one(school, results):
    with pytest.raises(actions.OffTheScale):
        decide(school, "FREE")
    with pytest.raises(actions.OffTheScale):
        decide(school, "EXTERNAL", Decimal(101))


def test_a_star_of_an_examination_that_was_corrected_since_is_told_before_closing(school, results):
    """The council gave 46; the gradebook is reopened and the examination corrected to 60: 46 still stands."""
    where = {"group": school.maths_4tta, "period": school.december}
    decide(school, "STAR")
    actions.reopen_gradebook(**where, because="Une page oubliée", by=school.pirard, at=TUESDAY)

    def told():
        page = queries.sheet(**where)
        return [anomaly.words for anomaly in queries.anomalies_of(page) if "The council" in anomaly.words]

    assert told() == []
    exam = Assessment.objects.get(title="Examen")
    grade(exam, school.noor, "60", by=school.vandamme, version=1)

    (words,) = told()
    assert "Noor Haddad" in words
    assert "46 then; it is 60 now" in words
    assert decide(school, "STAR").retained == 60
    assert told() == []
