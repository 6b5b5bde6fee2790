"""
What is not understood is not done: odd answers in every form of the house, by somebody who may send it.

Each door that takes something is asked for its forms (it is sent nothing, and the forms it reads are noted).
Each field then gets what its kind does not know, all others keeping the answer they came with. The door never
fails, says nothing that is not true, and changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.contrib.messages import SUCCESS, get_messages
from django.db import connection, transaction
from django.forms.forms import BaseForm
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.kit import acts
from tests.doors import Door, our_doors
from tests.stage import Stage
from tests.test_matrix import ANY_OTHER, NOTHING_IN_PARTICULAR, people_of, table

CONFIRMED = {acts.CONFIRMED: "yes"}
WRITTEN_ANYHOW = {"kit_sending", "django_session", "trail_trace"}
"""What may be written though nothing is done: that somebody tried, or looked."""
WRITABLE = [door for door in our_doors() if door.may_be_written]
HOUSE = [module for name, module in sys.modules.items() if name.startswith("preau.")]
NO_NUMBER, FORTY_DIGITS, NO_DAY, NO_KEY, NUL = "beaucoup", "9" * 40, "31/02/2027", "999999", "a\0b"


@dataclass
class Desk:
    """A door, at an address where somebody may send something, and the forms it reads there."""

    door: Door
    address: str
    client: Client
    forms: list[BaseForm] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Say whether it wants an answer: boxes may all stay without a tick."""
        fields = (each for form in self.forms for each in form.fields.values())
        return any(not isinstance(each, forms.BooleanField) for each in fields)

    def send(self, answers: dict[str, Any]) -> Outcome:
        self.client.cookies.pop("messages", None)  # What was said before.
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            answer = self.client.post(self.address, answers)
            said = [str(each) for each in get_messages(answer.wsgi_request) if each.level == SUCCESS]
            transaction.set_rollback(True)
        is_done = getattr(answer.wsgi_request, "has_acted", False)
        return Outcome(answer.status_code, is_done, said, tables_changed(queries))


@dataclass(frozen=True)
class Outcome:
    """What became of an answer."""

    status: int
    is_done: bool
    said: list[str]
    changed: set[str]


def tables_changed(queries: CaptureQueriesContext) -> set[str]:
    """Return the tables written and not put back as they were when the act was given up."""
    verbs = {"INSERT": 2, "DELETE": 2, "UPDATE": 1}
    levels: list[tuple[str, set[str]]] = [("", set())]
    for query in queries.captured_queries:
        words = query["sql"].replace('"', "").replace("`", "").split()
        verb = words[0].upper() if words else ""
        if verb == "SAVEPOINT":
            levels.append((words[1], set()))
        elif verb in {"RELEASE", "ROLLBACK"} and len(levels) > 1 and words[-1] == levels[-1][0]:
            _name, written = levels[-1]
            if verb == "RELEASE":
                levels.pop()
                levels[-1][1].update(written)
            else:
                written.clear()
        elif verb in verbs:
            levels[-1][1].add(words[verbs[verb]])
    return set().union(*(written for _name, written in levels)) - WRITTEN_ANYHOW


def desk_at(stage: Stage, door: Door, monkeypatch) -> Desk | None:
    """Go to a door as the first who may, before the first record of the table; None where nobody may."""
    lines = table()[door.name]
    for record, keys in stage.paths(door):
        who = people_of(lines.get(record or NOTHING_IN_PARTICULAR, lines.get(ANY_OTHER, "")))
        if who:
            client = Client()
            client.force_login(stage.people[min(who)].account)
            found = Desk(door, reverse(door.name, kwargs=keys), client)
            found.forms = forms_read(found, monkeypatch)
            return found
    return None


@pytest.fixture
def desk(stage: Stage, door: Door, monkeypatch) -> Desk:
    found = desk_at(stage, door, monkeypatch)
    if found is None:
        pytest.skip("nobody of the cast may")
    return found


def forms_read(desk: Desk, monkeypatch) -> list[BaseForm]:
    """Return the forms that a door reads: those it asks whether they are understood."""
    read: list[BaseForm] = []
    understand = acts.is_understood

    def note(form: BaseForm) -> bool:
        read.append(form)
        return understand(form)

    asking = [module for module in HOUSE if getattr(module, "is_understood", None) is understand]
    with monkeypatch.context() as patch:
        for module in asking:
            patch.setattr(module, "is_understood", note)
        desk.send(CONFIRMED)
    return [form for form in read if form.fields]


def usual(forms_of_door: list[BaseForm]) -> dict[str, Any]:
    """Return what a browser would send of these forms, untouched but for what must be filled in."""
    answers: dict[str, Any] = dict(CONFIRMED)
    for form in forms_of_door:
        for name, each in form.fields.items():
            value = each.prepare_value(form.get_initial_for_field(each, name))
            if value in (None, "", []) and each.required:
                value = something(each)
            if isinstance(each, forms.BooleanField):
                answers |= {form.add_prefix(name): "on"} if value else {}
            elif isinstance(each.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
                answers[form.add_prefix(name)] = list(value) if isinstance(value, list | tuple) else [value]
            elif not isinstance(each, forms.FileField):
                answers[form.add_prefix(name)] = "" if value is None else written(each, value)
    return answers


def written(each: forms.Field, value: Any) -> str:
    shown = each.widget.format_value(value) if hasattr(each.widget, "format_value") else value
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown)


def something(each: forms.Field) -> Any:
    """Return an answer that a field which must be filled in may accept."""
    choices = [key for key, _label in getattr(each, "choices", []) if str(key)]
    if choices:
        return str(choices[0])
    if isinstance(each, forms.DateField):
        return "2026-11-26"
    if isinstance(each, forms.DateTimeField):
        return "2026-11-26T10:00"
    if isinstance(each, forms.EmailField):
        return "somebody@example.org"
    return "1"


def odd_answers(form: BaseForm, name: str, each: forms.Field) -> Iterator[Any]:
    """Yield what a field of this kind cannot understand."""
    if isinstance(each, forms.BooleanField | forms.FileField):
        return
    if isinstance(each, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        yield from ([NO_KEY], ["x"], [FORTY_DIGITS], [NUL])
    elif isinstance(each, forms.ModelChoiceField):
        yield from (NO_KEY, "x", FORTY_DIGITS, NUL, *keys_of_others(each))
    elif isinstance(each, forms.ChoiceField):
        yield from (NO_KEY, "x", FORTY_DIGITS, NUL)
    elif isinstance(each, forms.DateField | forms.DateTimeField):
        yield from (NO_DAY, "demain", FORTY_DIGITS, NUL)
    elif isinstance(each, forms.IntegerField | forms.DecimalField):
        yield from (NO_NUMBER, FORTY_DIGITS, "NaN", NUL)
    elif isinstance(each, forms.CharField):
        yield NUL
        if each.max_length:
            yield "x" * (each.max_length + 1)


def keys_of_others(each: forms.ModelChoiceField) -> Iterator[str]:
    """Yield the key of a record of that kind which is not offered here, if the stage has one."""
    offered = each.queryset.values_list("pk", flat=True)
    others = each.queryset.model._default_manager.exclude(pk__in=list(offered))
    yield from (str(other.pk) for other in others[:1] if not each.to_field_name)


def all_odd_answers(desk: Desk) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield odd answers to a door, each with a name: one field at a time, one kind of each row of a table."""
    answers, seen = usual(desk.forms), set()
    for form in desk.forms:
        for name, each in form.fields.items():
            kind = (type(form), name.rstrip("0123456789-"), type(each))
            if kind in seen:
                continue
            seen.add(kind)
            key = form.add_prefix(name)
            for odd in odd_answers(form, name, each):
                yield f"{key}={str(odd)[:30]!r}", answers | {key: odd}
            takes_many = isinstance(each.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple)
            if not takes_many and not isinstance(each, forms.BooleanField | forms.FileField):
                yield f"{key} twice", answers | {key: [answers.get(key, ""), f"{answers.get(key, '')}2"]}


@pytest.mark.parametrize("door", WRITABLE, ids=str)
def test_what_is_not_understood_is_not_done(desk: Desk):
    for words, answers in all_odd_answers(desk):
        outcome = desk.send(answers)
        assert outcome.status < 500, words
        assert not outcome.is_done, f"{desk.door} did it: {words}"
        assert not outcome.said, f"{desk.door} says it is done: {words}"
        assert not outcome.changed, f"{desk.door} changed something: {words}"


@pytest.mark.parametrize("door", WRITABLE, ids=str)
def test_nothing_is_no_answer(desk: Desk):
    """Nothing sent, and each field left empty: what is said to be done is done, and nothing else changes."""
    empty = dict.fromkeys(usual(desk.forms), "")
    for answers in ({}, CONFIRMED, empty, empty | CONFIRMED):
        outcome = desk.send(answers)
        assert outcome.status < 500, answers
        if not outcome.is_done:
            assert not outcome.said, f"{desk.door} says it is done: {answers}"
            assert not outcome.changed, f"{desk.door} changed something: {answers}"
        if desk.asks and not set(answers) - set(CONFIRMED):
            assert not outcome.is_done, f"{desk.door} did something unasked"


def test_most_doors_do_what_is_usual(stage: Stage, monkeypatch):
    """Odd answers prove something only where the same answers without anything odd are done."""
    desks = [found for door in WRITABLE if (found := desk_at(stage, door, monkeypatch))]

    done = [found for found in desks if found.send(usual(found.forms)).is_done]

    assert len(done) > len(desks) * 0.6
