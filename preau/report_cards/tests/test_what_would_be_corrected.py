"""The head sees which published cards would say something else today, and decides which are corrected."""

from decimal import Decimal

import pytest

from preau.gradebook.actions import close_gradebook, deliberate_result, reopen_gradebook, write_comment
from preau.gradebook.models import Assessment
from preau.gradebook.tests.builders import grade
from preau.grading.actions import keep_scheme
from preau.grading.models import Token
from preau.kit import clock
from preau.report_cards import actions, queries
from preau.report_cards.models import ReportCard

from .builders import EVENING, behind_our_back, card_of, graded, made, published


@pytest.fixture
def home(school):
    """The cards of December are at home."""
    graded(school)
    published(school)
    with clock.at(EVENING):
        yield school


def maths_of(facts):
    return next(course for course in facts["courses"] if course["name"] == "Math 4")


def said(school):
    return {line.card.pupil: line.changes for line in queries.differences_of(school.december)}


def correct_noor(school, comment=""):
    where = {"group": school.maths_4tta, "period": school.december}
    by = {"by": school.pirard, "at": EVENING}
    reopen_gradebook(**where, because="Erreur", **by)
    exam = Assessment.objects.get(title="Examen", group=school.maths_4tta)
    grade(exam, school.noor, "82", by=school.vandamme, version=1)
    if comment:
        write_comment(**where, pupil=school.noor, text=comment, **by)
    close_gradebook(**where, **by)


def test_while_nothing_has_changed_there_is_nothing_to_correct(home):
    assert queries.differences_of(home.december) == []


def test_before_they_are_published_cards_are_made_again(school):
    graded(school)
    made(school)
    behind_our_back(card_of(school.noor), facts={})

    assert queries.differences_of(school.december) == []


def test_each_figure_that_would_be_another_is_named(home):
    correct_noor(home, comment="Bien mieux")

    (changes,) = said(home).values()

    assert changes[:4] == [
        "Math 4, Exam: 62 → 82",
        "Math 4, Period: 47 → 59",
        "Math 4, Standing: 49 → 58",
        "Math 4: the comment",
    ]
    assert any(change.startswith("average: ") for change in changes)
    card = card_of(home.noor)
    assert maths_of(card.facts)["figures"]["exam"]["value"] == "62"

    actions.correct_report_card(card=card, reason="Erreur", by=home.pirard, at=EVENING)
    assert queries.differences_of(home.december) == []


def test_a_figure_that_was_cut_before_is_listed_and_stays_as_it_went_home(home):
    """A card of former days says 48 for what is exactly 48,5: it is listed, and no card is touched."""
    card = card_of(home.noor)
    facts = ReportCard.objects.get(pk=card.pk).facts
    maths_of(facts)["figures"]["standing"] = {"value": "48", "token": "", "fails": True}
    behind_our_back(card, facts=facts)

    assert said(home) == {home.noor: ["Math 4, Standing: 48 → 49"]}
    assert card_of(home.noor).facts == facts


def test_brackets_of_the_council_are_told(home):
    where = {"group": home.maths_4tta, "period": home.december, "pupil": home.noor}
    deliberate_result(**where, attribute="BRACKETS", because="Conseil", by=home.pirard, at=EVENING)

    assert "Math 4, Period: 47 → (47)" in said(home)[home.noor]


def test_what_stands_around_is_told_without_figures(home):
    home.noor.given_name = "Nora"
    home.noor.save()

    assert said(home) == {home.noor: ["what stands around the results"]}


def test_the_page_lists_them_and_leads_to_each(home, visit):
    correct_noor(home)

    page = visit("report_cards:differences", as_=home.pirard, period_id=home.december.pk)
    before = visit("report_cards:period", as_=home.pirard, period_id=home.december.pk)

    assert f"/report-cards/{card_of(home.noor).pk}/" in page.text
    assert "Math 4, Exam: 62 → 82" in page.text
    assert "Emma" not in page.text
    assert f"/report-cards/periods/{home.december.pk}/differences/" in before.text


def test_the_legend_says_what_a_sign_does_under_the_scheme_of_its_course(school):
    """ABS is left out elsewhere; in mathematics it counts as 0."""
    graded(school)
    exam = Assessment.objects.get(title="Examen", group=school.maths_4tta)
    grade(exam, school.noor, "ABS", by=school.vandamme, version=1)
    sign = Token.objects.get(code="ABS")
    how = {"categories": {}, "tokens": {sign.pk: "ZERO"}, "by": school.pirard, "at": EVENING}
    facts = {"name": "Math 4", "course": school.maths_4tta.course, "exam_weight": Decimal(60)}
    keep_scheme(scheme=None, facts=facts, starts_on=school.december.starts_on, **how)

    assert queries.snapshot_of(school.december, school.noor).facts["tokens"] == [["ABS", sign.name, "ZERO"]]
