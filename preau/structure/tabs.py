"""Pages of one thing, side by side: what is taught, a class."""

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.tabs import Tab
from preau.people.models import Person

from .models import ClassGroup
from .rules import may_manage_structure


def course_tabs(person: Person, here: str) -> list[Tab]:
    """Return the tabs of courses, groups, subjects, years and statuses; groups hold names of pupils."""
    labels = {
        "structure:courses": _("Courses"),
        "structure:groups": _("Groups"),
        "structure:subjects": _("Subjects"),
        "structure:levels": _("Years of study"),
        "structure:statuses": _("Statuses"),
    }
    if not may_manage_structure.admits(person):
        del labels["structure:groups"]
    return [Tab(label, reverse(address), address == here) for address, label in labels.items()]


def class_tabs(class_group: ClassGroup, here: str) -> list[Tab]:
    """Return the tabs of a class: its pupils, their courses."""
    labels = {"structure:class_group": _("Pupils"), "structure:class_courses": _("Courses")}
    return [
        Tab(label, reverse(address, args=[class_group.pk]), address == here)
        for address, label in labels.items()
    ]
