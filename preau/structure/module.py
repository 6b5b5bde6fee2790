"""The school's structure, as the house sees it: menu, search, the names of its acts."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from preau.kit.modules import Found, MenuEntry, Module, declare
from preau.people.models import Person
from preau.people.rules import may_manage_people
from preau.trail.words import register_all

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
    named = ClassGroup.objects.filter(school_year=current_year(), name__icontains=words)
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
register_all(
    {
        "people.record_person": _("recorded %(subject)s"),
        "people.change_person": _("changed what is known of %(subject)s"),
        "people.note_external_id": _("noted the number of %(subject)s in %(system)s"),
        "people.drop_external_id": _("forgot the number of %(subject)s in %(system)s"),
        "people.move_household": _("noted a new address of %(subject)s"),
        "people.change_household": _("corrected the address of %(subject)s"),
        "people.leave_household": _("took an address away from %(subject)s"),
        "people.relate_guardian": _("noted that %(subject)s answers for the pupil"),
        "people.change_rights": _("changed the rights of %(subject)s over the pupil"),
        "people.end_relationship": _("noted that %(subject)s no longer answers for the pupil"),
        "people.let_parents_read": _("lets the parents read, being of age"),
        "people.keep_parents_out": _("no longer lets the parents read, being of age"),
        "people.give_duty": _("gave %(subject)s a duty"),
        "people.end_duty": _("ended a duty of %(subject)s"),
        "structure.enrol_pupil": _("enrolled the pupil in %(subject)s"),
        "structure.move_pupil": _("moved the pupil from %(from)s to %(subject)s"),
        "structure.end_enrolment": _("noted that the pupil leaves %(subject)s"),
        "structure.add_membership": _("added the pupil to %(subject)s"),
        "structure.correct_membership": _("corrected from when to when the pupil follows %(subject)s"),
        "structure.end_membership": _("took the pupil out of %(subject)s"),
        "structure.assign_teacher": _("gave %(subject)s to the teacher"),
        "structure.end_assignment": _("took %(subject)s from the teacher"),
        "structure.assign_tutor": _("put the teacher in charge of %(subject)s"),
        "structure.end_tutorship": _("ended the charge of %(subject)s"),
        "structure.create_class": _("made the class %(subject)s"),
        "structure.change_class": _("changed the class %(subject)s"),
        "structure.create_year_level": _("added the year of study %(subject)s"),
        "structure.create_status": _("added the status of courses %(subject)s"),
        "structure.create_subject": _("added the subject %(subject)s"),
        "structure.create_course": _("added the course %(subject)s"),
        "structure.change_course": _("changed %(subject)s"),
        "structure.create_group": _("made the group %(subject)s"),
        "structure.open_school_year": _("opened the school year %(subject)s"),
        "structure.close_school_year": _("ended what was still open in %(subject)s"),
        "structure.change_period": _("changed the period %(subject)s"),
        "structure.add_period": _("added the period %(subject)s"),
        "structure.remove_period": _("removed the period %(subject)s"),
        "structure.add_event": _("put %(subject)s in the calendar"),
        "structure.remove_event": _("took %(subject)s out of the calendar"),
        "structure.describe_school": _("described the school %(subject)s"),
        "structure.remove_logo": _("removed the logo of %(subject)s"),
    }
)
