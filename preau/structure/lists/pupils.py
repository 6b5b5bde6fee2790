"""The pupils of the school, and those of a class."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.design.lists import linked
from preau.kit.lists.columns import (
    AddressOf,
    Column,
    Content,
    Empty,
    Link,
    Listing,
    Part,
    Phone,
    Place,
    Tick,
    Words,
)
from preau.people.models import Person
from preau.people.rules import may_manage_people

from .. import queries
from ..queries import PupilLine
from ..rules import (
    may_manage_structure,
    may_read_class_contacts,
    may_read_class_list,
    may_read_contacts,
    may_read_pupil,
)

ON_SCREEN_AND_IN_FILES = Place.SCREEN | Place.FILES
COUNTED = ngettext_lazy("%(n)s pupil", "%(n)s pupils", "n")


def _guardian_parts(rank: int, name: Words, phone: Words, email: Words) -> tuple[Part[PupilLine], ...]:
    """Return the columns of a file about the first or the second who answers for a pupil."""

    def about(told: Callable[[Person], str]) -> Callable[[PupilLine], str]:
        return lambda line: told(line.guardianships[rank].guardian) if line.guardianships[rank:] else ""

    return (
        Part(name, about(lambda guardian: guardian.full_name)),
        Part(phone, about(lambda guardian: guardian.mobile or guardian.phone)),
        Part(email, about(lambda guardian: guardian.email)),
    )


GUARDIANS_IN_FILES = (
    *_guardian_parts(0, _("Guardian 1"), _("Phone 1"), _("E-mail 1")),
    *_guardian_parts(1, _("Guardian 2"), _("Phone 2"), _("E-mail 2")),
)


def _guardian_names(line: PupilLine) -> str:
    return ", ".join(tie.guardian.full_name for tie in line.guardianships)


def _none() -> SafeString:
    return format_html('<span class="faint">{}</span>', gettext("none"))


# ---- The pupils of a class ----


def _with_phones(line: PupilLine, href: AddressOf) -> SafeString:
    reached = (
        (tie.guardian.full_name, tie.guardian.mobile or tie.guardian.phone or tie.guardian.email)
        for tie in line.guardianships
    )
    drawn = '<div>{} <span class="soft small number">{}</span></div>'
    return format_html_join("", drawn, reached) or _none()


class_list: Listing[Person, PupilLine] = Listing(
    "structure.class_list",
    _("Pupils"),
    (
        Column(
            "name",
            _("Name"),
            lambda line: line.pupil.list_name,
            links=(
                Link("people:person", lambda line: [line.pupil], may_manage_people),
                Link("portal:pupil", lambda line: [line.pupil], may_read_pupil),
            ),
            sort=("sort_name",),
            in_files=(
                Part(_("Family name"), lambda line: line.pupil.family_name),
                Part(_("Given name"), lambda line: line.pupil.called),
            ),
        ),
        Column(
            "born",
            _("Born on"),
            lambda line: line.pupil.born_on,
            Content.DAY,
            seen_by=may_read_class_list,
            cell_seen_by=may_read_pupil,
            about=lambda line: line.pupil,
            phone=Phone.BESIDE,
        ),
        Column(
            "gender",
            _("Gender"),
            lambda line: line.pupil.gender,
            seen_by=may_read_class_contacts,
            places=Place.FILES,
        ),
        Column(
            "language",
            _("Language"),
            lambda line: line.pupil.get_language_display(),
            seen_by=may_read_class_contacts,
            places=Place.FILES,
        ),
        Column(
            "email",
            _("E-mail"),
            lambda line: line.pupil.email,
            seen_by=may_read_class_contacts,
            places=Place.FILES,
        ),
        Column(
            "guardians",
            _("Guardians"),
            _guardian_names,
            drawn=_with_phones,
            seen_by=may_read_class_contacts,
            places=ON_SCREEN_AND_IN_FILES,
            in_files=GUARDIANS_IN_FILES,
        ),
    ),
    COUNTED,
    Empty(_("Nobody is in this class yet"), "users", _("The secretariat enrols the pupils.")),
    queries.classmate_lines,
    sorted_by="name",
    page_size=None,
    is_numbered=True,
    taken_by=may_read_class_list,
)


# ---- The pupils of the school ----


def _class_or_enrol(line: PupilLine, href: AddressOf) -> SafeString:
    if line.class_group:
        return linked(line.class_group.name, href(line.class_group))
    return linked(gettext("enrol"), reverse("structure:enrolment", args=[line.pupil.pk]), "soft")


def _with_kinds(line: PupilLine, href: AddressOf) -> SafeString:
    drawn = format_html_join(
        "",
        '<span class="guardian">{} <span class="soft small">{}</span></span>',
        (
            (linked(tie.guardian.full_name, href(tie.guardian)), tie.get_kind_display())
            for tie in line.guardianships
        ),
    )
    if not drawn:
        return _none()
    lacks = "" if line.has_reachable_guardian else pieces.badge(gettext("no e-mail"), "warning", "mail")
    return format_html("{}{}", drawn, lacks)


pupils: Listing[Person, PupilLine] = Listing(
    "structure.pupils",
    _("Pupils"),
    (
        Column(
            "name",
            _("Name"),
            lambda line: line.pupil.list_name,
            links=(Link("people:person", lambda line: [line.pupil], may_manage_people),),
            sort=("sort_name",),
            in_files=(
                Part(_("Family name"), lambda line: line.pupil.family_name),
                Part(_("Given name"), lambda line: line.pupil.given_name),
            ),
        ),
        Column(
            "class",
            _("Class"),
            lambda line: line.class_group.name if line.class_group else "",
            drawn=_class_or_enrol,
            links=(Link("structure:class_group", lambda line: [line.class_group], may_manage_structure),),
            sort=queries.by_class,
            phone=Phone.BESIDE,
        ),
        Column("born", _("Born on"), lambda line: line.pupil.born_on, Content.DAY, sort=("born_on",)),
        Column(
            "gender",
            _("Gender"),
            lambda line: line.pupil.gender,
            cell_seen_by=may_read_pupil,
            about=lambda line: line.pupil,
            places=Place.FILES,
        ),
        Column(
            "language",
            _("Language"),
            lambda line: line.pupil.get_language_display(),
            cell_seen_by=may_read_pupil,
            about=lambda line: line.pupil,
            places=Place.FILES,
        ),
        Column(
            "email",
            _("E-mail"),
            lambda line: line.pupil.email,
            cell_seen_by=may_read_contacts,
            about=lambda line: line.pupil,
            places=Place.FILES,
        ),
        Column(
            "guardians",
            _("Guardians"),
            _guardian_names,
            drawn=_with_kinds,
            links=(
                Link(
                    "people:person",
                    lambda line: [tie.guardian for tie in line.guardianships],
                    may_manage_people,
                ),
            ),
            places=ON_SCREEN_AND_IN_FILES,
            in_files=GUARDIANS_IN_FILES,
        ),
    ),
    COUNTED,
    Empty(
        _("No pupil is found"),
        "users",
        _("Change what you look for, record a new pupil, or bring pupils in from a file."),
    ),
    queries.pupil_lines,
    sorted_by="name",
    ticks=Tick("pupils", lambda line: line.pupil.pk, lambda line: line.pupil.full_name),
    is_of_pupils=True,
)
