import datetime
from typing import Any

from django.db import migrations, models
from django.db.models import F

import preau.people.ties
from preau.people.untangling import day_before, untangle


def one_at_a_time(apps: Any, schema_editor: Any) -> None:
    untangle(apps.get_model("people", "Duty"), ["person", "kind"], schema_editor)
    for tie in apps.get_model("people", "Relationship").objects.filter(ends_on__lte=F("starts_on")):
        tie.starts_on = day_before(tie.ends_on)  # It ended on its first day: else nothing is kept of it.
        tie.save(update_fields=["starts_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_first_tables"),
        ("structure", "0001_first_tables"),  # The scopes of a duty go with it.
    ]

    operations = [
        migrations.RunPython(one_at_a_time, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="relationship",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="until (excluded)"),
        ),
        migrations.AlterField(
            model_name="relationship",
            name="starts_on",
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name="from"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=preau.people.ties.NeverTwiceAtOnce(
                fields=("person", "kind"), name="a_duty_is_held_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="a_relationship_ends_after_it_starts",
                violation_error_message="It ends before it starts: check the two dates.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="duty",
            name="a_duty_ends_after_it_starts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="a_duty_ends_after_it_starts",
                violation_error_message="It ends before it starts: check the two dates.",
            ),
        ),
    ]
