import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The keys of the gradebook point at the tables of grading, which they have pointed at all along."""

    dependencies = [
        ("gradebook", "0007_tables_of_grading"),
        ("grading", "0001_from_the_gradebook"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="assessment",
                    name="category",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.category",
                        verbose_name="category",
                    ),
                ),
                migrations.AlterField(
                    model_name="competencethreshold",
                    name="level",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="grading.level"
                    ),
                ),
                migrations.AlterField(
                    model_name="pastsubgrade",
                    name="level",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.level",
                    ),
                ),
                migrations.AlterField(
                    model_name="pastgrade",
                    name="level",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.level",
                    ),
                ),
                migrations.AlterField(
                    model_name="grade",
                    name="level",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.level",
                    ),
                ),
                migrations.AlterField(
                    model_name="subgrade",
                    name="level",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.level",
                    ),
                ),
                migrations.AlterField(
                    model_name="assessedcompetence",
                    name="scale",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.scale",
                    ),
                ),
                migrations.AlterField(
                    model_name="assessment",
                    name="scale",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.scale",
                        verbose_name="graded in",
                    ),
                ),
                migrations.AlterField(
                    model_name="competencerule",
                    name="scale",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.scale",
                        verbose_name="scale",
                    ),
                ),
                migrations.AlterField(
                    model_name="competencerule",
                    name="scheme",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competence_rule",
                        to="grading.scheme",
                    ),
                ),
                migrations.AlterField(
                    model_name="pastgrade",
                    name="token",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.token",
                    ),
                ),
                migrations.AlterField(
                    model_name="grade",
                    name="token",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grading.token",
                    ),
                ),
                migrations.DeleteModel("CategoryWeight"),
                migrations.DeleteModel("TokenRule"),
                migrations.DeleteModel("CourseResult"),
                migrations.DeleteModel("Closing"),
                migrations.DeleteModel("Level"),
                migrations.DeleteModel("Scale"),
                migrations.DeleteModel("Scheme"),
                migrations.DeleteModel("Category"),
                migrations.DeleteModel("Token"),
            ]
        ),
    ]
