"""What a person is told, as far as they may still read what it leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from preau.kit.access import NOBODY
from preau.kit.dossier import Tables
from preau.kit.modules import closed_to
from preau.people.models import Person

from .kinds import Kind, kind_of, kinds
from .models import Receipt, ReceiptQuerySet


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as its reader sees it."""

    receipt: Receipt
    kind: Kind
    words: str


def readable_by(reader: Person, *, at: datetime) -> ReceiptQuerySet:
    """
    Return what a person has been told so far whose page they may open now, the latest first.

    The rules stand in the query: a page of it, its count and what marks it read know the same notices.
    """
    closed = closed_to(reader)
    opens = [_opens(kind, reader) for kind in kinds() if kind.module not in closed]
    due = Receipt.objects.filter(person=reader).due(at)
    return due.filter(reduce(or_, opens, NOBODY)).order_by("-due_at", "-pk")


def _opens(kind: Kind, reader: Person) -> Q:
    records = kind.rule.among(kind.rule.records().filter(pk=OuterRef("notice__about")), reader)
    return Q(Exists(records), notice__kind=kind.key)


def lines(receipts: Iterable[Receipt]) -> list[Line]:
    """Return some notices with their sentences. One query for each kind among them."""
    shown = list(receipts)
    about: defaultdict[str, set[int]] = defaultdict(set)
    for receipt in shown:
        about[receipt.notice.kind].add(receipt.notice.about)
    said = {key: kind.sentences(about[key]) for key in about if (kind := kind_of(key))}
    return [
        Line(receipt, kind, said[kind.key][receipt.notice.about])
        for receipt in shown
        if (kind := kind_of(receipt.notice.kind)) and receipt.notice.about in said[kind.key]
    ]


def held_about(person: Person) -> Tables:
    """Return what a person was told, and whether they opened it."""
    receipts = Receipt.objects.filter(person=person).order_by("due_at", "pk")
    return {"notices": list(receipts.values("notice__kind", "due_at", "read_at"))}
