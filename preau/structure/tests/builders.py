"""Groups for the stories of the structure."""

from preau.structure.models import ClassGroup, Course, CourseGroup, GroupMembership, Subject
from tests.cast import FIRST_DAY, Cast


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
