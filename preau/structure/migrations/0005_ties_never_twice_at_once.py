from typing import Any

from django.db import migrations

import preau.people.ties
from preau.people.untangling import untangle


def one_at_a_time(apps: Any, schema_editor: Any) -> None:
    for tie, fields in (
        ("Enrolment", ["pupil"]),
        ("GroupMembership", ["pupil", "group"]),
        ("TeachingAssignment", ["teacher", "group"]),
        ("Tutorship", ["tutor", "class_group"]),
    ):
        untangle(apps.get_model("structure", tie), fields, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_ties_never_twice_at_once"),
        ("structure", "0004_logo_among_the_files"),
    ]

    operations = [
        migrations.RunPython(one_at_a_time, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="enrolment",
            name="one_open_enrolment_per_pupil_and_class",
        ),
        migrations.RemoveConstraint(
            model_name="groupmembership",
            name="one_open_membership_per_pupil_and_group",
        ),
        migrations.RemoveConstraint(
            model_name="teachingassignment",
            name="one_open_assignment_per_teacher_and_group",
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=preau.people.ties.NeverTwiceAtOnce(
                fields=("pupil",), name="a_pupil_is_in_one_class_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=preau.people.ties.NeverTwiceAtOnce(
                fields=("pupil", "group"), name="a_pupil_is_in_a_group_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="teachingassignment",
            constraint=preau.people.ties.NeverTwiceAtOnce(
                fields=("teacher", "group"), name="a_teacher_has_a_group_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="tutorship",
            constraint=preau.people.ties.NeverTwiceAtOnce(
                fields=("tutor", "class_group"), name="a_tutor_has_a_class_once_at_a_time"
            ),
        ),
    ]
