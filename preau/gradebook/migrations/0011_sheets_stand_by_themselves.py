from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0010_table_of_sheets"), ("sheets", "0001_from_the_gradebook")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("SheetFile")])]
