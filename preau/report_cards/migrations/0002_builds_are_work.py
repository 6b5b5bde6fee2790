import django.db.models.deletion
from django.db import migrations, models


def make_them_work(apps, schema_editor):
    for build in apps.get_model("report_cards", "Build").objects.select_related("period").iterator():
        build.work = apps.get_model("work", "Work").objects.create(
            what="report_cards.build",
            title=build.period.name,
            leads_to=f"/report-cards/periods/{build.period_id}/",
            asked_by_id=build.by_id,
            asked_at=build.started_at,
            begun_at=build.started_at,
            told_at=build.told_at,
            finished_at=build.finished_at,
            done=build.done,
            total=build.total,
            refusal=build.problem,
        )
        build.save(update_fields=["work"])
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table while a key waits to be checked.


def key(**more):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.work", **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("report_cards", "0001_first_tables"),
        ("work", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField("build", "work", key(null=True)),
        migrations.RunPython(make_them_work, migrations.RunPython.noop),
        migrations.AlterField("build", "work", key()),
        migrations.AlterModelOptions("build", options={"ordering": ["-work__asked_at", "-pk"]}),
        migrations.RemoveIndex("build", "report_card_period__930e60_idx"),
        *(
            migrations.RemoveField("build", field)
            for field in ("by", "done", "finished_at", "problem", "started_at", "told_at", "total")
        ),
    ]
