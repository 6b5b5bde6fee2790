from django.db import migrations


class Migration(migrations.Migration):
    """The shares cut after ten decimals are exact fractions now: they go."""

    dependencies = [("grading", "0002_exact_results")]

    operations = [migrations.RemoveField("courseresult", "cut_share")]
