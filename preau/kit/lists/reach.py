"""Which of the records that a page names open to its reader, asked for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from ..access import EVERYBODY, NOBODY, Rule, Standing, surely_meets


class Door:
    """Which rules one reader meets, alone or about what a list belongs to. Each is asked once."""

    def __init__(self, reader: Any, subject: Model | None = None) -> None:
        self.reader, self.subject = reader, subject
        self._known: dict[int, bool] = {}

    def opens(self, rule: Rule | None) -> bool:
        if rule is None:
            return True
        if id(rule) not in self._known:
            self._known[id(rule)] = self._admits(rule)
        return self._known[id(rule)]

    def _admits(self, rule: Rule) -> bool:
        if isinstance(rule, Standing):
            return rule.admits(self.reader)
        return self.subject is not None and rule.allows(self.reader, self.subject)


class Reach:
    """What some rules open to one reader: a query for each rule, none where the person alone settles it."""

    def __init__(self, reader: Any, wanted: Iterable[tuple[Rule, Iterable[Model]]]) -> None:
        rules: dict[int, Rule] = {}
        records: defaultdict[int, set[Model]] = defaultdict(set)
        for rule, named in wanted:
            rules[id(rule)] = rule
            records[id(rule)].update(named)
        self._open = {key: _opened(rule, records[key], reader) for key, rule in rules.items()}

    def opens(self, rule: Rule | None, record: Model) -> bool:
        return rule is None or record in self._open[id(rule)]


def _opened(rule: Rule, records: set[Model], reader: Any) -> Collection[Model]:
    condition = NOBODY if reader is None or not records else rule.condition(reader)
    if condition is NOBODY:
        return ()
    if condition is EVERYBODY:
        return records
    known = {record for record in records if surely_meets(record.pk, condition)}
    asked: defaultdict[type[Model], set[Any]] = defaultdict(set)
    for record in records - known:
        asked[type(record)].add(record.pk)
    for model, keys in asked.items():
        rule.must_be_over(model)
        found = set(model._default_manager.filter(condition, pk__in=keys).values_list("pk", flat=True))
        known |= {record for record in records if type(record) is model and record.pk in found}
    return known
