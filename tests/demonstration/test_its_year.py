"""Classes, groups and ties of the demonstration: the ordinary ones, and those with a story."""

from datetime import date
from itertools import pairwise

import pytest
from django.db.models import Count

from preau.people.models import Person, Relationship
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    School,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)

pytestmark = pytest.mark.usefixtures("lycee")


def who(name: str) -> Person:
    given, family = name.split(" ", 1)
    return Person.objects.get(given_name=given, family_name=family)


def class_of(name: str) -> str:
    return who(name).enrolments.in_force().get().class_group.name


def test_the_school_and_its_year_are_those_of_the_tests():
    assert str(School.objects.get()) == "Lycée du Parc"
    year = SchoolYear.objects.get()
    assert (year.name, year.starts_on, year.ends_on) == ("2026-2027", date(2026, 8, 24), date(2027, 7, 3))


def test_the_periods_follow_one_another_and_weigh_a_hundred():
    periods = list(ReportPeriod.objects.order_by("starts_on"))

    assert [period.code for period in periods] == ["P1", "P2", "P3", "P4", "JUIN"]
    assert all(before.ends_on == after.starts_on for before, after in pairwise(periods))
    assert sum(period.weight for period in periods) == 100


def test_holidays_are_inside_the_year():
    year = SchoolYear.objects.get()

    assert year.events.count() >= 9
    assert not year.events.filter(starts_on__lt=year.starts_on).exists()
    assert not year.events.filter(ends_on__gt=year.ends_on).exists()


@pytest.mark.parametrize(
    ("name", "class_name"),
    [("Noor Haddad", "4TTA"), ("Emma Claes", "4TTA"), ("Elias Haddad", "2CB"), ("Alma Berg", "5TTB")],
)
def test_pupils_sit_where_the_tests_say(name, class_name):
    assert class_of(name) == class_name


@pytest.mark.parametrize(
    ("name", "course", "class_name"),
    [
        ("Claire Vandamme", "Math 4", "4TTA"),
        ("Marc Thys", "Physique 2", "5TTB"),
        ("Sophie Lemaire", "Français 6", "2CB"),
    ],
)
def test_teachers_teach_what_the_tests_say(name, course, class_name):
    groups = CourseGroup.objects.filter(assignments__in=who(name).assignments.in_force())

    assert groups.filter(course__name=course, name=class_name).exists()
    assert groups.count() >= 3


def test_tutors_are_those_of_the_tests():
    tutors = dict(Tutorship.objects.values_list("class_group__name", "tutor__family_name"))

    assert tutors["4TTA"] == "Vandamme"
    assert tutors["2CB"] == "Lemaire"
    assert not who("Marc Thys").tutorships.exists()


def test_every_class_has_a_tutor_who_teaches_it():
    for tie in Tutorship.objects.select_related("class_group"):
        members = GroupMembership.objects.filter(group__assignments__teacher=tie.tutor)
        assert members.filter(pupil__enrolments__class_group=tie.class_group).exists(), tie


def test_every_pupil_follows_about_ten_courses_and_thirty_periods():
    for pupil in Person.objects.filter(enrolments__in=Enrolment.objects.in_force()).distinct():
        ties = pupil.memberships.in_force().select_related("group__course")
        periods = sum(tie.group.course.weekly_periods for tie in ties)
        assert 9 <= len(ties) <= 15, pupil
        assert 24 <= periods <= 38, pupil


def test_a_pupil_follows_a_subject_once():
    ties = (
        GroupMembership.objects.in_force().values("pupil", "group__course__subject").annotate(n=Count("pk"))
    )

    assert not ties.filter(n__gt=1).exists()


# Stories.
def test_twins_sit_in_one_class():
    families = Relationship.objects.values("guardian").annotate(
        pupils=Count("pupil"), days=Count("pupil__born_on", distinct=True)
    )
    twins = families.filter(pupils=2, days=1).order_by("guardian").first()
    pupils = Person.objects.filter(guardianships__guardian=twins["guardian"])

    assert len({pupil.enrolments.get().class_group for pupil in pupils}) == 1


def test_a_pupil_moved_in_november_from_maths_4_to_maths_6():
    mehdi = who("Mehdi Tazi")
    maths = mehdi.memberships.filter(group__course__subject__code="MATH").order_by("starts_on")
    classes = list(mehdi.enrolments.order_by("starts_on").values_list("class_group__name", "ends_on"))

    assert [tie.group.course.weekly_periods for tie in maths] == [4, 6]
    assert maths[0].ends_on == maths[1].starts_on == date(2026, 11, 16)
    assert classes == [("5GA", date(2026, 11, 16)), ("5GB", None)]


def test_a_pupil_came_on_10_january():
    andrei = who("Andrei Popescu")

    assert andrei.enrolments.get().starts_on == date(2027, 1, 10)
    assert {tie.starts_on for tie in andrei.memberships.all()} == {date(2027, 1, 10)}


def test_a_teacher_on_sick_leave_is_replaced_and_sees_the_groups_no_more():
    replacing = TeachingAssignment.objects.filter(kind="REPLACEMENT").in_force()
    group = replacing.first().group
    before = group.assignments.get(kind="MAIN")

    assert before.ends_on == group.assignments.get(kind="REPLACEMENT").starts_on
    assert not before.teacher.assignments.in_force().exists()


def test_some_groups_have_two_teachers():
    assert CourseGroup.objects.filter(assignments__kind="CO_TEACHER").exists()


def test_one_class_has_two_tutors():
    two = ClassGroup.objects.annotate(n=Count("tutorships")).get(n=2)

    assert two.name == "3GA"


def test_a_group_draws_from_four_classes_or_more():
    classes = {
        tie.pupil.enrolments.in_force().get().class_group.name
        for tie in GroupMembership.objects.in_force().filter(group__course__subject__code="CHOR")
    }

    assert len(classes) >= 4


def test_there_are_a_supplementary_year_and_an_immersion_class():
    assert who("Emre Kaya").enrolments.get().class_group.year_level.code == "2S"
    in_dutch = Course.objects.filter(language="nl", groups__memberships__pupil=who("Hanne Goossens"))
    assert set(in_dutch.values_list("subject__code", flat=True)) == {"HIST", "GEO"}


def test_educators_look_after_some_classes_and_coordinators_after_a_degree():
    diallo = who("Ousmane Diallo").duties.get()
    scoped = Person.objects.filter(duties__kind="EDUCATOR", duties__scopes__class_group__isnull=False)

    assert not diallo.scopes.exists()
    assert scoped.exists()
    assert Person.objects.filter(duties__kind="COORDINATOR", duties__scopes__year_level__degree=3).exists()
