"""Groups, and a year that ends, for the stories of the structure."""

from datetime import date

from preau.kit import clock
from preau.structure import actions, queries
from preau.structure.actions import Decided
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    DutyScope,
    Enrolment,
    GroupMembership,
    PupilStep,
    Subject,
    TeachingAssignment,
    Tutorship,
)
from tests.cast import FIRST_DAY, Cast

JULY = date(2027, 7, 10)
PASSES, REPEATS, LEAVES = PupilStep.Decision.values
MADE = (ClassGroup, CourseGroup, Enrolment, GroupMembership, TeachingAssignment, Tutorship, DutyScope)


def group_of(school: Cast, class_group: ClassGroup, subject: str, *pupils, code="", periods=4) -> CourseGroup:
    """Make a group of a course in a class, and have these pupils follow it."""
    matter, _ = Subject.objects.get_or_create(code=subject, defaults={"name": subject.title()})
    course, _ = Course.objects.get_or_create(
        code=f"{class_group.year_level.code}:{subject}{periods}",
        defaults={
            "subject": matter,
            "year_level": class_group.year_level,
            "weekly_periods": periods,
            "name": f"{subject.title()} {periods}",
            "status": school.common_course,
        },
    )
    name = f"{class_group.name}{code}"
    group = CourseGroup.objects.create(
        course=course, school_year=class_group.school_year, code=f"{course.code}-{name}", name=name
    )
    for pupil in pupils:
        GroupMembership.objects.create(group=group, pupil=pupil, starts_on=FIRST_DAY)
    return group


def a_year_ends(school: Cast) -> None:
    """
    Noor and Emma end 4TTA, Elias 2CB, and Alma and Zoé 5TTA, the last year; Emma and Zoé study Dutch too.

    Claire Vandamme teaches 4TTA, Marc Thys 5TTA. The secretary opens the next year.
    """
    school.french_2cb, school.maths_4tta  # noqa: B018 – they come
    last = school.class_5tta = school._class("5TTA", "5", 50, school.thys, school.alma, school.zoe)
    school.maths_5 = group_of(school, last, "MATH", school.alma, school.zoe)
    school.dutch_5 = group_of(school, last, "DUTCH", school.zoe)
    school.dutch_4 = group_of(school, school.class_4tta, "DUTCH", school.emma)
    for group in (school.maths_5, school.dutch_5, school.dutch_4):
        TeachingAssignment.objects.create(group=group, teacher=school.thys, starts_on=FIRST_DAY)
    school.next = actions.open_school_year(first_year=2027, by=school.maes, at=clock.now())


def decide(school, class_group, to="", by=None, **decided):
    """Say what becomes of pupils of a class, by their names in the cast."""
    return actions.settle_class(
        class_group=class_group,
        school_year=school.next,
        to=to,
        is_carried=True,
        tutors_stay=True,
        tutor=None,
        decided=[Decided(getattr(school, name).pk, decision) for name, decision in decided.items()],
        by=by or school.maes,
        at=clock.now(),
    )


def decide_all(school):
    decide(school, school.class_4tta, noor=PASSES, emma=REPEATS)
    decide(school, school.class_2cb, elias=LEAVES)
    decide(school, school.class_5tta, alma=PASSES)


def plan_of(school, by=None):
    return queries.rollover_plan(school.next, by=by or school.maes)


def bring_forward(school, by=None):
    seen = plan_of(school, by).fingerprint
    return actions.bring_forward(school_year=school.next, seen=seen, by=by or school.maes, at=clock.now())


def all_that_is(models=MADE):
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def group_in(school, group):
    return CourseGroup.objects.get(school_year=school.next, code=group.code)
