from datetime import date

from preau.kit import clock, memory
from preau.people.models import Person
from preau.structure import queries
from preau.structure.models import Enrolment, GroupMembership, ReportPeriod, TeachingAssignment
from preau.structure.relations import groups_of


def test_the_period_in_course_is_the_one_whose_days_we_are_in(school):
    first, december = school.first_period, school.december

    assert queries.current_year() == school.year
    assert queries.current_period() == december
    assert queries.current_period(date(2026, 9, 1)) == first
    assert queries.current_period(date(2027, 1, 15)) == december
    assert queries.current_period(date(2026, 8, 1)) == first


def test_in_summer_the_year_that_has_just_ended_is_still_ours(school):
    assert school.year

    with clock.at(date(2027, 7, 20)):
        assert queries.current_year() == school.year


def test_a_school_without_years_has_no_period(db):
    assert queries.current_year() is None
    assert queries.current_period() is None
    assert queries.school() is None


def test_what_every_page_needs_is_asked_once(school, django_assert_num_queries):
    assert school.december
    assert school.lycee
    memory.forget()  # What the cast has just written counts as saved.
    queries.current_period(), queries.school()

    with django_assert_num_queries(0):
        assert queries.current_period().school_year.name == "2026-2027"
        assert queries.school().name == "Lycée du Parc"


def test_a_change_is_known_at_once(school):
    assert queries.school() is None
    assert school.lycee
    assert queries.school() == school.lycee

    school.december.name = "Noël"
    school.december.save()

    assert queries.current_period().name == "Noël"


def test_members_of_a_group_on_a_day_and_during_a_period(school):
    group, december = school.maths_4tta, school.december
    GroupMembership.objects.filter(pupil=school.emma).update(ends_on=date(2026, 11, 9))

    assert list(queries.members_of(group)) == [school.noor]
    assert list(queries.members_of(group, on=date(2026, 9, 1))) == [school.emma, school.noor]
    assert list(queries.members_of(group, during=december)) == [school.emma, school.noor]


def test_groups_taught_come_with_their_course_and_size(school, django_assert_num_queries):
    keys = [school.maths_4tta.pk]

    with django_assert_num_queries(1):
        (group,) = queries.groups_with_size(keys)
        assert (str(group), group.size) == ("Math 4, 4TTA", 2)
    assert groups_of(school.vandamme) == keys
    with clock.at(date(2026, 8, 1)):
        assert groups_of(school.vandamme) == []
        assert [group.size for group in queries.groups_with_size(keys)] == [0]


def test_the_class_of_a_pupil_is_that_of_the_day(school):
    assert school.class_4tta
    Enrolment.objects.filter(pupil=school.noor).update(ends_on=date(2026, 11, 9))
    Enrolment.objects.create(pupil=school.noor, class_group=school.class_5ttb, starts_on=date(2026, 11, 9))

    assert queries.class_of(school.noor) == school.class_5ttb
    assert queries.class_of(school.noor, on=date(2026, 11, 8)) == school.class_4tta
    assert queries.class_of(school.zoe) is None


def test_staff_are_those_who_teach_tutor_or_hold_a_duty(school):
    assert school.maths_4tta
    for who in (school.maes, school.noor, school.samira):
        assert who.pk
    TeachingAssignment.objects.create(
        group=school.maths_4tta, teacher=school.thys, starts_on=date(2027, 1, 4)
    )

    assert list(queries.staff()) == [school.maes, school.vandamme]
    assert school.thys in queries.staff(on=date(2027, 1, 4))


def test_a_period_is_made_of_days_of_its_year(school):
    assert queries.periods_of(None) == []
    assert [p.code for p in queries.periods_of(queries.current_year())] == []
    assert school.december
    assert school.first_period
    assert [p.code for p in queries.periods_of(queries.current_year())] == ["P1", "P2"]
    assert ReportPeriod.objects.count() == 2
    assert not Person.objects.exists()
