"""What is taught: courses, and the three short lists they are made of."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.kit.lists.columns import Column, Content, Empty, Link, Listing, Phone, Words

from ..models import Course, CourseStatus, Subject, YearLevel

courses: Listing[Course, Course] = Listing(
    "structure.courses",
    _("Courses"),
    (
        Column(
            "course",
            _("Course"),
            lambda course: course.name,
            links=(Link("structure:course", lambda course: [course]),),
            sort=("name",),
        ),
        Column(
            "year",
            _("Year"),
            lambda course: f"{course.year_level.name} {course.form}".strip(),
            sort=("year_level__rank",),
            phone=Phone.BESIDE,
        ),
        Column(
            "periods",
            _("Periods a week"),
            lambda course: course.weekly_periods,
            Content.NUMBER,
            sort=("weekly_periods",),
        ),
        Column("status", _("Status"), lambda course: course.status.name, sort=("status__rank",)),
        Column(
            "groups",
            _("Groups"),
            lambda course: vars(course)["group_count"],
            Content.NUMBER,
            sort=("group_count",),
        ),
        Column("code", _("Code"), lambda course: course.code, sort=("code",), look="soft small"),
    ),
    ngettext_lazy("%(n)s course", "%(n)s courses", "n"),
    Empty(
        _("No course is found"),
        "books",
        _("Add a course here, or bring courses in from a file. It needs a subject, a year and a status."),
    ),
    holds_persons=False,
)


# ---- The short lists ----

NOTHING_YET = Empty(_("Nothing yet"), "list", _("Add the first one beside."))
COUNTED = ngettext_lazy("%(n)s line", "%(n)s lines", "n")


def _name(address: str) -> Column:
    return Column(
        "name", _("Name"), lambda record: record.name, links=(Link(address, lambda record: [record]),)
    )


def _yes_or_no(key: str, label: Words) -> Column:
    return Column(key, label, lambda record: gettext("yes") if getattr(record, key) else gettext("no"))


CODE: Column = Column("code", _("Code"), lambda record: record.code, look="soft", phone=Phone.BESIDE)
RANK: Column = Column("rank", _("Order"), lambda record: record.rank, Content.NUMBER)


def _short(key: str, title: Words, *columns: Column) -> Listing:
    return Listing(key, title, columns, COUNTED, NOTHING_YET, page_size=None, holds_persons=False)


subjects: Listing[Subject, Subject] = _short(
    "structure.subjects",
    _("Subjects"),
    _name("structure:subject"),
    Column("short", _("Short name"), lambda subject: subject.short_name),
    CODE,
    RANK,
)
levels: Listing[YearLevel, YearLevel] = _short(
    "structure.levels",
    _("Years of study"),
    _name("structure:level"),
    CODE,
    Column("degree", _("Degree"), lambda level: level.degree or None, Content.NUMBER),
    RANK,
)
statuses: Listing[CourseStatus, CourseStatus] = _short(
    "structure.statuses",
    _("Statuses of courses"),
    _name("structure:status"),
    CODE,
    _yes_or_no("counts_as_failure", _("A failure counts")),
    _yes_or_no("counts_in_average", _("In the average")),
)
