from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0011_sheets_stand_by_themselves")]

    operations = [
        migrations.AlterField(
            "publication", "parents_at", models.DateTimeField(db_index=True, verbose_name="parents read from")
        ),
        migrations.AlterField(
            "publication",
            "published_at",
            models.DateTimeField(db_index=True, verbose_name="pupils read from"),
        ),
    ]
