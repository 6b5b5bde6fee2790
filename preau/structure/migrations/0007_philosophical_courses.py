from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("structure", "0006_bringing_a_year_forward"),
    ]

    operations = [
        migrations.AddField(
            model_name="subject",
            name="is_philosophical",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Report cards call it a philosophical course: a religion is nobody's to read there."
                ),
                verbose_name="religion or morals",
            ),
        ),
    ]
