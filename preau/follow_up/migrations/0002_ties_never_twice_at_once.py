from typing import Any

from django.db import migrations

import preau.people.ties
from preau.people.untangling import untangle


def one_at_a_time(apps: Any, schema_editor: Any) -> None:
    untangle(apps.get_model("follow_up", "AdjustmentPlan"), ["pupil"], schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("follow_up", "0001_first_tables"),
        ("people", "0002_ties_never_twice_at_once"),
    ]

    operations = [
        migrations.RunPython(one_at_a_time, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="adjustmentplan",
            name="one_open_adjustment_plan_per_pupil",
        ),
        migrations.AddConstraint(
            model_name="adjustmentplan",
            constraint=preau.people.ties.NeverTwiceAtOnce(
                fields=("pupil",), name="a_pupil_has_one_adjustment_plan_at_a_time"
            ),
        ),
    ]
