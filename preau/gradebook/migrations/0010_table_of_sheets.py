from django.db import migrations


class Migration(migrations.Migration):
    """The table of sheets takes the name of the app that keeps it from now on."""

    dependencies = [("gradebook", "0009_parcels_are_work")]

    operations = [migrations.AlterModelTable("sheetfile", "sheets_sheetfile")]
