"""How the school stands: how many people, who has signed in, what its structure still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from preau.kit.memory import remember
from preau.people.models import Person, Relationship
from preau.people.ties import in_force
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    Enrolment,
    GroupMembership,
    School,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)
from preau.structure.queries import current_year, school
from preau.trail import queries as trail
from preau.trail.rules import may_read_trail
from preau.trail.words import is_named, sentence_of

from ..models import Audience
from .adoption import REAL_AUDIENCES, people_in

LATELY = 5


@dataclass(frozen=True)
class Figure:
    """How many persons of an audience the school has, and how many have signed in at least once."""

    audience: Audience
    people: int
    signed_in: int


@dataclass(frozen=True)
class Gap:
    """Something the structure lacks before everything can work, and the page where it is mended."""

    words: str
    address: str


@dataclass(frozen=True)
class Act:
    """Something that was done of late, in a sentence."""

    who: str
    sentence: str
    at: datetime


@dataclass(frozen=True)
class SchoolState:
    """The school in figures."""

    school: School | None
    year: SchoolYear | None
    figures: list[Figure]
    gaps: list[Gap]
    acts: list[Act]


def school_state(reader: Person) -> SchoolState:
    """Return the school in figures. Seven queries, remembered for a moment, and one for the acts."""
    year = current_year()
    figures: list[Figure] = remember("portal.figures", lambda: [_figure_of(one) for one in REAL_AUDIENCES])
    lacks: dict[str, int] = remember("portal.lacks", lambda: _lacks_of(year)) if year else {}
    acts = _lately(reader) if may_read_trail.admits(reader) else []
    return SchoolState(school(), year, figures, _gaps(**lacks) if lacks else [], acts)


def _figure_of(audience: Audience) -> Figure:
    counted = people_in(audience).order_by()
    numbers = counted.aggregate(
        people=Count("pk"), signed_in=Count("pk", filter=Q(account__last_login__isnull=False))
    )
    return Figure(audience, **numbers)


def _lacks_of(year: SchoolYear) -> dict[str, int]:
    """Count what the structure of a year lacks."""
    of_class, of_group = {"class_group": OuterRef("pk")}, {"group": OuterRef("pk")}
    classes = ClassGroup.objects.filter(school_year=year)
    groups = CourseGroup.objects.filter(school_year=year)
    pupils = Person.objects.filter(pk__in=Enrolment.objects.filter(in_force()).values("pupil"))
    return {
        "untutored": _lacking(classes, Tutorship.objects.filter(in_force(), **of_class)),
        "untaught": _lacking(groups, TeachingAssignment.objects.filter(in_force(), **of_group)),
        "deserted": _lacking(groups, GroupMembership.objects.filter(in_force(), **of_group)),
        "alone": _lacking(pupils, Relationship.objects.filter(in_force(), pupil=OuterRef("pk"))),
    }


def _lacking(records: QuerySet, ties: QuerySet) -> int:
    return records.filter(~Exists(ties)).count()


def _gaps(*, untutored: int, untaught: int, deserted: int, alone: int) -> list[Gap]:
    """Say what is lacking, in the language of the moment, and where it is mended."""
    said = [
        ("classes", untutored, ngettext("%d class has no tutor.", "%d classes have no tutor.", untutored)),
        ("groups", untaught, ngettext("%d group has no teacher.", "%d groups have no teacher.", untaught)),
        ("groups", deserted, ngettext("%d group has no pupil.", "%d groups have no pupil.", deserted)),
        ("pupils", alone, ngettext("%d pupil has no guardian.", "%d pupils have no guardian.", alone)),
    ]
    return [Gap(words % count, f"structure:{page}") for page, count, words in said if count]


def _lately(reader: Person) -> list[Act]:
    traces = [trace for trace in trail.acts(reader=reader)[: 4 * LATELY] if is_named(trace.act)]
    return [Act(str(trace.by or ""), sentence_of(trace), trace.at) for trace in traces[:LATELY]]
