"""The school's structure, as the house sees it: menu, search, the names of its acts."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import Found, MenuEntry, Module, declare
from preau.people.models import Person
from preau.people.rules import may_manage_people

from .models import ClassGroup
from .queries import current_year, groups_found, staff_found
from .rules import (
    may_configure_school,
    may_manage_structure,
    may_open_classes,
    may_read_classmates,
    may_read_group,
    may_read_staff,
)

AT_MOST = 8


def classes_named(person: Person, words: str) -> Iterable[Found]:
    """Return the classes of that name the person may read."""
    named = ClassGroup.objects.filter(school_year=current_year(), name__holds=words)
    classes = may_read_classmates.among(named.select_related("year_level"), person)
    for class_group in classes[:AT_MOST]:
        url = reverse("structure:class_group", args=[class_group.pk])
        yield Found(class_group.name, class_group.year_level.name, url, "users-group")


def colleagues_named(person: Person, words: str) -> Iterable[Found]:
    """Return the colleagues of that name: their page for those who keep the register, else nothing."""
    if not may_manage_people.admits(person):
        return
    for colleague in staff_found(words=words)[:AT_MOST]:
        url = reverse("people:person", args=[colleague.pk])
        yield Found(colleague.full_name, str(_("staff")), url, "briefcase")


def groups_named(person: Person, words: str) -> Iterable[Found]:
    """Return the course groups of that name the person may read."""
    found = groups_found(current_year(), words=words)
    for group in may_read_group.among(found, person)[:AT_MOST]:
        url = reverse("structure:group", args=[group.pk])
        yield Found(str(group), group.code, url, "books")


declare(
    Module(
        key="structure",
        name=_("The school"),
        icon="school",
        rank=300,
        menu=(
            MenuEntry(_("Pupils"), "user", "structure:pupils", may_manage_structure),
            MenuEntry(_("Staff"), "briefcase", "structure:staff", may_read_staff),
            MenuEntry(_("Classes"), "users-group", "structure:classes", may_open_classes),
            MenuEntry(_("Courses"), "books", "structure:courses", may_configure_school),
            MenuEntry(_("School year"), "calendar-week", "structure:year", may_configure_school),
        ),
        searches=(classes_named, colleagues_named, groups_named),
        can_close=False,
    )
)
