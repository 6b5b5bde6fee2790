"""The demonstration has the proportions of a real school."""

from statistics import mean, median

import pytest
from django.db.models import Count, Q, Sum

from preau.gradebook.models import Assessment, Comment, Grade
from preau.grading.models import CourseResult
from preau.people.models import Person, Relationship
from preau.structure.demo.grids import LEVELS
from preau.structure.models import (
    ClassGroup,
    Course,
    Enrolment,
    GroupMembership,
    TeachingAssignment,
)

PUPILS = 240


def share(part, whole) -> float:
    return part.count() / whole.count()


# People.
@pytest.mark.usefixtures("big_lycee")
def test_the_numbers_of_people():
    assert Enrolment.objects.in_force().count() == PUPILS
    assert Person.objects.filter(wards__isnull=False).distinct().count() == round(1.75 * PUPILS)


@pytest.mark.usefixtures("big_lycee")
def test_the_levels_have_their_shares():
    by_level = dict(
        Enrolment.objects.in_force()
        .values("class_group__year_level__code")
        .annotate(n=Count("pk"))
        .values_list("class_group__year_level__code", "n")
    )

    expected = {"1C": 190, "2C": 190, "2S": 40, "3": 190, "4": 150, "5": 120, "6": 120}
    assert set(by_level) == {code for code, *_rest in LEVELS}
    for code, thousandths in expected.items():
        assert by_level[code] == pytest.approx(thousandths * PUPILS / 1000, abs=1)


@pytest.mark.usefixtures("big_lycee")
def test_the_forms_have_their_shares():
    upper = Enrolment.objects.in_force().filter(class_group__year_level__degree__gt=1)

    assert share(upper.filter(class_group__form="G"), upper) == pytest.approx(0.72, abs=0.06)
    assert share(upper.filter(class_group__form="TQ"), upper) == pytest.approx(0.14, abs=0.05)


@pytest.mark.usefixtures("big_lycee")
def test_families_live_as_families_do():
    pupils = Person.objects.filter(guardianships__isnull=False).distinct()
    homes = pupils.annotate(homes=Count("households", distinct=True))
    guardians = Relationship.objects.order_by().values("guardian").annotate(children=Count("pupil"))
    restricted = Relationship.objects.exclude(restricted_on=None).order_by().values("guardian").distinct()

    assert share(homes.filter(homes=2), homes) == pytest.approx(0.27, abs=0.07)
    assert share(guardians.filter(children__gt=1), guardians) == pytest.approx(0.15, abs=0.05)
    assert share(restricted, guardians) == pytest.approx(0.04, abs=0.015)


@pytest.mark.usefixtures("big_lycee")
def test_guardians_choose_their_language():
    guardians = Person.objects.filter(wards__isnull=False).order_by().distinct()

    assert share(guardians.filter(language="fr"), guardians) == pytest.approx(0.92, abs=0.05)
    assert guardians.filter(language="nl").exists()
    assert guardians.filter(language="en").exists()


@pytest.mark.usefixtures("big_lycee")
def test_nine_pupils_in_a_hundred_were_of_age_on_1_january():
    pupils = Person.objects.filter(enrolments__in=Enrolment.objects.in_force())

    assert share(pupils.filter(born_on__lte="2009-01-01"), pupils) == pytest.approx(0.09, abs=0.045)


# Groups.
@pytest.mark.usefixtures("big_lycee")
def test_pupils_follow_as_many_courses_as_in_a_real_school():
    ties = GroupMembership.objects.in_force()
    periods = ties.aggregate(sum=Sum("group__course__weekly_periods"))["sum"]

    assert ties.count() / PUPILS == pytest.approx(10.7, abs=0.5)
    assert periods / PUPILS == pytest.approx(32.3, abs=1)


@pytest.mark.usefixtures("big_lycee")
def test_no_class_is_fuller_than_allowed():
    sizes = ClassGroup.objects.annotate(n=Count("enrolments", filter=Q(enrolments__ends_on=None)))

    assert all(group.n <= 28 for group in sizes)
    assert all(group.n <= 26 for group in sizes if group.year_level.degree == 1)


@pytest.mark.usefixtures("big_lycee")
def test_teachers_have_weeks_of_about_the_same_length():
    weeks = (
        TeachingAssignment.objects.in_force()
        .values("teacher")
        .annotate(n=Sum("group__course__weekly_periods"))
    )
    lengths = [week["n"] for week in weeks]

    assert 12 <= mean(lengths) <= 26
    assert max(lengths) <= 2 * median(lengths)


@pytest.mark.usefixtures("big_lycee")
def test_courses_of_two_periods_are_the_most_common():
    periods = list(Course.objects.values_list("weekly_periods", flat=True))

    assert periods.count(2) / len(periods) == pytest.approx(0.47, abs=0.06)
    assert periods.count(4) / len(periods) == pytest.approx(0.2, abs=0.06)


# Marks.
@pytest.mark.usefixtures("big_lycee")
def test_there_are_as_many_grades_as_in_a_real_school():
    assert Grade.objects.count() / PUPILS == pytest.approx(190, rel=0.05)


@pytest.mark.usefixtures("big_lycee")
def test_the_number_of_tests_follows_the_weekly_periods():
    first = Assessment.objects.filter(period__code="P1")
    by_periods = {
        periods: n / groups
        for periods, n, groups in first.values("group__course__weekly_periods")
        .annotate(n=Count("pk"), groups=Count("group", distinct=True))
        .values_list("group__course__weekly_periods", "n", "groups")
    }

    assert by_periods == {1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 7}


@pytest.mark.usefixtures("big_lycee")
def test_tokens_and_empty_cells_have_their_shares():
    grades, tests = Grade.objects.all(), Assessment.objects.filter(period__code="P1")
    expected = sum(
        test.group.memberships.filter(starts_on__lte=test.held_on).count()
        for test in tests.order_by("?")[:200]
    )

    assert share(grades.filter(token__code__in=["CM", "ABS"]), grades) == pytest.approx(0.036, abs=0.005)
    assert share(grades.filter(token__code="NR"), grades) == pytest.approx(0.015, abs=0.004)
    assert share(grades.filter(token__code="EXC"), grades) == pytest.approx(0.005, abs=0.002)
    assert expected > 0
    assert share(tests.exclude(neutralised_at=None), tests) == pytest.approx(0.01, abs=0.01)


@pytest.mark.usefixtures("big_lycee")
def test_results_are_spread_as_in_a_real_school():
    results = CourseResult.objects.filter(period__code="P2").exclude(computed=None)
    maths = results.filter(group__course__subject__code="MATH")
    sport = results.filter(group__course__subject__code="GYM")
    values = [float(value) for value in results.values_list("computed", flat=True)]

    assert mean(values) == pytest.approx(65, abs=3)
    assert share(results.filter(computed__lt=50), results) == pytest.approx(0.12, abs=0.035)
    assert share(maths.filter(computed__lt=50), maths) == pytest.approx(0.22, abs=0.06)
    assert share(sport.filter(computed__lt=50), sport) < 0.06


@pytest.mark.usefixtures("big_lycee")
def test_most_results_come_with_a_comment():
    assert share(Comment.objects.all(), CourseResult.objects.all()) == pytest.approx(0.85, abs=0.02)
