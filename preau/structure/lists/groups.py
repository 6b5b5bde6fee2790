"""The course groups of the year, those of a class, and who follows one."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit import clock
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone, Place
from preau.people.rules import may_manage_people

from .. import queries
from ..models import CourseGroup, GroupMembership, TeachingAssignment
from ..queries import GroupLine, Membership
from ..rules import may_manage_structure, may_read_fellows, may_read_group
from ..wording import span_of


def _taught_by(tie: TeachingAssignment) -> SafeString:
    kind = "" if tie.kind == TeachingAssignment.Kind.MAIN else tie.get_kind_display()
    said = format_html(' <span class="soft small">{}</span>', kind) if kind else ""
    return format_html("<div>{}{}</div>", tie.teacher.full_name, said)


def _teachers(line: GroupLine, href: AddressOf) -> SafeString | str:
    if not line.teachers:
        return pieces.badge(gettext("no teacher"), "warning", "alert-triangle")
    return format_html_join("", "{}", ((_taught_by(tie),) for tie in line.teachers))


def _size(line: GroupLine, href: AddressOf) -> str:
    return str(line.size) if line.size else pieces.badge(gettext("no pupil"), "warning")


COURSE: Column[GroupLine] = Column(
    "course",
    _("Course"),
    lambda line: line.group.course.name,
    links=(Link("structure:group", lambda line: [line.group], may_read_fellows),),
)
GROUP: Column[GroupLine] = Column("group", _("Group"), lambda line: line.group.name, phone=Phone.BESIDE)
TEACHER: Column[GroupLine] = Column(
    "teacher",
    _("Teacher"),
    lambda line: ", ".join(tie.teacher.full_name for tie in line.teachers),
    drawn=_teachers,
)

groups: Listing[CourseGroup, GroupLine] = Listing(
    "structure.groups",
    _("Course groups"),
    (
        COURSE,
        GROUP,
        TEACHER,
        Column("size", _("Pupils"), lambda line: line.size, Content.NUMBER, drawn=_size, sort=("size",)),
        Column("code", _("Code"), lambda line: line.group.code, sort=("code",), look="soft small"),
    ),
    ngettext_lazy("%(n)s group", "%(n)s groups", "n"),
    Empty(
        _("No group is found"),
        "users-group",
        _("Make the groups of the year here, or bring them in from a file."),
    ),
    queries.group_lines,
    holds_persons=False,
)

class_courses: Listing[CourseGroup, GroupLine] = Listing(
    "structure.class_courses",
    _("Courses"),
    (COURSE, GROUP, TEACHER, Column("size", _("Pupils"), lambda line: line.size, Content.NUMBER)),
    ngettext_lazy("%(n)s course", "%(n)s courses", "n"),
    Empty(_("No course yet"), "books", _("Groups appear here once a pupil of the class follows them.")),
    queries.group_lines,
    page_size=None,
    holds_persons=False,
)


def _leaving(member: Membership, href: AddressOf) -> SafeString | str:
    """Draw the button that takes a pupil out; the form around the list knows the last day."""
    if member.tie.ends_on:
        return ""
    who = gettext("%(name)s leaves the group") % {"name": member.tie.pupil.full_name}
    to = reverse("structure:membership_end", args=[member.tie.pk])
    return pieces.button(
        gettext("Leaves"), tone="quiet", small=True, mark="logout", formaction=to, aria_label=who
    )


members: Listing[GroupMembership, Membership] = Listing(
    "structure.members",
    _("Pupils"),
    (
        Column(
            "name",
            _("Name"),
            lambda member: member.tie.pupil.list_name,
            links=(Link("people:person", lambda member: [member.tie.pupil], may_manage_people),),
        ),
        Column("class", _("Class"), lambda member: member.class_name, phone=Phone.BESIDE),
        Column(
            "span",
            _("Follows the course"),
            lambda member: span_of(member.tie),
            seen_by=may_read_group,
            look="small soft",
        ),
        Column(
            "leaves",
            "",
            lambda member: "",
            drawn=_leaving,
            seen_by=may_manage_structure,
            places=Place.SCREEN,
            phone=Phone.BESIDE,
            look="figure",
        ),
    ),
    ngettext_lazy("%(n)s pupil", "%(n)s pupils", "n"),
    Empty(_("Nobody follows this course yet"), "users", _("The secretariat adds the pupils.")),
    queries.members_listed,
    page_size=None,
    taken_by=may_read_group,
    is_faded=lambda member: member.tie.ends_on is not None and member.tie.ends_on <= clock.today(),
)
