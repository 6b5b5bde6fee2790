"""Keeping the competences of a subject, and how a scheme makes one level of several evaluations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.grading.models import Scheme
from preau.kit.memory import forget_what_changed
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import Subject
from preau.trail.actions import note

from ..models import AssessedCompetence, Competence, CompetenceRule, CompetenceThreshold


class CompetenceInUse(Refusal):
    words = _("“%(code)s” is assessed since today: it can end tomorrow.")


class CodeTaken(Refusal):
    words = _("Two competences have the code “%(code)s”: give each its own.")


KEEP_COMPETENCES = TracedAct("gradebook.keep_competences", _("kept the competences of %(subject)s"))


@transaction.atomic
def keep_competences(
    *, subject: Subject, lines: Sequence[Mapping[str, Any]], on: date, by: Person | None, at: datetime
) -> None:
    """
    Keep the competences of a subject, in order. One that is no longer named ends; unused, it goes.

    :param lines: code, name, key of the only course (or None) of each; `pk` for one that exists
    :raises CodeTaken: when two have the same code
    """
    codes: set[str] = set()
    for line in lines:
        if line["code"].upper() in codes:
            raise CodeTaken(code=line["code"])
        codes.add(line["code"].upper())
    there = {
        competence.pk: competence for competence in Competence.objects.filter(subject=subject, ends_on=None)
    }
    named = {line["pk"] for line in lines if line.get("pk")}
    for key, competence in there.items():
        if key not in named:
            _end(competence, on)
    kept = [competence for competence in there.values() if competence.pk in named]
    for competence in kept:
        competence.code = f"~{competence.pk}"[:8]
    Competence.objects.bulk_update(kept, ["code"])
    for rank, line in enumerate(lines):
        competence = there.get(line.get("pk") or 0) or Competence(subject=subject, starts_on=on)
        competence.code, competence.name, competence.rank = line["code"], line["name"], rank
        competence.course_id = line.get("course")
        competence.save()
    note(KEEP_COMPETENCES, by=by, subject=subject.name)


def _end(competence: Competence, on: date) -> None:
    if not AssessedCompetence.objects.filter(competence=competence).exists():
        competence.delete()
    elif competence.starts_on < on:
        competence.ends_on = on
        competence.save(update_fields=["ends_on"])
    else:
        raise CompetenceInUse(code=competence.code)


KEEP_COMPETENCE_RULE = TracedAct(
    "gradebook.keep_competence_rule", _("said how levels of competences are made under %(subject)s")
)


@transaction.atomic
def keep_competence_rule(
    *,
    scheme: Scheme,
    scale_id: int,
    method: str,
    thresholds: Mapping[int, Decimal],
    by: Person | None,
    at: datetime,
) -> CompetenceRule:
    """
    Say how evaluations of a competence become one level under a scheme.

    :param thresholds: for the method of thresholds, the least percentage of the evaluations, by key of level
    """
    rule, _is_new = CompetenceRule.objects.update_or_create(
        scheme=scheme, defaults={"scale_id": scale_id, "method": method}
    )
    rule.thresholds.all().delete()
    CompetenceThreshold.objects.bulk_create(
        CompetenceThreshold(rule=rule, level_id=level, at_least=least) for level, least in thresholds.items()
    )
    forget_what_changed()
    note(KEEP_COMPETENCE_RULE, by=by, subject=scheme.name)
    return rule


def carry_competence_rule(*, source: Scheme, target: Scheme) -> None:
    """Let the scheme that follows another make levels as that one does."""
    rule = CompetenceRule.objects.filter(scheme=source).first()
    if rule is None or source.pk == target.pk:
        return
    copy = CompetenceRule.objects.create(scheme=target, scale_id=rule.scale_id, method=rule.method)
    CompetenceThreshold.objects.bulk_create(
        CompetenceThreshold(rule=copy, level_id=threshold.level_id, at_least=threshold.at_least)
        for threshold in rule.thresholds.all()
    )
