"""
Seals hold all that results are made of, and a signed register says where the chain of each period ends.

What was sealed before keeps its format, and is checked for what it says. The register begins with the chains as
they are found.
"""

from django.db import migrations, models

from preau.gradebook import ledger
from preau.kit.signatures import signing_key


def begin_the_register(apps, schema_editor):
    alias = schema_editor.connection.alias
    seals = apps.get_model("gradebook", "Seal").objects.using(alias).order_by("period", "number")
    ends = {
        str(period): [number, hash] for period, number, hash in seals.values_list("period", "number", "hash")
    }
    if ends:
        key, digest = signing_key(ledger.PURPOSE), ledger.hash_of({"register": 2, "ends": ends})
        apps.get_model("gradebook", "SealRegister").objects.using(alias).create(
            pk=1, ends=ends, hash=digest, signature=key.sign(digest), public_key=key.public
        )


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0013_versions_of_comments")]

    operations = [
        migrations.AddField(
            "seal",
            "act",
            models.CharField(
                choices=[
                    ("CLOSED", "closed"),
                    ("REOPENED", "reopened"),
                    ("DECIDED", "decided by the council"),
                    ("REMOVED", "a test was removed"),
                ],
                default="CLOSED",
                max_length=8,
            ),
        ),
        migrations.AddField("seal", "because", models.CharField(blank=True, max_length=200)),
        migrations.AddField("seal", "format", models.PositiveSmallIntegerField(default=1)),
        migrations.AlterField("seal", "format", models.PositiveSmallIntegerField(default=2)),
        migrations.AddField("seal", "holds", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="SealRegister",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ends", models.JSONField(default=dict)),
                ("hash", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_register_of_seals")
                ],
            },
        ),
        migrations.RunPython(begin_the_register, migrations.RunPython.noop),
    ]
