import django.db.models.deletion
from django.db import migrations, models

from preau.files.adopting import adopt

USES = {"Statement": "gradebook.statement", "Feedback": "gradebook.feedback"}


def adopt_files(apps, schema_editor):
    for model, use in USES.items():
        for attachment in apps.get_model("gradebook", model).objects.iterator():
            attachment.stored = adopt(
                apps,
                attachment.file.name,
                use=use,
                by=attachment.added_by_id,
                at=attachment.added_at,
                name=attachment.name,
                content_type=attachment.content_type,
            )
            attachment.save(update_fields=["stored"])
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table while a key waits to be checked.


def add_the_file(model):
    key = models.OneToOneField(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
    )
    return migrations.AddField(model, "stored", key)


def take_its_place(model):
    key = models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
    )
    former = ("file", "name", "content_type", "size", "added_by", "added_at")
    return [
        *(migrations.RemoveField(model, field) for field in former),
        migrations.RenameField(model, "stored", "file"),
        migrations.AlterField(model, "file", key),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_first_tables"),
        ("gradebook", "0005_seals"),
        ("people", "0001_first_tables"),
    ]

    operations = [
        add_the_file("statement"),
        add_the_file("feedback"),
        migrations.RunPython(adopt_files, migrations.RunPython.noop),
        *take_its_place("statement"),
        *take_its_place("feedback"),
    ]
