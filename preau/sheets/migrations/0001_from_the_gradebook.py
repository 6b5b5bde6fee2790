import django.db.models.deletion
from django.db import migrations, models

ACTS = ("put_file_in", "take_books")


def name_after_sheets(apps, schema_editor):
    rename(apps, schema_editor, "gradebook", "sheets")


def name_after_gradebook(apps, schema_editor):
    rename(apps, schema_editor, "sheets", "gradebook")


def rename(apps, schema_editor, before, after):
    """Give acts and long work the name of the app that does them."""
    database = schema_editor.connection.alias
    traces = apps.get_model("trail", "Trace").objects.using(database)
    for act in ACTS:
        traces.filter(act=f"{before}.{act}").update(act=f"{after}.{act}")
    works = apps.get_model("work", "Work").objects.using(database)
    works.filter(what=f"{before}.books").update(what=f"{after}.books")


def key_to(model):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=model)


class Migration(migrations.Migration):
    """Files that come to a sheet are kept by sheets, in the table they have."""

    dependencies = [
        ("gradebook", "0010_table_of_sheets"),
        ("people", "0001_first_tables"),
        ("structure", "0002_form_of_a_course"),
        ("trail", "0001_first_tables"),
        ("work", "0001_first_tables"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SheetFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("name", models.CharField(max_length=200, verbose_name="file")),
                        ("file", models.FileField(upload_to="sheets/")),
                        ("choices", models.JSONField(default=dict)),
                        ("by", key_to("people.person")),
                        ("group", key_to("structure.coursegroup")),
                        ("period", key_to("structure.reportperiod")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "period", "by"),
                                name="one_file_per_sheet_and_teacher_at_a_time",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(name_after_sheets, name_after_gradebook),
    ]
