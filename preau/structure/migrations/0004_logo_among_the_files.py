import django.db.models.deletion
from django.db import migrations, models

from preau.files.adopting import adopt
from preau.kit import clock

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def adopt_logo(apps, schema_editor):
    for school in apps.get_model("structure", "School").objects.exclude(logo=""):
        suffix = school.logo.name.rpartition(".")[2]
        school.stored = adopt(
            apps,
            school.logo.name,
            use="structure.logo",
            by=None,
            at=clock.now(),
            name=f"logo.{suffix}",
            content_type=TYPES.get(suffix, "image/png"),
        )
        school.save(update_fields=["stored"])
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table while a key waits to be checked.


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_first_tables"),
        ("structure", "0003_order_of_periods"),
    ]

    operations = [
        migrations.AddField(
            "school",
            "stored",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.RunPython(adopt_logo, migrations.RunPython.noop),
        migrations.RemoveField("school", "logo"),
        migrations.RenameField("school", "stored", "logo"),
    ]
