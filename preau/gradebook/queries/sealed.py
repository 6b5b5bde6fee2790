"""
What is sealed of a gradebook beside its grades: all that its results are made of, and the results.

Each thing has a name, of its kind and its key ("assessment 12", "result 7"), and says some facts. What people
may change while a gradebook is closed is not among them: words of a level, the day on which a scheme ends.

Which facts: `sealed_facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from preau.grading.models import (
    Category,
    CategoryWeight,
    Closing,
    CourseResult,
    Level,
    Scheme,
    Token,
    TokenRule,
)

from .. import ledger
from ..ledger import CLOSING, DECISION, Entry, Held
from ..models import AssessedCompetence, Assessment, Comment, Grade, PastGrade, PastSubGrade, SubGrade
from .sealed_facts import (
    CHOSEN,
    COMPUTED,
    DECIDED,
    OF_ASSESSMENT,
    OF_CLOSING,
    OF_COMMENT,
    OF_GRADE,
    OF_PART,
    OF_PAST,
    OF_SCHEME,
    OF_SUB_GRADE,
)

IS_RESULT = (
    Q(computed_at__isnull=False)
    | Q(chosen__isnull=False)
    | Q(computed__isnull=False)
    | Q(share__isnull=False)
)
IS_DECIDED = ~Q(attribute="") | Q(deliberated__isnull=False) | Q(deliberated_at__isnull=False)
Facts = dict[str, Any]
Things = dict[str, Facts]
"""What is held beside grades: by name, what it says."""
Versions = dict[int, list[Entry]]
ByGroup = defaultdict[int, Things]


def held_by_group(period: int, groups: Iterable[int] | None = None) -> dict[int, Held]:
    """Return what gradebooks of a period hold, by group: each version of each grade, marks of all else."""
    versions = versions_by_group(period, groups)
    things = things_by_group(period, groups, versions)
    return {
        group: Held(versions.get(group, {}), marks_of(things.get(group, {})))
        for group in versions.keys() | things.keys()
    }


def marks_of(things: Things) -> dict[str, str]:
    """Return the mark of each thing, by its name."""
    return {name: ledger.hash_of(says) for name, says in things.items()}


def versions_by_group(period: int, groups: Iterable[int] | None = None) -> dict[int, Versions]:
    """Return every version of every grade of a period, by group and grade. Two queries."""
    grades = _of(Grade.objects.filter(assessment__period=period), "assessment__group", groups)
    past = _of(PastGrade.objects.filter(grade__assessment__period=period), "grade__assessment__group", groups)
    return _versions(grades, past)


def versions_of(assessment: Assessment) -> Versions:
    """Return every version of the grades of an assessment."""
    grades, past = (
        Grade.objects.filter(assessment=assessment),
        PastGrade.objects.filter(grade__assessment=assessment),
    )
    return _versions(grades, past).get(assessment.group_id, {})


def decisions_of_council(period: int, group: int, pupil: int) -> dict[str, str]:
    """Return the mark of what a council decided about a pupil."""
    rows = CourseResult.objects.filter(period=period, group=group, pupil=pupil)
    return marks_of({name: says for _group, name, says in _decisions(rows)})


def closings_of_group(period: int, group: int) -> dict[str, str]:
    """Return the marks of the closings of a gradebook."""
    return marks_of(
        {name: says for _group, name, says in _closings(Closing.objects.filter(period=period, group=group))}
    )


def things_by_group(period: int, groups: Iterable[int] | None, versions: dict[int, Versions]) -> ByGroup:
    """Return all that is sealed beside grades, by group. Fourteen queries at most."""
    assessments = _of(Assessment.objects.filter(period=period), "group", groups)
    parts = _of(AssessedCompetence.objects.filter(assessment__period=period), "assessment__group", groups)
    sub_grades = _of(SubGrade.objects.filter(assessment__period=period), "assessment__group", groups)
    past = PastSubGrade.objects.filter(sub_grade__assessment__period=period)
    results = _of(CourseResult.objects.filter(period=period), "group", groups)
    comments = _of(Comment.objects.filter(period=period), "group", groups)
    closings = _of(Closing.objects.filter(period=period), "group", groups)
    found: ByGroup = defaultdict(dict)
    for group, name, says in (
        *_rows("assessment", assessments, ("group", "pk"), OF_ASSESSMENT),
        *_rows("part", parts, ("assessment__group", "pk"), OF_PART),
        *_sub_grades(sub_grades, _of(past, "sub_grade__assessment__group", groups)),
        *_rows("comment", comments, ("group", "pupil"), OF_COMMENT),
        *_rows("result", results.filter(IS_RESULT), ("group", "pupil"), (*COMPUTED, *CHOSEN)),
        *_decisions(results),
        *_closings(closings),
    ):
        found[group][name] = says
    _add_what_they_share(found, versions)
    return found


def _of(rows: QuerySet, path: str, groups: Iterable[int] | None) -> QuerySet:
    return rows if groups is None else rows.filter(**{f"{path}__in": list(groups)})


Named = Iterator[tuple[int, str, Facts]]
"""The key of a group, the name of a thing, what it says."""


def _rows(kind: str, rows: QuerySet, at: tuple[str, str], facts: tuple[str, ...]) -> Named:
    for group, key, *values in rows.values_list(*at, *facts):
        yield group, f"{kind} {key}", _says(facts, values)


def _sub_grades(rows: QuerySet, past: QuerySet) -> Named:
    """Yield what pupils reached in the parts of assessments, each with all its versions."""
    before: defaultdict[int, list[Facts]] = defaultdict(list)
    for key, *values in past.order_by("version").values_list("sub_grade", *OF_SUB_GRADE):
        before[key].append(_says(OF_SUB_GRADE, values))
    named = ("assessment__group", "pk", "part", "pupil")
    for group, key, part, pupil, *values in rows.values_list(*named, *OF_SUB_GRADE):
        versions = [*before[key], _says(OF_SUB_GRADE, values)]
        yield group, f"part_grade {key}", {"part": part, "pupil": pupil, "versions": versions}


def _decisions(results: QuerySet) -> Named:
    return _rows(DECISION, results.filter(IS_DECIDED), ("group", "pupil"), DECIDED)


def _closings(closings: QuerySet) -> Named:
    for group, key, *values in closings.values_list("group", "pk", *OF_CLOSING):
        says = _says(OF_CLOSING, values)
        yield group, CLOSING if says["reopened_at"] is None else f"{CLOSING} {key}", says


def _add_what_they_share(found: ByGroup, versions: dict[int, Versions]) -> None:
    """Add to each gradebook the kinds of its tests, its schemes, the signs and levels that stand in it."""
    shared = (
        ("category", _keys(found, "assessment ", "category"), _categories),
        ("scheme", _keys(found, "result ", "scheme"), _schemes),
        ("token", {group: {it.token for it in _entries(of)} for group, of in versions.items()}, _tokens),
        ("level", _levels_there(found, versions), _levels),
    )
    for kind, keys, asked in shared:
        says = asked({key for of_group in keys.values() for key in of_group if key is not None})
        for group, of_group in keys.items():
            found[group] |= {f"{kind} {key}": says[key] for key in of_group if key in says}


def _keys(found: ByGroup, prefix: str, fact: str) -> dict[int, set[Any]]:
    return {
        group: {says[fact] for name, says in things.items() if name.startswith(prefix)}
        for group, things in found.items()
    }


def _levels_there(found: ByGroup, versions: dict[int, Versions]) -> dict[int, set[Any]]:
    levels: defaultdict[int, set[Any]] = defaultdict(set)
    for group, grades in versions.items():
        levels[group] |= {entry.level for entry in _entries(grades)}
    for group, things in found.items():
        rated = (says["versions"] for name, says in things.items() if name.startswith("part_grade "))
        levels[group] |= {version["level"] for versions in rated for version in versions}
    return levels


def _entries(grades: Versions) -> Iterator[Entry]:
    return (entry for entries in grades.values() for entry in entries)


def _categories(keys: set[Any]) -> dict[int, Facts]:
    return _facts(Category.objects.filter(pk__in=keys), ("component",))


def _tokens(keys: set[Any]) -> dict[int, Facts]:
    return _facts(Token.objects.filter(pk__in=keys), ("code", "effect"))


def _levels(keys: set[Any]) -> dict[int, Facts]:
    return _facts(Level.objects.filter(pk__in=keys), ("scale", "share", "is_rated"))


def _schemes(keys: set[Any]) -> dict[int, Facts]:
    """Return what schemes say, with what kinds of work weigh and signs do under them."""
    found = _facts(Scheme.objects.filter(pk__in=keys), OF_SCHEME)
    for name, rows, fact in (("category", CategoryWeight, "weight"), ("token", TokenRule, "effect")):
        for key, of, value in rows.objects.filter(scheme__in=keys).values_list("scheme", name, fact):
            found[key][f"{name} {of}"] = _plain(value)
    return found


def _facts(rows: QuerySet, facts: tuple[str, ...]) -> dict[int, Facts]:
    return {key: _says(facts, values) for key, *values in rows.values_list("pk", *facts)}


def _says(facts: tuple[str, ...], values: Iterable[Any]) -> Facts:
    plain = [value if (write := PLAIN.get(type(value))) is None else write(value) for value in values]
    return dict(zip(facts, plain, strict=True))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


PLAIN: dict[type, Callable[[Any], str]] = {
    Decimal: lambda number: f"{number:.2f}",
    Fraction: lambda share: f"{share.numerator}/{share.denominator}",
    datetime: _moment,
    date: date.isoformat,
}


def _plain(value: Any) -> Any:
    """Return a fact as it is sealed: the same text whatever the database."""
    write = PLAIN.get(type(value))
    return value if write is None else write(value)


def _versions(grades: QuerySet, past: QuerySet) -> dict[int, Versions]:
    found: defaultdict[int, Versions] = defaultdict(lambda: defaultdict(list))
    for group, *facts in [*grades.values_list(*OF_GRADE), *past.values_list(*OF_PAST)]:
        entry = _entry(*facts)
        found[group][entry.grade].append(entry)
    return found


def _entry(
    grade: int,
    assessment: int,
    pupil: int,
    version: int,
    points: Decimal | None,
    token: int | None,
    level: int | None,
    remark: str,
    reason: str,
    by: int | None,
    at: datetime,
) -> Entry:
    written = "" if points is None else f"{points:.2f}"
    return Entry(grade, assessment, pupil, version, written, token, level, remark, reason, by, _moment(at))


def as_line(group: int, entry: Entry) -> Facts:
    """Return a version of a grade as a line of a ledger that is taken away."""
    return {"group": group, **asdict(entry)}
