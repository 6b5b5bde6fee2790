"""The demonstration is the same each time it opens, and goes as far back as one likes."""

from django.db.models import Count

from preau.grading.models import CourseResult
from preau.kit.demo import Options
from preau.people.models import Person
from preau.structure.models import CourseGroup, Enrolment, SchoolYear, TeachingAssignment
from tests.demonstration.conftest import opened


def _what_is_said() -> list[tuple]:
    """Return what stands for names, ties, grades and results, whatever the keys of the records."""
    names = Person.objects.order_by("account__username").values_list("account__username", "born_on", "email")
    groups = CourseGroup.objects.order_by("code").annotate(n=Count("memberships")).values_list("code", "n")
    sums = CourseResult.objects.order_by("period__starts_on", "group__code", "pupil__account__username")
    return [*names, *groups, *sums.values_list("computed", "exam_token", "pupil__account__username")]


def test_the_same_seed_gives_the_same_school_and_another_seed_another(db):
    said = []
    for seed in (1, 1, 2):
        with opened(Options(pupils=60, seed=seed)):
            said.append(_what_is_said())

    assert said[0] == said[1] != said[2]


def test_earlier_years_have_their_history_too(db):
    with opened(Options(pupils=60, years=2)):
        last_year, this_year = SchoolYear.objects.order_by("starts_on")
        past = CourseResult.objects.filter(period__school_year=last_year)

        assert str(last_year) == "2025-2026"
        assert past.values("period").distinct().count() == 5
        assert past.filter(pupil__course_results__period__school_year=this_year).exists()
        assert Enrolment.objects.in_force().count() == 60
        assert not TeachingAssignment.objects.in_force().filter(group__school_year=last_year).exists()
