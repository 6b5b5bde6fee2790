"""Two records of one person become one; for thirty days they can be made two again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.memory import forget_what_changed
from preau.kit.plain_rows import as_plain, model_called
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct

from ..merging import Plan, plan
from ..models import UNDONE_WITHIN, Merge, Person
from .many import hold_many
from .persons import tell
from .rows import put_back, write_again


class CannotMerge(Refusal):
    words = _("The two cannot become one yet: %(why)s")


class CannotUndoMerge(Refusal):
    words = _(
        "The merge of %(name)s can no longer be undone: thirty days have passed, or it was undone already."
    )


class BuiltOnMerge(Refusal):
    words = _("Something was built on the merge of %(name)s since: %(what)s. Undo that first.")


MERGE_PERSONS = TracedAct("people.merge_persons", _("made one of two records: %(subject)s became this one"))


@transaction.atomic
def merge_persons(*, gone: Person, kept: Person, by: Person | None, at: datetime) -> Merge:
    """
    Make one of two records of a person: all that names the one who goes moves to the other.

    Facts that only the one who goes has are filled in; where both say something, the one who stays is right.

    :raises CannotMerge: when that would lose or break something; it says what to settle first
    """
    hold_many([gone, kept])
    found = plan(gone=gone, kept=kept, by=by)
    if found.hindrances:
        raise CannotMerge(why=" ".join(found.hindrances))
    name, details = gone.full_name, _details(found)
    _set_aside(found)
    _move(found)
    for field, value in found.filled.items():
        setattr(kept, field, value)
    if found.filled:
        kept.save(update_fields=list(found.filled))
    left = plan(gone=gone, kept=kept, by=None)
    if left.moving or left.same:
        raise CannotMerge(why=left.counts)
    gone.delete()
    merge = Merge.objects.create(kept=kept, name=name, by=by, at=at, details=details)
    tell(MERGE_PERSONS, kept, by, name)
    forget_what_changed()
    return merge


def _details(found: Plan) -> dict[str, Any]:
    """Return what it takes to undo it, as plain data."""
    return {
        "gone": as_plain([found.gone]),
        "moved": [[p.model._meta.label, p.name, [str(key) for key in keys]] for p, keys in found.moving],
        "same": as_plain(row for _pointer, row in found.same),
        "stretched": as_plain(stretch.record for stretch in found.stretches),
        "filled": {name: json.loads(json.dumps(value, default=str)) for name, value in found.filled.items()},
        "was": {name: getattr(found.kept, name) or "" for name in found.filled},
    }


def _set_aside(found: Plan) -> None:
    for _pointer, row in found.same:
        row.delete()
    for stretch in found.stretches:
        days = {"starts_on": stretch.starts_on, "ends_on": stretch.ends_on}
        type(stretch.record)._base_manager.filter(pk=stretch.record.pk).update(**days)


def _move(found: Plan) -> None:
    for pointer, keys in found.moving:
        pointer.model._base_manager.filter(pk__in=keys).update(**{pointer.name: found.kept.pk})


UNDO_MERGE = TracedAct("people.undo_merge", _("made two records of one again: %(subject)s is a person apart"))


@transaction.atomic
def undo_merge(*, merge: Merge, by: Person | None, at: datetime) -> Person:
    """
    Make two records again of what became one; what came since stays with the one who was kept.

    :raises CannotUndoMerge: when thirty days have passed, or it is undone
    :raises BuiltOnMerge: when a later merge, or what was written since, stands in the way
    """
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept").get(pk=merge.pk)
    if merge.undone_at or not merge.details or at >= merge.at + UNDONE_WITHIN:
        raise CannotUndoMerge(name=merge.name)
    later = Merge.objects.filter(kept=merge.kept, undone_at=None, pk__gt=merge.pk).last()
    if later is not None:
        raise BuiltOnMerge(name=merge.name, what=later.name)
    hold_many([merge.kept])
    try:
        with transaction.atomic():
            gone = _make_two(merge)
    except (IntegrityError, DeserializationError) as problem:
        raise BuiltOnMerge(name=merge.name, what=_("ties of the same days")) from problem
    merge.undone_at, merge.details = at, {}
    merge.save(update_fields=["undone_at", "details"])
    tell(UNDO_MERGE, merge.kept, by, merge.name)
    forget_what_changed()
    return gone


def _make_two(merge: Merge) -> Person:
    details = merge.details
    gone = write_again(details["gone"])[0]
    for label, name, keys in details["moved"]:
        model = model_called(label)
        model._base_manager.filter(pk__in=keys, **{name: merge.kept_id}).update(**{name: gone.pk})
    for row in details["stretched"]:
        days = {"starts_on": row["fields"]["starts_on"], "ends_on": row["fields"]["ends_on"]}
        put_back(model_called(row["model"]), row["pk"], days)
    write_again(details["same"])  # Whatever took the key of one meanwhile is not written over.
    kept = merge.kept
    back = [name for name, value in details["filled"].items() if str(getattr(kept, name)) == str(value)]
    for name in back:
        setattr(kept, name, details["was"][name] or (None if name == "born_on" else ""))
    if back:
        kept.save(update_fields=back)
    return Person.objects.get(pk=gone.pk)


@transaction.atomic
def forget_merges(*, at: datetime) -> int:
    """Forget what it takes to undo merges that are too old for it; return how many."""
    old = Merge.objects.filter(at__lte=at - UNDONE_WITHIN).exclude(details={})
    return old.update(details={})
