"""
Who may do what, written once and read two ways.

A rule turns a person into a database condition. So the list of records a person sees
and the answer about one record come from the same line, and can never disagree.

Rules say who may. They never say who may not: everything that is not granted is closed.
A stranger gets 404 and learns nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar, overload

from django.contrib.auth.decorators import login_not_required
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .clauses import Clause
from .questions import asked_often

NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY  # Not a bare Q(): Django drops it from a union, and the rule with it.
ITSELF = "pk"

Words = str | Promise
M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Model)


@dataclass(frozen=True)
class Rule(Generic[M]):
    """
    A rule of the school: which records a person may reach.

    `condition` takes the person and returns a Q over the records. `parts` are the words of the rule,
    alternative by alternative, so that the page "Who may see what" can print them in any language.
    `model` is what the records are. A part such as "teaches the course that this path leads to" has none:
    it answers nothing until it is made a rule `over` some records.
    """

    parts: tuple[tuple[Words | Clause, ...], ...]
    condition: Callable[[Any], Q]
    model: type[M] | None = None

    @property
    def words(self) -> str:
        """Return the rule as a sentence, in the language of the moment."""
        return str(_("; or ")).join(" ".join(str(word) for word in part) for part in self.parts)

    def over(self, model: type[N]) -> Rule[N]:
        """Make this a rule about records of that kind: asked about any other it raises, and never answers."""
        return Rule(self.parts, self.condition, _shared(self.model, model))

    def must_be_over(self, model: type[Model]) -> None:
        """Raise a TypeError when the rule is not about such records: the keys of two tables look alike."""
        if self.model is None:
            raise TypeError(f"“{self.words}” is part of a rule: say over which records, with `.over(…)`.")
        if not issubclass(model, self.model):
            raise TypeError(f"“{self.words}” is about {self.model.__name__}, not about {model.__name__}.")

    def records(self) -> QuerySet[M]:
        """Return all records the rule is about, to be narrowed: `rule.among(rule.records(), person)`."""
        if self.model is None or self.model is Model:
            raise TypeError(f"“{self.words}” is about no records in particular.")
        return self.model._default_manager.all()

    def among(self, records: QuerySet[M], person: Model | None) -> QuerySet[M]:
        """Return those of the records that this person may reach."""
        self.must_be_over(records.model)
        return _among(records, NOBODY if person is None else self.condition(person))

    def allows(self, person: Model | None, record: M) -> bool:
        """Say whether this person may reach this record. Costs one query, or none when its key settles it."""
        self.must_be_over(type(record))
        if person is None:
            return False
        condition = self.condition(person)
        if surely_meets(record.pk, condition):
            return True
        return _among(type(record)._default_manager.all(), condition).contains(record)

    def __or__(self, other: Rule[M]) -> Rule[M]:
        def either(person: Any) -> Q:
            mine = self.condition(person)
            return mine if mine is EVERYBODY else _either(mine, other.condition(person))

        return Rule(self.parts + other.parts, either, _shared(self.model, other.model))

    def __and__(self, other: Rule[M]) -> Rule[M]:
        both = tuple(mine + theirs for mine in self.parts for theirs in other.parts)

        def each(person: Any) -> Q:
            mine = self.condition(person)
            return mine if mine is NOBODY else _both(mine, other.condition(person))

        return Rule(both, each, _shared(self.model, other.model))


def _shared(mine: type[Any] | None, others: type[Any] | None) -> type[Any] | None:
    """Return what both rules are about. A part takes what the other is about; so does a standing."""
    if mine is others or others is Model or (others is None and mine is not Model):
        return mine
    if others is None or mine is None or mine is Model:
        return others
    raise TypeError(f"A rule about {mine.__name__} and one about {others.__name__} make no rule together.")


# Nobody and everybody are known by identity: what they decide alone, the database is not asked.
def _among(records: QuerySet[M], condition: Q) -> QuerySet[M]:
    if condition is NOBODY:
        return records.none()
    return records.all() if condition is EVERYBODY else records.filter(condition)


def surely_meets(key: Any, condition: Any) -> bool:
    """
    Say whether the record of this key meets a condition that names it: `pk=7`, `pk__in=[5, 7]`, or either.

    True is certain; False says only that the database must be asked.
    """
    if condition is EVERYBODY:
        return True
    if isinstance(condition, tuple):
        path, value = condition
        named = [value] if path == ITSELF else value if path == f"{ITSELF}__in" else None
        return isinstance(named, list) and key in named
    if not isinstance(condition, Q) or condition.negated or not condition.children:
        return False
    met = any if condition.connector == Q.OR else all
    return met(surely_meets(key, child) for child in condition.children)


def _either(mine: Q, others: Q) -> Q:
    if others is EVERYBODY or mine is NOBODY:
        return others
    return mine if others is NOBODY else mine | others


def _both(mine: Q, others: Q) -> Q:
    if others is NOBODY or mine is EVERYBODY:
        return others
    return mine if others is EVERYBODY else mine & others


@dataclass(frozen=True)
class Standing(Rule[Any]):
    """
    A rule about the person alone, whatever the record: "holds the duty of head", "teaches a course".

    It opens pages that are about no record in particular, and mixes with other rules like any rule.
    """

    model: type[Any] | None = Model
    test: Callable[[Any], bool] = lambda person: False

    def admits(self, person: Model | None) -> bool:
        """Say whether this person stands so. Costs no query once the person's duties are known."""
        return person is not None and self.test(person)

    @overload
    def __or__(self, other: Standing) -> Standing: ...
    @overload
    def __or__(self, other: Rule[M]) -> Rule[M]: ...
    def __or__(self, other: Rule[Any]) -> Rule[Any]:
        if not isinstance(other, Standing):
            return super().__or__(other)
        return _standing(self.parts + other.parts, lambda person: self.test(person) or other.test(person))

    @overload
    def __and__(self, other: Standing) -> Standing: ...
    @overload
    def __and__(self, other: Rule[M]) -> Rule[M]: ...
    def __and__(self, other: Rule[Any]) -> Rule[Any]:
        if not isinstance(other, Standing):
            return super().__and__(other)
        both = tuple(mine + theirs for mine in self.parts for theirs in other.parts)
        return _standing(both, lambda person: self.test(person) and other.test(person))


def _standing(parts: tuple[tuple[Words | Clause, ...], ...], test: Callable[[Any], bool]) -> Standing:
    return Standing(parts, lambda person: EVERYBODY if test(person) else NOBODY, test=test)


def standing(words: Words | Clause, test: Callable[[Any], bool]) -> Standing:
    """Make a rule about the person alone out of its words and a yes-or-no question."""
    return _standing(((words,),), test)


def rule(words: Words | Clause, condition: Callable[[Any], Q]) -> Rule[Any]:
    """Make part of a rule out of its words and the condition it sets for a person."""
    return Rule(((words,),), condition)


def one_of(path: str, keys: list[int]) -> Q:
    """Return the condition that this path leads to one of these keys: nobody meets it when there are none."""
    return Q(**{f"{path}__in": keys}) if keys else NOBODY


def when(words: Words, **facts: Any) -> Rule[Any]:
    """Make part of a rule that looks only at the record: "once it is published"."""
    return rule(words, lambda person: Q(**facts))


anyone = standing(_("anyone, even before signing in"), lambda person: True)
signed_in = standing(_("anyone who has signed in"), lambda person: True)

View = Callable[..., HttpResponseBase]


@asked_often
def record_of(model: type[Model], key: int) -> QuerySet[Model]:
    """Return the record of this key, alone in its list; an empty list when there is none."""
    return model._default_manager.filter(pk=key)


def opens(door: Standing) -> Callable[[View], View]:
    """Open the view to those who stand so, and to nobody else: for pages about no record in particular."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = getattr(request, "person", None)
            if door is not anyone and not door.admits(person):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.rule = door  # type: ignore[attr-defined]
        return login_not_required(guarded) if door is anyone else guarded

    return guard


def reaches(the_rule: Rule[M], **record: type[M]) -> Callable[[View], View]:
    """Hand the view the record named in its address (`<name>_id`) if this person may reach it, else a 404."""
    ((name, model),) = record.items()
    the_rule.must_be_over(model)

    def find(request: HttpRequest, kwargs: dict[str, Any]) -> Model:
        key, person = kwargs.pop(f"{name}_id"), request.person  # type: ignore[attr-defined]
        condition = NOBODY if person is None else the_rule.condition(person)
        if surely_meets(key, condition):
            found = record_of(model, key)
        else:
            found = list(_among(model._default_manager.filter(pk=key), condition)[:1])
        if not found:
            raise Http404
        return found[0]

    return _hand(name, model, find, the_rule)


def sees(the_rule: Rule[M], *, to: Standing, **records: type[M]) -> Callable[[View], View]:
    """
    Hand the view the records this person may see, and no others.

    :param to: those to whom the page opens, be there records for them today or not; to others it is not there
    """
    ((name, model),) = records.items()
    the_rule.must_be_over(model)

    def find(request: HttpRequest, kwargs: dict[str, Any]) -> QuerySet[Any]:
        if not to.admits(request.person):  # type: ignore[attr-defined]
            raise Http404
        return the_rule.among(model._default_manager.all(), request.person)  # type: ignore[attr-defined]

    return _hand(name, model, find, the_rule & to)


def _hand(
    name: str, model: type[Model], find: Callable[[HttpRequest, dict[str, Any]], Any], the_rule: Rule[Any]
) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            kwargs[name] = find(request, kwargs)
            return view(request, **kwargs)

        guarded.rule = the_rule  # type: ignore[attr-defined]
        guarded.hands = getattr(view, "hands", {}) | {name: (model, the_rule)}  # type: ignore[attr-defined]
        return guarded

    return guard
