"""
The school on a day when something has happened, for the tests that walk through every door.

Each app adds here one record of its own in 4TTA (Noor and Emma, Claire Vandamme's) and one elsewhere, under a
name that tests/matrix.toml then speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from preau.gradebook.models import Assessment, Category, Grade, Publication
from preau.people.models import Person
from preau.structure.models import CourseGroup
from tests.cast import Cast
from tests.doors import Door

PLACES = (
    "lycee",
    "year",
    "first_period",
    "december",
    "class_4tta",
    "class_2cb",
    "class_5ttb",
    "maths_4tta",
    "physics_5ttb",
    "french_2cb",
)
THOSE_LOOKED_AT = ("noor", "elias", "alma", "vandamme")
LAST_WEEK = datetime(2026, 11, 17, 16, 0, tzinfo=ZoneInfo("Europe/Brussels"))


class Stage:
    """The whole cast and what it did: `people` by name, `records` by name."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.people: dict[str, Person] = self.cast.everybody
        self.records: dict[str, Model] = {
            **self.people,
            **{name: getattr(self.cast, name) for name in PLACES},
        }
        self.other_ids: dict[str, dict[str, Any]] = {
            "key": {"gradebook": "gradebook", "nothing": "nothing"},
            "period_id": {"december": self.cast.december},
            "pupil_id": {"noor": self.cast.noor, "alma": self.cast.alma},
        }
        """What may stand for an id that no rule looks up: name → value or record, by parameter."""
        self._grade_something()

    def _grade_something(self) -> None:
        cast = self.cast
        quiz = Category.objects.create(code="INT", name="Interrogation")
        self.records["quiz"] = quiz
        for name, group, teacher, pupil, is_published in (
            ("fractions_4tta", cast.maths_4tta, cast.vandamme, cast.noor, True),
            ("hidden_4tta", cast.maths_4tta, cast.vandamme, cast.noor, False),
            ("forces_5ttb", cast.physics_5ttb, cast.thys, cast.alma, True),
        ):
            self.records[name] = self._assessment(name, group, quiz, teacher, pupil, is_published)

    def _assessment(
        self,
        title: str,
        group: CourseGroup,
        category: Category,
        teacher: Person,
        pupil: Person,
        is_published: bool,
    ) -> Assessment:
        assessment = Assessment.objects.create(
            group=group,
            period=self.cast.december,
            category=category,
            title=title,
            held_on=date(2026, 11, 16),
            max_points=20,
            created_by=teacher,
        )
        Grade.objects.create(assessment=assessment, pupil=pupil, points=13, written_by=teacher)
        if is_published:
            Publication.objects.create(
                assessment=assessment, published_at=LAST_WEEK, parents_at=LAST_WEEK, published_by=teacher
            )
        return assessment

    def named(self, model: type[Model]) -> dict[str, Model]:
        """Return the records of a model by the names the tables use. Of people, a few stand for all."""
        return {
            name: record
            for name, record in self.records.items()
            if type(record) is model and (model is not Person or name in THOSE_LOOKED_AT)
        }

    def choices(self, door: Door, parameter: str) -> dict[str, Any]:
        """Return what may stand for one id of an address, by name: keys of records, or words."""
        if parameter in door.records:
            return {name: record.pk for name, record in self.named(door.records[parameter]).items()}
        return {name: getattr(value, "pk", value) for name, value in self.other_ids[parameter].items()}

    def paths(self, door: Door) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each way to fill the ids of an address: the names of what stands there, and the values."""
        choices = {parameter: self.choices(door, parameter) for parameter in door.ids}
        for way in product(*(choice.items() for choice in choices.values())):
            yield (
                "/".join(name for name, _ in way),
                {parameter: value for parameter, (_, value) in zip(choices, way, strict=True)},
            )
