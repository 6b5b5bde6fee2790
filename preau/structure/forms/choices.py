"""The choices that come back in many forms: a class, a level, a group, a day, somebody of the staff."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from preau.kit import clock, fields
from preau.people.models import Person

from ..models import ClassGroup, CourseGroup, SchoolYear, YearLevel
from ..queries import classes_from, current_year, groups_from, possible_staff


class DayField(fields.DayField):
    """A day; today unless told."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("initial", clock.today)
        super().__init__(**more)


class LastDayField(fields.DayField):
    """A last day, counted in, as people say it. Its value is the day after: our ends are excluded."""

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day + timedelta(days=1) if day else None


class ClassField(forms.ModelChoiceField):
    """A class of the school year in course, or of one to come that has classes already."""

    year: SchoolYear | None = None

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Class"))
        super().__init__(ClassGroup.objects.none(), **more)

    def offer(self) -> None:
        self.year = current_year()
        self.queryset = classes_from(self.year)

    def label_from_instance(self, class_group: ClassGroup) -> str:
        return f"{class_group.name}{_year_of(class_group, self.year)}"


def _year_of(record: ClassGroup | CourseGroup, now: SchoolYear | None) -> str:
    """Return the year of a record in brackets, when it is another than the one in course."""
    return "" if now is None or record.school_year_id == now.pk else f" ({record.school_year.name})"


class LevelField(forms.ModelChoiceField):
    """A year of study."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Year"))
        super().__init__(YearLevel.objects.all(), **more)

    def label_from_instance(self, level: YearLevel) -> str:
        return level.name


class GroupField(forms.ModelChoiceField):
    """A course group of the school year in course, or of one to come that has groups already."""

    is_offered = True
    year: SchoolYear | None = None

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Group"))
        super().__init__(CourseGroup.objects.none(), **more)

    def offer_only(self, level: YearLevel | None) -> None:
        """Offer the groups of one year of study; none without it."""
        self.is_offered = level is not None
        groups = groups_from(current_year())
        self.queryset = groups.filter(course__year_level=level) if level else groups.none()

    def offer(self) -> None:
        self.year = current_year()
        self.queryset = groups_from(self.year)

    def label_from_instance(self, group: CourseGroup) -> str:
        return f"{group}{_year_of(group, self.year)}"


class StaffField(forms.ModelChoiceField):
    """Somebody who works in the school, or is recorded to come."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Teacher"))
        super().__init__(Person.objects.none(), **more)

    def offer(self) -> None:
        self.queryset = possible_staff()

    def label_from_instance(self, person: Person) -> str:
        return person.list_name


class OfferingForm(forms.Form):
    """A form whose choices are those of the moment it is drawn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "offer"):
                field.offer()
