"""A school year as it begins: what stands in it already, made by a plan or by hand."""

from __future__ import annotations

from dataclasses import dataclass

from preau.structure.models import ClassGroup, CourseGroup, Enrolment, SchoolYear


@dataclass(frozen=True)
class Coming:
    """The year to which another is brought forward."""

    classes: dict[int, ClassGroup]
    made_of: dict[int, ClassGroup]
    """The class that each of the earlier year was made into, whatever it is called since."""
    groups: dict[str, CourseGroup]
    """Its groups, by their codes."""
    placed: dict[int, tuple[ClassGroup, bool]]
    """The class of each pupil who has one, and whether the pupil has left it again."""

    def class_of(self, former: ClassGroup) -> ClassGroup | None:
        """Return the class that goes on from one of the earlier year."""
        named = (each for each in self.classes.values() if each.name == former.name)
        return self.made_of.get(former.pk) or next(named, None)

    def is_of_another_subject(self, former: CourseGroup) -> bool:
        """Say whether somebody gave the code of a group to another subject: that does not go on from it."""
        record = self.groups.get(former.code)
        return record is not None and record.course.subject_id != former.course.subject_id


def coming_year(year: SchoolYear) -> Coming:
    """Read what stands in a year already. A fixed number of queries."""
    classes = {each.pk: each for each in ClassGroup.objects.filter(school_year=year)}
    groups = CourseGroup.objects.filter(school_year=year).select_related("course")
    return Coming(
        classes=classes,
        made_of=_made_of(year, classes),
        groups={each.code: each for each in groups},
        placed=_placed(year, classes),
    )


def _made_of(year: SchoolYear, classes: dict[int, ClassGroup]) -> dict[int, ClassGroup]:
    made = year.rollovers.filter(undone_at=None).order_by("pk").values_list("made", flat=True)
    pairs = [pair for each in made for pair in each.get("classes", {}).items()]
    return {int(former): classes[key] for former, key in pairs if key in classes}


def _placed(year: SchoolYear, classes: dict[int, ClassGroup]) -> dict[int, tuple[ClassGroup, bool]]:
    ties = Enrolment.objects.filter(class_group__school_year=year).order_by("starts_on", "pk")
    rows = ties.values_list("pupil", "class_group", "ends_on")
    return {pupil: (classes[place], ends_on is not None) for pupil, place, ends_on in rows}
