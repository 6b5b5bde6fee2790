"""Those who work here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Part, Phone, Place
from preau.people.models import Person
from preau.people.rules import may_give_duties, may_manage_people

from .. import queries
from ..queries import StaffLine
from ..wording import duty_with_scope


def _functions(line: StaffLine, href: AddressOf) -> SafeString | str:
    if line.duties:
        return format_html_join("", "<div>{}</div>", ((duty_with_scope(duty),) for duty in line.duties))
    return format_html('<span class="soft">{}</span>', gettext("teacher")) if line.group_count else ""


def _give_duties(line: StaffLine, href: AddressOf) -> str:
    to = reverse("structure:duties", args=[line.person.pk])
    return pieces.button(gettext("Functions"), to, small=True, mark="briefcase")


staff: Listing[Person, StaffLine] = Listing(
    "structure.staff",
    _("Staff"),
    (
        Column(
            "name",
            _("Name"),
            lambda line: line.person.list_name,
            links=(Link("people:person", lambda line: [line.person], may_manage_people),),
            sort=("sort_name",),
            in_files=(
                Part(_("Family name"), lambda line: line.person.family_name),
                Part(_("Given name"), lambda line: line.person.given_name),
            ),
        ),
        Column(
            "functions",
            _("Functions"),
            lambda line: ", ".join(str(duty.get_kind_display()) for duty in line.duties),
            drawn=_functions,
        ),
        Column(
            "tutored",
            _("Titulaire of"),
            lambda line: ", ".join(class_group.name for class_group in line.tutored),
        ),
        Column("groups", _("Groups"), lambda line: line.group_count or None, Content.NUMBER),
        Column("email", _("E-mail"), lambda line: line.person.email),
        Column(
            "phone",
            _("Phone"),
            lambda line: line.person.mobile or line.person.phone,
            seen_by=may_manage_people,
            places=Place.FILES,
        ),
        Column(
            "duties",
            "",
            lambda line: "",
            drawn=_give_duties,
            seen_by=may_give_duties,
            places=Place.SCREEN,
            phone=Phone.BESIDE,
            look="figure",
        ),
    ),
    ngettext_lazy("%(n)s person", "%(n)s persons", "n"),
    Empty(_("Nobody is found"), "users", _("Change what you look for, or record a new colleague.")),
    queries.staff_lines,
    sorted_by="name",
)
