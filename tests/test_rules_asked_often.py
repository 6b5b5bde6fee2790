"""
A rule says the same in a question put together once as in one put together anew.

Every rule that hands a record to a view is asked for everybody of the cast, in turn and twice, so that what
was put together for one serves another of the same standing.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.db.models import Model, QuerySet

from preau.kit.access import Rule, surely_meets
from preau.kit.questions import ASKED_ANEW, LookedAt, asked_often
from preau.people.models import Person
from tests.doors import our_doors
from tests.stage import Stage


def rules_over_records() -> list[tuple[type[Model], Rule]]:
    handed = (pair for door in our_doors() for pair in door.hands.values())
    return list({id(rule): (model, rule) for model, rule in handed}.values())


def named(argument: object) -> str:
    return argument.__name__ if isinstance(argument, type) else ""


def reached(rule: Rule, model: type[Model], person: Person) -> list[int]:
    return sorted(rule.among(model._default_manager.all(), person).values_list("pk", flat=True))


@pytest.mark.parametrize(("model", "rule"), rules_over_records(), ids=named)
def test_a_rule_says_the_same_once_and_for_all(stage: Stage, model: type[Model], rule: Rule):
    @asked_often
    def reached_by(reader: Person) -> QuerySet:
        return rule.among(model._default_manager.all(), reader).values_list("pk", flat=True)

    for person in [*stage.people.values(), *stage.people.values()]:
        assert sorted(reached_by(person)) == reached(rule, model, person), str(person)


@pytest.mark.skipif(ASKED_ANEW, reason="nothing is put together once: every question is asked anew")
def test_what_is_put_together_for_one_serves_those_who_stand_alike(stage: Stage):
    put_together: defaultdict[tuple[object, ...], list[Person]] = defaultdict(list)

    @asked_often
    def themselves(reader: Person) -> QuerySet:
        put_together[reader.is_a_guardian, reader.duties_in_force].append(reader)
        return Person.objects.filter(pk=reader.pk)

    for person in stage.people.values():
        assert themselves(person) == [person]

    assert sum(map(len, put_together.values())) < len(stage.people)


@pytest.mark.skipif(ASKED_ANEW, reason="nothing is put together once: every question is asked anew")
def test_a_question_put_together_once_may_not_ask_anything_about_a_person(stage: Stage):
    @asked_often
    def peeks(reader: Person) -> QuerySet:
        reader.recall("the weather", str)
        return Person.objects.all()

    with pytest.raises(LookupError, match="the weather"):
        peeks(stage.people["noor"])


@pytest.mark.skipif(ASKED_ANEW, reason="nothing is put together once: every question is asked anew")
def test_the_person_who_asks_cannot_be_compared_with_another(stage: Stage):
    noor = stage.people["noor"]

    @asked_often
    def peeks(reader: Person) -> QuerySet:
        return Person.objects.all() if reader == noor else Person.objects.none()

    with pytest.raises(LookedAt):
        peeks(noor)


@pytest.mark.parametrize(("model", "rule"), rules_over_records(), ids=named)
def test_what_a_key_settles_the_database_says_too(stage: Stage, model: type[Model], rule: Rule):
    keys = list(model._default_manager.values_list("pk", flat=True)[:50])
    for person in stage.people.values():
        condition, there = rule.condition(person), reached(rule, model, person)
        settled = [key for key in keys if surely_meets(key, condition)]
        assert set(settled) <= set(there), str(person)
