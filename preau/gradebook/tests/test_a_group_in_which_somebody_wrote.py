"""A group in which somebody wrote is taken away from the next day on; that they had it is never forgotten."""

from datetime import timedelta

from preau.structure.actions import assign_teacher, end_assignment
from preau.structure.actions.many import end_assignments
from preau.structure.models import TeachingAssignment

from .builders import assessment, grade


def test_an_assignment_of_a_day_is_forgotten_only_while_nothing_was_written(school, school_day):
    today = school_day.date()
    given = {
        "group": school.maths_4tta, "teacher": school.thys, "on": today, "by": school.maes, "at": school_day
    }  # fmt: skip
    for end in (_one_by_one, _by_a_file):
        end(assign_teacher(**given), today, school)
        assert not TeachingAssignment.objects.filter(teacher=school.thys, group=school.maths_4tta).exists()

    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    used = assign_teacher(**given)
    grade(test, school.noor, "12", by=school.thys)
    for end in (_one_by_one, _by_a_file):
        end(used, today, school)
        used.refresh_from_db()
        assert (used.starts_on, used.ends_on) == (today, today + timedelta(days=1))


def _one_by_one(assignment, today, school):
    end_assignment(assignment=assignment, on=today, by=school.maes, at=None)


def _by_a_file(assignment, today, school):
    end_assignments(keys=[assignment.pk], on=today, by=school.maes, at=None)
