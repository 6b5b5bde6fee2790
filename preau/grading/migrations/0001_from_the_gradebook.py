from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

ACTS = ("keep_scheme", "end_scheme", "keep_scale", "remove_scale")


def acts_of_grading(apps, schema_editor):
    rename_acts(apps, schema_editor, "gradebook", "grading")


def acts_of_gradebook(apps, schema_editor):
    rename_acts(apps, schema_editor, "grading", "gradebook")


def rename_acts(apps, schema_editor, before, after):
    traces = apps.get_model("trail", "Trace").objects.using(schema_editor.connection.alias)
    for act in ACTS:
        traces.filter(act=f"{before}.{act}").update(act=f"{after}.{act}")


class Migration(migrations.Migration):
    """Categories, tokens, scales, schemes and results are kept by grading, in the tables they have."""

    dependencies = [
        ("gradebook", "0007_tables_of_grading"),
        ("trail", "0001_first_tables"),
        ("people", "0001_first_tables"),
        ("structure", "0002_form_of_a_course"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        (
                            "component",
                            models.CharField(
                                choices=[("TJ", "daily work"), ("EXAM", "examinations")],
                                default="TJ",
                                max_length=4,
                                verbose_name="feeds",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ],
                    options={
                        "ordering": ["rank", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Scale",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                        ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ],
                    options={
                        "ordering": ["rank", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Token",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=6, unique=True, verbose_name="sign")),
                        ("name", models.CharField(max_length=60, verbose_name="meaning")),
                        (
                            "key",
                            models.CharField(
                                blank=True,
                                help_text="The letter that types it.",
                                max_length=1,
                                verbose_name="key",
                            ),
                        ),
                        (
                            "effect",
                            models.CharField(
                                choices=[("ZERO", "counts as zero"), ("IGNORED", "is left out")],
                                max_length=8,
                                verbose_name="in the result",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ],
                    options={
                        "ordering": ["rank", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Scheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("form", models.CharField(blank=True, max_length=10, verbose_name="form")),
                        (
                            "daily_work_weight",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("40"),
                                max_digits=6,
                                verbose_name="weight of daily work beside an examination",
                            ),
                        ),
                        (
                            "exam_weight",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("60"),
                                max_digits=6,
                                verbose_name="weight of the examination",
                            ),
                        ),
                        (
                            "scale",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("100"),
                                max_digits=6,
                                validators=[django.core.validators.MinValueValidator(Decimal("1"))],
                                verbose_name="results are out of",
                            ),
                        ),
                        (
                            "step",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("1"),
                                help_text="1 for whole points, 0.5 for halves, 0.1 for tenths.",
                                max_digits=4,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                                verbose_name="rounded to",
                            ),
                        ),
                        (
                            "rounding",
                            models.CharField(
                                choices=[
                                    ("HALF_UP", "to the nearest, halves up"),
                                    ("HALF_EVEN", "to the nearest, halves to the even"),
                                    ("UP", "always up"),
                                    ("DOWN", "always down"),
                                ],
                                default="HALF_UP",
                                max_length=9,
                                verbose_name="rounding",
                            ),
                        ),
                        (
                            "rounds_components",
                            models.BooleanField(
                                default=False,
                                help_text="Otherwise the result is rounded once, at the end.",
                                verbose_name="daily work and examination are rounded first",
                            ),
                        ),
                        (
                            "by_points",
                            models.BooleanField(
                                default=False,
                                help_text="A test out of 40 then weighs twice as much as one out of 20.",
                                verbose_name="points weigh",
                            ),
                        ),
                        (
                            "drop_lowest",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Those whose absence helps the pupil most.",
                                verbose_name="lowest grades dropped",
                            ),
                        ),
                        (
                            "best_of",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="0 keeps them all.", verbose_name="best grades kept"
                            ),
                        ),
                        (
                            "is_cumulative",
                            models.BooleanField(
                                default=False,
                                help_text="A period counts everything since September.",
                                verbose_name="cumulative",
                            ),
                        ),
                        (
                            "pass_mark",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("50"),
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="pass mark, in percent",
                            ),
                        ),
                        (
                            "least_evidence",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("25"),
                                help_text="Below it the result says “not assessable” and the council decides.",
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="least share of the weight, in percent",
                            ),
                        ),
                        (
                            "allows_bonus",
                            models.BooleanField(
                                default=False, verbose_name="points above the maximum are allowed"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (excluded)")),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="structure.course",
                            ),
                        ),
                        (
                            "year_level",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="structure.yearlevel",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_on", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="CourseResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("share", models.DecimalField(decimal_places=10, max_digits=12, null=True)),
                        (
                            "computed",
                            models.DecimalField(
                                decimal_places=2, max_digits=6, null=True, verbose_name="computed"
                            ),
                        ),
                        ("daily_work", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                        ("exam", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                        (
                            "exam_token",
                            models.CharField(
                                blank=True,
                                help_text="What stood instead of the only examination.",
                                max_length=6,
                            ),
                        ),
                        ("is_assessable", models.BooleanField(default=True)),
                        ("computed_at", models.DateTimeField(null=True)),
                        (
                            "chosen",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="On the scheme's scale.",
                                max_digits=6,
                                null=True,
                                verbose_name="retained by the teacher",
                            ),
                        ),
                        ("chosen_because", models.CharField(blank=True, max_length=200, verbose_name="why")),
                        ("chosen_at", models.DateTimeField(null=True)),
                        (
                            "attribute",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("STAR", "starred: the examination, better, replaces it"),
                                    ("BRACKETS", "in brackets: neither a failure nor in the average"),
                                    ("DEGREE", "of the degree: two years together"),
                                    ("CAPPED", "success granted, capped at the pass mark"),
                                    ("EXTERNAL", "the external examination replaces it"),
                                    ("FREE", "decided by the council"),
                                ],
                                max_length=9,
                                verbose_name="as",
                            ),
                        ),
                        (
                            "deliberated",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="decided by the council",
                            ),
                        ),
                        (
                            "deliberated_because",
                            models.CharField(blank=True, max_length=200, verbose_name="why"),
                        ),
                        ("deliberated_at", models.DateTimeField(null=True)),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "deliberated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="structure.coursegroup",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="structure.reportperiod",
                            ),
                        ),
                        (
                            "pupil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="course_results",
                                to="people.person",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grading.scheme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CategoryWeight",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weight",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=6,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="grading.category",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="category_weights",
                                to="grading.scheme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TokenRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "effect",
                            models.CharField(
                                choices=[("ZERO", "counts as zero"), ("IGNORED", "is left out")], max_length=8
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="token_rules",
                                to="grading.scheme",
                            ),
                        ),
                        (
                            "token",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="grading.token",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Closing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("closed_at", models.DateTimeField()),
                        ("reopened_at", models.DateTimeField(null=True)),
                        (
                            "reopened_because",
                            models.CharField(blank=True, max_length=200, verbose_name="why it was reopened"),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closings",
                                to="structure.coursegroup",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="structure.reportperiod",
                            ),
                        ),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("reopened_at", None)),
                                fields=("group", "period"),
                                name="a_gradebook_is_closed_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Level",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="What one types: A, EVA, NA…", max_length=6, verbose_name="code"
                            ),
                        ),
                        ("label", models.CharField(max_length=60, verbose_name="meaning")),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                help_text="The higher, the better.", verbose_name="order"
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: shown, and in no average.",
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="worth, in percent",
                            ),
                        ),
                        (
                            "from_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Points from this percentage on amount to this level.",
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="reached from, in percent",
                            ),
                        ),
                        (
                            "is_rated",
                            models.BooleanField(
                                default=True, help_text="Untick it for “not assessed”.", verbose_name="counts"
                            ),
                        ),
                        (
                            "icon",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "none"),
                                    ("circle-check", "a tick"),
                                    ("progress-check", "on the way"),
                                    ("circle-x", "a cross"),
                                    ("minus", "a dash"),
                                    ("star", "a star"),
                                    ("mood-smile", "a smile"),
                                    ("thumb-up", "a thumb"),
                                    ("trending-up", "a rising line"),
                                    ("trending-down", "a falling line"),
                                    ("target", "a target"),
                                    ("bulb", "a light"),
                                ],
                                max_length=20,
                                verbose_name="picture",
                            ),
                        ),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="levels",
                                to="grading.scale",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-rank"],
                        "constraints": [
                            models.UniqueConstraint(fields=("scale", "code"), name="a_code_once_in_a_scale"),
                            models.UniqueConstraint(fields=("scale", "rank"), name="a_rank_once_in_a_scale"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share", None),
                                    models.Q(("share__gte", 0), ("share__lte", 100)),
                                    _connector="OR",
                                ),
                                name="a_level_is_worth_a_share_of_the_whole",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="scheme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                        ),
                        name="a_scheme_ends_after_it_starts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scheme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("course", None), models.Q(("form", ""), ("year_level", None)), _connector="OR"
                        ),
                        name="a_scheme_is_for_a_course_or_a_level_or_the_school",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="scheme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("daily_work_weight__gte", 0),
                            ("exam_weight__gte", 0),
                            models.Q(("daily_work_weight__gt", 0), ("exam_weight__gt", 0), _connector="OR"),
                        ),
                        name="a_scheme_weighs_something",
                    ),
                ),
                migrations.AddIndex(
                    model_name="courseresult",
                    index=models.Index(fields=["group", "period"], name="grading_cou_group_i_9ccf99_idx"),
                ),
                migrations.AddConstraint(
                    model_name="courseresult",
                    constraint=models.UniqueConstraint(
                        fields=("pupil", "group", "period"), name="one_result_per_pupil_group_and_period"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="categoryweight",
                    constraint=models.UniqueConstraint(
                        fields=("scheme", "category"), name="a_category_weighs_once_in_a_scheme"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tokenrule",
                    constraint=models.UniqueConstraint(
                        fields=("scheme", "token"), name="one_rule_per_token_and_scheme"
                    ),
                ),
            ]
        ),
        migrations.RunPython(acts_of_grading, acts_of_gradebook),
    ]
