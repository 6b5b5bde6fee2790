"""
What an import wrote, row by row, and what was built on it since: how far it can be undone.

Nothing here writes: `actions.undoing` does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ForeignKey, Model, Subquery
from django.utils.translation import gettext as _

from preau.kit.counted import counted
from preau.kit.imports.undoing import Footprint, Hindrance, seen_by_apps
from preau.kit.plain_rows import as_plain, mark_of, model_called
from preau.kit.pointers import pointing_at
from preau.kit.portions import portions
from preau.kit.written_rows import Heard, What, WrittenRow
from preau.people.imports.undoing import person_in
from preau.people.models import Person
from preau.trail.models import Trace

from .models import ImportedRow, ImportLine, ImportRun

PASSING = (Trace, ImportedRow, ImportLine, ImportRun)
"""What names a record without building on it."""
OF_PERSONS = ("people", "structure")
"""The apps whose rows are told to the person they are about; a gradebook keeps the past of a grade itself."""


def footprint_rows(run: ImportRun, heard: Heard) -> Iterator[ImportedRow]:
    """Yield what was heard while a run was written, as it is kept."""
    by_model: defaultdict[type[Model], list[WrittenRow]] = defaultdict(list)
    for row in heard.rows():
        by_model[row.model].append(row)
    for model, rows in by_model.items():
        about = _about(model, rows)
        for row in rows:
            yield ImportedRow(
                run=run,
                model=model._meta.label,
                key=str(row.key),
                what=row.what,
                was=row.was,
                mark=row.mark,
                about_id=about.get(row.key),
            )


def _about(model: type[Model], rows: list[WrittenRow]) -> dict[Any, int]:
    """Return whom what stood there is about, by key."""
    name = person_in(model) if model._meta.app_label in OF_PERSONS else ""
    if not name:
        return {}
    found = {row.key: row.was[name] for row in rows if row.what == What.REMOVED and model is not Person}
    changed = [row.key for row in rows if row.what == What.CHANGED]
    for keys in portions(changed):
        found |= dict(model._base_manager.filter(pk__in=keys).values_list("pk", name))
    return found


def footprint_of(run: ImportRun) -> Footprint:
    """Return what a run wrote."""
    rows: defaultdict[type[Model], dict[Any, WrittenRow]] = defaultdict(dict)
    for row in run.rows.order_by("pk"):
        model = model_called(row.model)
        key = model._meta.pk.to_python(row.key)
        rows[model][key] = WrittenRow(model, key, What(row.what), row.was, row.mark)
    return Footprint(rows)


def hindrances(run: ImportRun, footprint: Footprint) -> list[Hindrance]:
    """Return what was built on a run since: while there is anything, it cannot be undone."""
    found: list[Hindrance] = []
    for model, rows in footprint.rows.items():
        found.extend(_changed_since(run, model, rows))
        found.extend(_pointing_at(run, footprint, model))
        found.extend(_gone_since(footprint, model, rows))
    found.extend(seen_by_apps(footprint))
    return list(dict.fromkeys(found))


def _changed_since(run: ImportRun, model: type[Model], rows: Mapping[Any, WrittenRow]) -> Iterator[Hindrance]:
    """Yield the rows in which something else stands now than the file wrote."""
    wrote = [key for key, row in rows.items() if row.what != What.REMOVED]
    changed: list[Any] = []
    for keys in portions(wrote):
        now = {row["pk"]: row["fields"] for row in as_plain(model._base_manager.filter(pk__in=keys))}
        changed += [key for key in keys if not _still_says(rows[key], now.get(key))]
    if not changed:
        return
    if later := _later_run(run, model, changed):
        yield _undo_first(later)
        return
    gone = set(changed)
    for about, count in _by_name(model, changed).items():
        gone -= count.keys
        words = _("%(name)s: changed since (%(what)s).")
        yield Hindrance(words % {"name": about, "what": counted({model: len(count.keys)})}, count.at)
    if gone:
        words = _("Somebody removed since what the file had changed: %(what)s.")
        yield Hindrance(words % {"what": counted({model: len(gone)})})


def _gone_since(
    footprint: Footprint, model: type[Model], rows: Mapping[Any, WrittenRow]
) -> Iterator[Hindrance]:
    """Yield what stood there before and names a record that is gone: merged, taken back, removed by hand."""
    pointers = [each for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]
    for pointer in pointers:
        target: type[Model] = pointer.remote_field.model
        said = [row.was[pointer.name] for row in rows.values() if row.was.get(pointer.name)]
        missing = {target._meta.pk.to_python(key) for key in said} - {*footprint.of(target, What.REMOVED)}
        for keys in portions(list(missing)):
            missing -= {*target._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}
        if missing:
            words = _("What stood there before names what is gone since: %(what)s.")
            yield Hindrance(words % {"what": counted({target: len(missing)}) or len(missing)})


def _still_says(row: WrittenRow, now: Mapping[str, Any] | None) -> bool:
    """Say whether a row stands as the file left it. What it made may be gone: nothing of it is left then."""
    if now is None:
        return row.what == What.MADE
    return row.mark == mark_of(now if row.what == What.MADE else {name: now.get(name) for name in row.was})


@dataclass
class _Named:
    """The records that have to do with one person, or with one thing, and the page where it is found."""

    at: Model
    keys: set[Any] = field(default_factory=set)


def _by_name(model: type[Model], keys: list[Any]) -> dict[str, _Named]:
    """Return records by the person they are about, else by what they are themselves."""
    found: dict[str, _Named] = {}
    name = person_in(model)
    for some in portions(keys):
        records = model._base_manager.filter(pk__in=some)
        for record in records.select_related(name) if name and model is not Person else records:
            about = getattr(record, name) if name and model is not Person else record
            found.setdefault(str(about), _Named(about)).keys.add(record.pk)
    return found


def _pointing_at(run: ImportRun, footprint: Footprint, model: type[Model]) -> Iterator[Hindrance]:
    """Yield, of what the file made, the records that others than the file have come to point at."""
    made = footprint.made(model)
    building = [pointer for pointer in pointing_at(model) if pointer.model not in PASSING] if made else []
    for pointer in building:
        others = footprint.rows.get(pointer.model, {})
        for keys in portions(made):
            rows = pointer.model._base_manager.filter(**{f"{pointer.name}__in": keys})
            pairs = rows.values_list("pk", pointer.attname)
            built = [pair for pair in pairs if not _is_of_the_file(others.get(pair[0]), pointer.name)]
            if built:
                yield from _told_of_pointers(run, pointer, model, built)


def _is_of_the_file(row: WrittenRow | None, name: str) -> bool:
    """Say whether it was the file that had a record point there."""
    return row is not None and (row.what == What.MADE or name in row.was)


def _told_of_pointers(
    run: ImportRun, pointer: ForeignKey[Any, Any], model: type[Model], built: list[tuple[Any, Any]]
) -> Iterator[Hindrance]:
    if later := _later_run(run, pointer.model, [key for key, _named in built]):
        yield _undo_first(later)
        return
    counts = Counter(named for _key, named in built)
    for name, named in _by_name(model, list(counts)).items():
        count = sum(counts[key] for key in named.keys)
        what = counted({pointer.model: count}) or _("something else that names this (%(count)d)")
        words = _("%(name)s: since then there is %(what)s.")
        yield Hindrance(words % {"name": name, "what": what % {"count": count}}, named.at)


def _later_run(run: ImportRun, model: type[Model], keys: list[Any]) -> ImportRun | None:
    """Return the latest later import that wrote one of these records: rows are kept in the order of time."""
    own = run.rows.order_by("-pk").values("pk")[:1]
    for some in portions(keys):
        rows = ImportedRow.objects.filter(model=model._meta.label, key__in=[str(key) for key in some])
        if row := rows.filter(pk__gt=Subquery(own)).select_related("run").order_by("-pk").first():
            return row.run
    return None


def _undo_first(later: ImportRun) -> Hindrance:
    words = _("The file %(file)s, brought in later, builds on it: undo that one first.")
    return Hindrance(words % {"file": later.source_name}, later)
