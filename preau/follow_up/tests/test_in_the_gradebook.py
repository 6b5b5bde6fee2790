"""What teachers see of adjustments while they plan tests and type marks."""

from datetime import date

import pytest

from preau.follow_up import queries
from preau.gradebook.tests.builders import assessment, sheet_of
from preau.kit import clock, modules
from preau.kit.memory import Memory
from preau.structure.models import GroupMembership

from .builders import plan


@pytest.fixture
def sheet(school):
    return sheet_of(school.maths_4tta, school.december)


@pytest.fixture
def close(monkeypatch):
    """Let the school have the module closed to everybody."""

    def close():
        monkeypatch.setattr(modules, "_who_knows_stages", lambda person: frozenset({"follow_up"}))

    return close


def test_a_flag_stands_beside_the_name_with_its_measures(school, sheet, visit):
    history = school._group("HIST", "Histoire", 2, school.class_4tta, school.thys, school.noor)
    made = plan(
        school,
        school.noor,
        "TIME",
        in_subject={"CALCULATOR": school.maths_4tta.course.subject, "SPELLING": history.course.subject},
    )

    page = visit("gradebook:sheet", as_=school.vandamme, **sheet).text

    flag = page[page.index('class="beside"') :][:400]
    assert page.count('class="beside"') == 1
    assert f'href="/adjustments/{made.pk}/"' in flag
    assert 'title="un tiers de temps en plus · calculatrice"' in flag
    assert '<span class="visually-hidden">adjustments</span>' in flag
    assert page.index("<b>Haddad</b>") < page.index('class="beside"')


def test_the_flag_stands_on_the_page_of_one_assessment_too(school, visit):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    made = plan(school, school.noor, "TIME")

    page = visit("gradebook:assessment", as_=school.vandamme, assessment_id=test.pk).text

    assert page.count(f'<a class="beside" data-peek href="/adjustments/{made.pk}/"') == 1


def test_the_flag_opens_the_plan_beside_the_sheet(school, visit):
    _ = school.maths_4tta
    made = plan(school, school.noor, "TIME")

    part = visit("follow_up:plan", as_=school.vandamme, plan_id=made.pk, headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert 'data-title="Noor Haddad"' in part
    assert "I have read it" in part


def test_what_the_school_typed_is_escaped_in_the_flag(school, sheet, visit):
    made = plan(school, school.noor, "TIME")
    made.adjustments.update(detail='"><script>alert(1)</script>')

    assert "<script>alert" not in visit("gradebook:sheet", as_=school.vandamme, **sheet).text


def test_plans_of_other_days_and_other_pupils_have_no_flag(school, sheet, visit):
    plan(school, school.noor, "TIME", ends_on=date(2026, 11, 1))
    plan(school, school.emma, "TIME", starts_on=date(2026, 12, 1))

    assert 'class="beside"' not in visit("gradebook:sheet", as_=school.vandamme, **sheet).text
    with clock.at(date(2026, 12, 2)):
        assert 'class="beside"' in visit("gradebook:sheet", as_=school.vandamme, **sheet).text


def test_a_titulaire_who_reads_a_colleagues_sheet_sees_the_flags_of_ones_own_class(school, visit):
    choir = school._group("CHOR", "Chorale", 1, school.class_5ttb, school.thys, school.alma, school.noor)
    _ = school.class_4tta
    plan(school, school.noor, "TIME")
    plan(school, school.alma, "FONT")

    def flagged(person):
        return set(queries.flags(choir, person))

    assert flagged(school.vandamme) == {school.noor.pk}
    assert flagged(school.thys) == {school.noor.pk, school.alma.pk}
    assert flagged(school.pirard) == {school.noor.pk, school.alma.pk}
    assert flagged(school.maes) == set()
    page = visit("gradebook:sheet", as_=school.vandamme, **sheet_of(choir, school.december)).text
    assert page.count('class="beside"') == 1


def test_who_has_left_the_group_has_no_flag_and_no_part_in_the_count(school, sheet, visit):
    plan(school, school.noor, "TIME")
    GroupMembership.objects.filter(pupil=school.noor).update(ends_on=date(2026, 11, 20))

    assert 'class="beside"' not in visit("gradebook:sheet", as_=school.vandamme, **sheet).text
    assert queries.counted(school.maths_4tta, date(2026, 11, 25)) == []
    assert len(queries.counted(school.maths_4tta, date(2026, 11, 19))) == 1


def test_flags_cost_one_question_for_the_whole_sheet(school, sheet, visit, django_assert_num_queries):
    plan(school, school.noor, "TIME", "FONT")
    plan(school, school.emma, "TIME")
    group, by = school.maths_4tta, school.vandamme
    by.memory = Memory()
    queries.flags(group, by)

    with django_assert_num_queries(1):
        assert len(queries.flags(group, by)) == 2


def test_a_closed_module_asks_nothing_and_shows_nothing(school, sheet, visit, close, monkeypatch):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    plan(school, school.noor, "TIME")
    close()

    def must_not_be_asked(*asked):
        raise AssertionError(asked)

    for question in ("flags", "counted", "readable_for"):
        monkeypatch.setattr(queries, question, must_not_be_asked)

    assert 'class="beside"' not in visit("gradebook:sheet", as_=school.vandamme, **sheet).text
    assert "tiers de temps" not in visit("gradebook:new_assessment", **sheet).text
    history = visit("gradebook:history", assessment_id=test.pk, pupil_id=school.noor.pk)
    assert "tiers de temps" not in history.text
    assert visit("follow_up:mine").status_code == 404


def test_whoever_makes_an_assessment_is_told_how_many_need_what_and_not_who(school, sheet, visit):
    plan(school, school.noor, "TIME", "FONT", "AHEAD")
    plan(school, school.emma, "TIME")
    told = "2 pupils: un tiers de temps en plus · 1 pupil: police 14"

    new = visit("gradebook:new_assessment", as_=school.vandamme, **sheet).text
    assert told in new
    assert "support écrit" not in new  # not about tests
    assert "Noor" not in new
    day = {"query": {"held_on": "2026-11-27"}, "headers": {"HX-Request": "true"}}
    assert told in visit("gradebook:day_load", **day, **sheet).text
    before = {"query": {"held_on": "2026-08-27"}, "headers": {"HX-Request": "true"}}
    assert told not in visit("gradebook:day_load", **before, **sheet).text

    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    assert told in visit("gradebook:assessment_settings", assessment_id=test.pk).text


def test_a_pupil_with_a_measure_twice_counts_once(school):
    plan(school, school.noor, "TIME", in_subject={"TIME": school.maths_4tta.course.subject})

    assert queries.counted(school.maths_4tta, date(2026, 11, 25)) == [
        queries.Count("un tiers de temps en plus", 1)
    ]
    assert queries.flags(school.maths_4tta, school.vandamme)[school.noor.pk].measures == [
        "un tiers de temps en plus"
    ]


def test_beside_a_cell_stand_the_measures_of_that_pupil(school, visit):
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    plan(school, school.noor, "TIME")
    place = {"assessment_id": test.pk, "as_": school.vandamme}

    assert "un tiers de temps en plus" in visit("gradebook:history", pupil_id=school.noor.pk, **place).text
    assert (
        "un tiers de temps en plus" not in visit("gradebook:history", pupil_id=school.emma.pk, **place).text
    )
