"""The school decides how grades become results, tries a change out, and keeps it from a period on."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from preau.gradebook import actions, queries
from preau.grading.actions import SchoolNeedsAScheme, end_scheme, keep_scheme
from preau.grading.models import Category, Scheme, Token
from preau.grading.queries import Schemes
from preau.structure.models import Course

from .builders import TUESDAY, assessment, grade

DAY_OF_DECEMBER = date(2026, 10, 17)


@pytest.fixture
def marks(school):
    """Noor: 45 in daily work, 52 at the examination."""
    by = school.vandamme
    test = assessment(school.maths_4tta, school.december, by=by, out_of=100)
    exam = assessment(
        school.maths_4tta, school.december, by=by, title="Examen", category="EXAMEN", out_of=100
    )
    grade(test, school.noor, "45", by=by)
    grade(exam, school.noor, "52", by=by)
    return test, exam


def keep(school, scheme=None, *, categories=None, tokens=None, starts_on=DAY_OF_DECEMBER, **facts):
    return keep_scheme(
        scheme=scheme,
        facts={"name": "Règlement", **facts},
        categories=categories or {},
        tokens=tokens or {},
        starts_on=starts_on,
        by=school.pirard,
        at=TUESDAY,
    )


def noors_result(school):
    return queries.period_results(school.december)[school.noor.pk, school.maths_4tta.course_id]


def form_of(scheme, school, **changes):
    fields = (
        "name daily_work_weight exam_weight scale step rounding pass_mark least_evidence drop_lowest best_of"
    )
    values = {name: getattr(scheme, name) for name in fields.split()}
    return {**values, "starts_with": school.december.pk, **changes}


def test_the_scheme_of_a_course_goes_before_its_levels_and_that_before_the_schools(school, marks):
    course = school.maths_4tta.course
    found = lambda: Schemes(school.december.starts_on).for_course(course).name  # noqa: E731

    assert found() == "Règlement des études"
    level = keep(school, name="Quatrième", year_level=course.year_level)
    assert found() == "Quatrième"
    keep(school, name="Math 4", course=course)
    assert found() == "Math 4"
    assert Schemes(school.december.starts_on).for_course(school.french_2cb.course).name != level.name


@pytest.mark.parametrize(
    ("kept", "holds"),
    [
        ("", "school"),
        ("form", "form"),
        ("level", "level"),
        ("form level", "level"),
        ("form level both", "both"),
        ("form both", "both"),
        ("other_form other_level", "school"),
        ("level_of_other_form level", "level"),
        ("form level both course", "course"),
    ],
)
def test_the_most_particular_scheme_holds(school, kept, holds):
    course = school.maths_4tta.course
    Course.objects.filter(pk=course.pk).update(form="TT")
    course.refresh_from_db()
    level, other = course.year_level, school.french_2cb.course.year_level
    parts = {
        "form": {"form": "TT"},
        "level": {"year_level": level},
        "both": {"year_level": level, "form": "TT"},
        "other_form": {"form": "P"},
        "other_level": {"year_level": other, "form": "TT"},
        "level_of_other_form": {"year_level": level, "form": "P"},
        "course": {"course": course},
    }
    for part in kept.split():
        keep(school, name=part, **parts[part])

    found = Schemes(school.december.starts_on).for_course(course)

    assert found.is_of_the_school if holds == "school" else found.name == holds


def test_a_course_scheme_has_no_form_of_its_own(school):
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(school, course=school.maths_4tta.course, form="TT")


def test_the_simulator_looks_at_the_courses_of_the_form_alone(school, marks):
    proposed = Scheme(name="Technique", form="TT", daily_work_weight=10, exam_weight=90)
    assert queries.simulate(proposed, school.december).results == 0

    Course.objects.filter(pk=school.maths_4tta.course_id).update(form="TT")

    told = queries.simulate(proposed, school.december)
    assert (told.results, told.changed, told.crossing) == (1, 1, 1)


def test_the_head_keeps_a_scheme_for_a_form(school, marks, tap, visit):
    school_wide = Scheme.objects.get()
    course = school.maths_4tta.course
    typed = form_of(school_wide, school, name="Technique", form="ART")
    unknown = tap("gradebook:new_scheme", typed, as_=school.pirard, htmx=False)
    Course.objects.filter(pk=course.pk).update(form="ART")

    both = tap("gradebook:new_scheme", {**typed, "course": course.pk}, as_=school.pirard, htmx=False)
    tap("gradebook:new_scheme", typed, as_=school.pirard, htmx=False)

    assert (unknown.status_code, both.status_code) == (422, 422)
    kept = Scheme.objects.get(form="ART")
    assert (kept.name, kept.course, kept.year_level) == ("Technique", None, None)
    assert "ART" in visit("gradebook:schemes", as_=school.pirard).text
    tap("gradebook:scheme_end", as_=school.pirard, htmx=False, scheme_id=kept.pk)
    assert Scheme.objects.in_force(TUESDAY.date()).filter(form="ART").exists()
    tap("gradebook:scheme_end", {"confirmed": "yes"}, htmx=False, scheme_id=kept.pk)
    assert not Scheme.objects.in_force(TUESDAY.date()).filter(form="ART").exists()


def test_a_change_moves_the_results_of_open_gradebooks(school, marks):
    assert noors_result(school).computed == 49  # 49,2

    keep(school, daily_work_weight=Decimal(10), exam_weight=Decimal(90))

    assert noors_result(school).computed == 51  # 51,3


def test_what_was_frozen_keeps_the_scheme_it_was_computed_with(school, marks):
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)
    first = Scheme.objects.get()

    later = keep(school, first, daily_work_weight=Decimal(10), exam_weight=Decimal(90))

    assert later.pk != first.pk
    assert noors_result(school).computed == 49
    assert noors_result(school).scheme == first


def test_a_token_may_weigh_otherwise_in_a_course(school, marks):
    _test, exam = marks
    grade(exam, school.emma, "ABS", by=school.vandamme)
    keep(school, course=school.maths_4tta.course, tokens={Token.objects.get(code="ABS").pk: "ZERO"})

    emma = queries.period_results(school.december)[school.emma.pk, school.maths_4tta.course_id]
    assert emma.exam == 0


def test_kinds_weigh_where_the_school_says_so(school, marks):
    control = assessment(
        school.maths_4tta, school.december, by=school.vandamme, category="CONTROLE", out_of=100
    )
    grade(control, school.noor, "85", by=school.vandamme)
    weights = {
        Category.objects.get(code="INTERRO").pk: Decimal(1),
        Category.objects.get(code="CONTROLE").pk: Decimal(3),
    }

    assert noors_result(school).daily_work == 65
    keep(school, categories=weights)
    assert noors_result(school).daily_work == 75


def test_a_cumulative_scheme_counts_since_september(school, marks, visit):
    early = assessment(
        school.maths_4tta, school.first_period, by=school.vandamme, out_of=100, held_on=date(2026, 9, 15)
    )
    grade(early, school.noor, "95", by=school.vandamme)
    assert noors_result(school).daily_work == 45

    keep(school, is_cumulative=True, starts_on=date(2026, 8, 24))

    assert noors_result(school).daily_work == 70
    row = next(
        row for row in queries.sheet(school.maths_4tta, school.december).rows if row.pupil == school.noor
    )
    assert row.result.computed == noors_result(school).computed
    why = visit(
        "gradebook:why",
        as_=school.vandamme,
        pupil_id=school.noor.pk,
        group_id=school.maths_4tta.pk,
        period_id=school.december.pk,
    )
    assert "95/100" in why.text


def test_the_simulator_names_who_would_cross_the_pass_mark_and_keeps_nothing(school, marks, tap):
    scheme = Scheme.objects.get()
    form = form_of(scheme, school, daily_work_weight="10", exam_weight="90", simulate="1")

    page = tap("gradebook:scheme", form, as_=school.pirard, scheme_id=scheme.pk)

    assert page.status_code == 200
    simulation = page.context["simulation"]
    assert (simulation.results, simulation.changed) == (1, 1)
    assert (simulation.failing_before, simulation.failing_after) == (1, 0)
    assert [
        (crossing.pupil, crossing.before, crossing.after, crossing.is_rescued)
        for crossing in simulation.crossings
    ] == [(school.noor, 49, 51, True)]
    assert noors_result(school).computed == 49
    assert Scheme.objects.count() == 1


def test_the_head_keeps_a_scheme_from_a_period_on(school, marks, tap, visit):
    scheme = Scheme.objects.get()

    answer = tap(
        "gradebook:scheme",
        form_of(scheme, school, scale="20", step="0,5"),
        as_=school.pirard,
        scheme_id=scheme.pk,
    )

    assert answer.status_code == 302
    kept = Scheme.objects.latest("pk")
    assert (kept.scale, kept.step, kept.starts_on) == (20, Decimal("0.5"), DAY_OF_DECEMBER)
    scheme.refresh_from_db()
    assert scheme.ends_on == DAY_OF_DECEMBER
    assert noors_result(school).computed == 10  # 9,84 to the nearest half
    assert "Règlement des études" in visit("gradebook:schemes", as_=school.pirard).text


def test_a_scheme_that_weighs_nothing_is_refused_in_words(school, marks, tap):
    scheme = Scheme.objects.get()
    form = form_of(scheme, school, daily_work_weight="0", exam_weight="0")

    page = tap("gradebook:scheme", form, as_=school.pirard, scheme_id=scheme.pk)

    assert page.status_code == 422
    assert "cannot both weigh nothing" in page.text


def test_a_level_goes_back_to_the_schools_scheme(school, marks, tap):
    course = school.maths_4tta.course
    level = keep(school, name="Quatrième", year_level=course.year_level)

    ended = tap("gradebook:scheme_end", {"confirmed": "yes"}, as_=school.pirard, scheme_id=level.pk)
    assert ended.status_code == 302
    assert Schemes(school.december.starts_on).for_course(course).name == "Règlement des études"
    with pytest.raises(SchoolNeedsAScheme):
        end_scheme(
            scheme=Scheme.objects.get(course=None, year_level=None),
            on=TUESDAY.date(),
            by=school.pirard,
            at=TUESDAY,
        )


def test_a_new_scheme_begins_with_what_is_usual(school, marks, visit):
    form = visit("gradebook:new_scheme", as_=school.pirard).context["form"]

    shown = [form[name].value() for name in ("daily_work_weight", "exam_weight", "scale", "pass_mark")]
    assert shown == ["40", "60", "100", "50"]


def test_a_scheme_that_served_ends_the_day_after_it_began_at_the_soonest(school, marks):
    course = school.maths_4tta.course
    served = keep(school, name="Math 4", course=course)
    actions.close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY)

    end_scheme(scheme=served, on=DAY_OF_DECEMBER, by=school.pirard, at=TUESDAY)

    assert served.ends_on == date(2026, 10, 18)


def test_the_simulator_bears_that_a_result_would_stand_on_nothing(school, marks):
    early = assessment(school.maths_4tta, school.first_period, by=school.vandamme, held_on=date(2026, 9, 10))
    grade(early, school.emma, "4", by=school.vandamme)
    keep(school, Scheme.objects.get(), is_cumulative=True)

    told = queries.simulate(Scheme(name="Par période"), school.december)

    assert (told.results, told.changed) == (2, 1)
    assert told.failing_before - told.failing_after == 1


@pytest.mark.parametrize("who", ["vandamme", "maes", "noor", "samira", "nys"])
def test_only_the_head_keeps_schemes(school, visit, tap, who):
    assert school.everybody
    scheme = Scheme.objects.get()

    assert visit("gradebook:schemes", as_=school.everybody[who]).status_code == 404
    assert tap("gradebook:scheme", {}, as_=school.everybody[who], scheme_id=scheme.pk).status_code == 404
