import json
from decimal import Decimal

from preau.gradebook.actions import choose_result, write_comment
from preau.gradebook.tests.builders import grade
from preau.grading.models import CourseResult, Scheme
from preau.kit import clock
from preau.report_cards import queries
from preau.report_cards.actions import write_tutor_word
from preau.report_cards.documents.words import column_names, legend
from preau.structure.models import Enrolment, GroupMembership

from .builders import EVENING, FRIDAY, graded


def facts(school, pupil, period=None):
    with clock.at(FRIDAY):
        return queries.snapshot_of(period or school.december, pupil).facts


def course(facts, name):
    return next(course for course in facts["courses"] if course["name"] == name)


def values(facts, name):
    figures = course(facts, name)["figures"]
    return {key: figure and (figure["token"] or figure["value"]) for key, figure in figures.items()}


def test_the_worked_example_stands_on_the_card(school):
    """Daily work (1 × 0,7 + 2 × 0) ÷ 3 = 23; with 62 at the exam 46,53 → 47; since September 49,08 → 49."""
    graded(school)

    card = facts(school, school.noor)

    assert values(card, "Math 4") == {"daily_work": "23", "exam": "62", "period": "47", "standing": "49"}
    assert values(card, "Français 5") == {"daily_work": "60", "exam": None, "period": "60", "standing": "62"}
    assert course(card, "Math 4")["figures"]["standing"]["fails"]
    assert card["columns"] == ["daily_work", "exam", "period", "standing"]
    assert [period["value"] for period in course(card, "Math 4")["so_far"]] == ["58", "47"]


def test_the_average_weighs_each_course_by_its_periods_a_week(school):
    """(4 × 0,490815 + 5 × 0,622222) ÷ 9 = 56,38 → 56. In October (4 × 58 + 5 × 70) ÷ 9 = 64,67 → 65."""
    graded(school)

    summary = facts(school, school.noor)["summary"]

    assert summary["average"] == "56"
    assert summary["previous"] == {"name": "Première période", "average": "65"}
    assert (summary["failed_hours"], summary["hours"]) == (4, 9)
    assert summary["failed_courses"] == [{"name": "Math 4", "hours": 4}]


def test_courses_that_do_not_count_are_left_out_of_failures_and_average(school):
    graded(school)
    school.common_course.counts_as_failure = school.common_course.counts_in_average = False
    school.common_course.save()

    summary = facts(school, school.noor)["summary"]

    assert (summary["average"], summary["failed_hours"]) == (None, 0)


def test_the_first_period_has_no_column_for_what_is_not_there(school):
    graded(school)

    card = facts(school, school.noor, school.first_period)

    assert card["columns"] == ["period"]
    assert values(card, "Math 4")["period"] == "58"
    assert card["summary"]["previous"] is None


def test_what_people_wrote_and_retained_is_on_the_card(school):
    graded(school)
    where = {"group": school.maths_4tta, "period": school.december, "pupil": school.noor}
    write_comment(**where, text="De la méthode, et du calme.", by=school.vandamme, at=FRIDAY)
    choose_result(**where, chosen=Decimal(50), because="Progrès", by=school.vandamme, at=FRIDAY)
    write_tutor_word(
        pupil=school.noor, period=school.december, text="Courage !", by=school.vandamme, at=FRIDAY
    )

    card = facts(school, school.noor)

    assert course(card, "Math 4")["comment"] == "De la méthode, et du calme."
    assert course(card, "Math 4")["teachers"] == ["Claire Vandamme"]
    assert (values(card, "Math 4")["period"], course(card, "Math 4")["computed"]) == ("50", "47")
    assert card["tutor_word"] == {"text": "Courage !", "by": "Claire Vandamme"}
    assert card["pupil"]["tutors"] == ["Claire Vandamme"]


def test_a_certificate_at_the_only_examination_shows_its_sign(school):
    graded(school)
    exam = school.maths_4tta.assessments.get(title="Examen")
    exam.grades.filter(pupil=school.emma).delete()
    grade(exam, school.emma, "CM", by=school.vandamme)

    card = facts(school, school.emma)

    assert course(card, "Math 4")["figures"]["exam"]["token"] == "CM"
    assert ["CM", "certificat médical", "IGNORED"] in card["tokens"]


def test_what_the_council_puts_in_brackets_is_neither_failure_nor_average(school):
    """Only French remains: 62; mathematics stands at its first period, 58."""
    graded(school)
    CourseResult.objects.create(
        group=school.maths_4tta,
        period=school.december,
        pupil=school.noor,
        attribute=CourseResult.Attribute.BRACKETS,
    )

    card = facts(school, school.noor)

    assert course(card, "Math 4")["figures"]["period"] == {
        "value": "47",
        "token": "",
        "fails": False,
        "is_bracketed": True,
    }
    assert (values(card, "Math 4")["standing"], card["summary"]["failed_hours"]) == ("58", 0)
    assert "in brackets: neither a failure nor in the average" in dict(legend(card, column_names())).values()


def test_under_a_cumulative_scheme_the_latest_period_says_it_all(school):
    graded(school)
    Scheme.objects.update(is_cumulative=True)

    card = facts(school, school.noor)

    assert values(card, "Math 4")["standing"] == values(card, "Math 4")["period"]


def test_who_changes_group_takes_the_results_along(school):
    graded(school)
    other = school.maths_4tta
    other.pk, other.code = None, "4:MATH4-02"
    other.save()
    first = school.noor.memberships.get(group__code="4:MATH4-01")
    GroupMembership.objects.filter(pk=first.pk).update(ends_on="2026-12-01")
    GroupMembership.objects.create(group=other, pupil=school.noor, starts_on="2026-12-01")

    assert values(facts(school, school.noor), "Math 4")["standing"] == "49"


def test_who_has_left_gets_no_card_and_who_moved_is_in_the_new_class(school):
    graded(school)
    Enrolment.objects.filter(pupil=school.emma).update(ends_on="2026-12-01")
    Enrolment.objects.filter(pupil=school.noor).update(ends_on="2026-12-01")
    Enrolment.objects.create(pupil=school.noor, class_group=school.class_5ttb, starts_on="2026-12-01")

    with clock.at(FRIDAY):
        found = queries.facts_of(school.december)

    assert school.emma.pk not in found
    assert found[school.noor.pk].facts["pupil"]["class_group"] == "5TTB"


def test_facts_are_plain_data_and_say_nothing_of_others(school):
    graded(school)

    said = json.dumps(facts(school, school.noor), ensure_ascii=False)

    assert json.loads(said) == facts(school, school.noor)
    assert "Emma" not in said
    assert "Claes" not in said


def test_thirty_pupils_cost_the_queries_of_one(school, django_assert_max_num_queries):
    graded(school)

    with clock.at(EVENING), django_assert_max_num_queries(30):
        assert len(queries.facts_of(school.december)) == 4
