"""Cards on paper: a class in alphabetical order, and a copy for each home of a pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from preau.kit.fonts import not_drawn
from preau.people.models import Person, Residence
from preau.people.relations import ties_with
from preau.structure.models import ClassGroup, Enrolment, ReportPeriod

from ..models import Hold, ReportCard
from .records import day_of

Copy = tuple[ReportCard, str]


def copies_of_class(class_group: ClassGroup, period: ReportPeriod) -> list[Copy]:
    """
    Return the cards of a class by name, each as often as the pupil has homes, with whom the copy is for.

    Cards that are held stay out of the pile. A pupil with one home has one copy, for nobody in particular.
    """
    held = Hold.objects.filter(period=period, lifted_at=None).values("pupil")
    cards = (
        ReportCard.objects.latest_versions()
        .filter(class_group=class_group, period=period)
        .exclude(pupil__in=held)
        .select_related("pupil", "period")
        .by_name()
    )
    ready = list(cards)
    homes = _homes_of([card.pupil_id for card in ready])
    return [(card, addressee) for card in ready for addressee in homes.get(card.pupil_id, [""])]


def _homes_of(pupils: Iterable[int]) -> dict[int, list[str]]:
    """Return, for each pupil whose adults live apart, one line per home: who lives there, and where."""
    ties = list(ties_with("sees_marks").filter(pupil__in=pupils).select_related("guardian").order_by("pk"))
    homes = {
        residence.person_id: residence.household
        for residence in Residence.objects.filter(person__in=[tie.guardian_id for tie in ties])
        .select_related("household")
        .order_by("is_main", "-pk")
    }
    adults: defaultdict[int, defaultdict[int, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        if home := homes.get(tie.guardian_id):
            adults[tie.pupil_id][home.pk].append(tie.guardian)
    return {
        pupil: [
            f"{' & '.join(person.full_name for person in people)}, {homes[people[0].pk]}"
            for people in by_home.values()
        ]
        for pupil, by_home in adults.items()
        if len(by_home) > 1
    }


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """A pupil whose name holds signs that no font of the documents draws: each would be a square."""

    pupil: Person
    signs: str


def names_not_drawn(period: ReportPeriod) -> list[NotDrawn]:
    """Return the pupils of a period whose name would hold a square on the card, by name. One query."""
    enrolled = Enrolment.objects.in_force(day_of(period)).values("pupil")
    pupils = Person.objects.filter(pk__in=enrolled).order_by("sort_name")
    found = (NotDrawn(pupil, not_drawn([pupil.full_name])) for pupil in pupils)
    return [each for each in found if each.signs]
