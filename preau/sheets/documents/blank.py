"""A list of the class with empty columns, to take along and fill in by hand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.gradebook.queries import Sheet
from preau.kit.pdf import compile_pdf
from preau.people.models import Person
from preau.structure.queries import teachers_of

from .pages import PAPER, Data, day, made_by, page_facts

FEWEST_COLUMNS, USUAL_COLUMNS, MOST_COLUMNS = 1, 8, 24


def blank_list(sheet: Sheet, *, columns: int, by: Person) -> bytes:
    """Return the list of a sheet's pupils as a PDF. Those who have left are not on it."""
    return compile_pdf(PAPER / "blank-list.typ", list_data(sheet, columns=columns, by=by))


def list_data(sheet: Sheet, *, columns: int, by: Person) -> Data:
    """Return what the template draws."""
    rows = [row for row in sheet.rows if not row.has_left]
    classes = {row.class_name for row in rows}
    course, group, period = sheet.group.course, sheet.group, sheet.period
    heading = f"{course.name} · {group.name}"
    teachers = ", ".join(person.full_name for person in teachers_of(group))
    count = ngettext("%(count)s pupil", "%(count)s pupils", len(rows)) % {"count": len(rows)}
    title = _("Class list: %(course)s, %(group)s") % {"course": course.name, "group": group.name}
    return {
        **page_facts(title=title, description=title, footer=f"{heading} · {period.name}"),
        "heading": heading,
        "lead": " · ".join(filter(None, [period.name, teachers, count])),
        "aside": made_by(by),
        "columns": min(max(columns, FEWEST_COLUMNS), MOST_COLUMNS),
        "number_word": _("No."),
        "pupil": _("Pupil"),
        "class_word": _("Class"),
        "rows": [
            {
                "number": number,
                "family_name": row.pupil.family_name,
                "given_name": row.pupil.called,
                "class_name": row.class_name if len(classes) > 1 else "",
                "mark": _("since %(day)s") % {"day": day(row.membership.starts_on)} if row.is_new else "",
            }
            for number, row in enumerate(rows, start=1)
        ],
    }
