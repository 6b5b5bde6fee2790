from django.db import migrations

OF_GRADING = (
    "category",
    "token",
    "scale",
    "level",
    "scheme",
    "categoryweight",
    "tokenrule",
    "closing",
    "courseresult",
)


class Migration(migrations.Migration):
    """The tables of grading take the name of the app that keeps them from now on."""

    dependencies = [("gradebook", "0006_files_of_assessments")]

    operations = [
        *(migrations.AlterModelTable(name, f"grading_{name}") for name in OF_GRADING),
        migrations.RenameIndex(
            "courseresult",
            old_name="gradebook_c_group_i_60afab_idx",
            new_name="grading_cou_group_i_9ccf99_idx",
        ),
    ]
