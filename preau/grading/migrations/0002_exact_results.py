"""
Frozen results keep their share as an exact fraction, and the scores they were made of.

Shares were cut after ten decimals. What the grades that counted at the closing make again, to the very same
decimals, is kept as the fraction it is, with its scores; of any other the decimals become the exact value.
What an open gradebook still kept of an earlier closing goes. Published cards are not touched.
"""

import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from django.db import migrations, models
from django.utils.timezone import localdate

import preau.grading.models.fields
from preau.grading.averages import Effect, Score, result
from preau.grading.plans import Plan, Rounding
from preau.grading.results import keep_score

TEN_DECIMALS = Decimal("1e-10")
EFFECTS = {None: None, "ZERO": Effect.ZERO, "IGNORED": Effect.LEFT_OUT}
OF_PLAN = [
    "daily_work_weight",
    "exam_weight",
    "scale",
    "step",
    "rounds_components",
    "pass_mark",
    "least_evidence",
    "by_points",
    "drop_lowest",
    "best_of",
    "is_cumulative",
]
GRADE = ("pupil", "assessment", "points", "token__effect", "token__code", "level__code")


def cut(share):
    """Return a fraction as it was kept: cut after ten decimals."""
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(TEN_DECIMALS)


class Plans:
    """The plans of the schemes, and what tokens do under each."""

    def __init__(self, apps, alias):
        weights, effects = defaultdict(dict), defaultdict(dict)
        for it in apps.get_model("grading", "CategoryWeight").objects.using(alias):
            weights[it.scheme_id][it.category_id] = it.weight
        for it in apps.get_model("grading", "TokenRule").objects.using(alias).select_related("token"):
            effects[it.scheme_id][it.token.code] = it.effect
        self.effects = effects
        self.plans = {
            it.pk: Plan(
                rounding=Rounding(it.rounding),
                category_weights=weights[it.pk],
                **{name: getattr(it, name) for name in OF_PLAN},
            )
            for it in apps.get_model("grading", "Scheme").objects.using(alias)
        }

    def plan(self, scheme):
        return Plan() if scheme is None else self.plans[scheme]

    def effect(self, scheme, token, usual):
        return self.effects[scheme].get(token, usual) if token else usual


def keep_exactly(apps, schema_editor):
    alias = schema_editor.connection.alias
    results = apps.get_model("grading", "CourseResult").objects.using(alias)
    results.filter(computed_at=None).update(
        scheme=None, computed=None, daily_work=None, exam=None, exam_token="", is_assessable=True
    )
    plans = Plans(apps, alias)
    exact = as_they_were = 0
    for period in apps.get_model("structure", "ReportPeriod").objects.using(alias).order_by("starts_on"):
        rows = list(results.filter(period=period).exclude(computed_at=None))
        lines = _lines(apps, alias, period, rows, plans) if rows else {}
        for row in rows:
            scores = _scores(lines.get((row.pupil_id, row.group_id), ()), period, row, plans)
            found = result(scores, plans.plan(row.scheme_id))
            if _is_the_same(found, row, plans.plan(row.scheme_id)):
                row.share = None if row.cut_share is None else found.share
                row.scores = [keep_score(score) for score in scores]
                exact += 1
            else:
                row.share = None if row.cut_share is None else Fraction(row.cut_share)
                as_they_were += 1
        results.bulk_update(rows, ["share", "scores"], batch_size=200)
    if exact or as_they_were:
        told = f" {exact} results kept exactly, {as_they_were} as they were to ten decimals"
        sys.stdout.write(told)


def _lines(apps, alias, period, rows, plans):
    """Return the graded cells up to a period, by pupil and group, in the order of the gradebook."""
    assessments = apps.get_model("gradebook", "Assessment").objects.using(alias)
    asked = assessments.filter(
        period__school_year=period.school_year_id, period__starts_on__lte=period.starts_on
    )
    if not any(plans.plan(row.scheme_id).is_cumulative for row in rows):
        asked = asked.filter(period=period)
    asked = asked.order_by("period__starts_on", "rank", "held_on", "pk").select_related("category")
    known = {it.pk: (place, it) for place, it in enumerate(asked)}
    grades = apps.get_model("gradebook", "Grade").objects.using(alias)
    found = defaultdict(list)
    for pupil, assessment, *cell in grades.filter(assessment__in=asked.order_by()).values_list(*GRADE):
        place, it = known[assessment]
        found[pupil, it.group_id].append((place, it, *cell))
    return {key: sorted(cells, key=lambda cell: cell[0]) for key, cells in found.items()}


def _scores(cells, period, row, plans):
    """Return what counted when a result was frozen."""
    closed_on = localdate(row.computed_at)
    is_cumulative = plans.plan(row.scheme_id).is_cumulative
    return [
        _score(it, points, plans.effect(row.scheme_id, token, usual), token or level or "", period)
        for _place, it, points, usual, token, level in cells
        if it.purpose == "CERTIFICATIVE"
        and it.neutralised_at is None
        and (it.counts_from is None or it.counts_from <= closed_on)
        and (is_cumulative or it.period_id == period.pk)
    ]


def _score(it, points, effect, sign, period):
    meaning = EFFECTS[effect] or (Effect.MISSING if points is None else Effect.COUNTS)
    return Score(
        out_of=it.max_points,
        weight=it.weight,
        effect=meaning,
        points=Decimal(0) if points is None else points,
        is_exam=it.category.component == "EXAM",
        category=it.category_id,
        assessment=it.pk,
        sign=sign,
        is_earlier=it.period_id != period.pk,
    )


def _is_the_same(found, row, plan):
    """Say whether grades make again what was frozen."""
    if row.cut_share is not None and (found.share is None or cut(found.share) != row.cut_share):
        return False
    parts = (plan.shown(found.daily_work.share), plan.shown(found.exam.share))
    return parts == (row.daily_work, row.exam)


def cut_again(apps, schema_editor):
    results = apps.get_model("grading", "CourseResult").objects.using(schema_editor.connection.alias)
    rows = list(results.exclude(share=None))
    for row in rows:
        row.cut_share = cut(row.share)
    results.bulk_update(rows, ["cut_share"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        ("grading", "0001_from_the_gradebook"),
        ("gradebook", "0008_grading_stands_by_itself"),
        ("structure", "0003_order_of_periods"),
    ]

    operations = [
        migrations.RenameField("courseresult", "share", "cut_share"),
        migrations.AddField("courseresult", "share", preau.grading.models.fields.ExactField(null=True)),
        migrations.AddField("courseresult", "scores", models.JSONField(null=True)),
        migrations.RunPython(keep_exactly, cut_again),
    ]
