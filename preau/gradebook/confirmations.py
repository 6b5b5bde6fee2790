"""What great acts in the gradebook do, said before they are done."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.design.confirmations import Question
from preau.grading.models import Scale, Scheme
from preau.structure.models import CourseGroup, ReportPeriod

from . import queries
from .models import Assessment, Feedback
from .queries import Sheet


def removing_assessment(assessment: Assessment) -> Question:
    files = queries.files_of(assessment)
    lost = ngettext("%(count)d file goes with it.", "%(count)d files go with it.", files)
    return Question(
        title=_("Remove “%(title)s” from the gradebook") % {"title": assessment.title},
        button=_("Remove from the gradebook"),
        back=reverse("gradebook:assessment_settings", args=[assessment.pk]),
        does=[_("It is refused once a pupil has a grade in it: leave it out of the result then.")],
        loses=[lost % {"count": files}] if files else [],
        icon="trash",
    )


def removing_statement(assessment: Assessment) -> Question:
    back = reverse("gradebook:statement", args=[assessment.pk])
    return _removing_file(_("Remove the statement of “%(title)s”") % {"title": assessment.title}, back)


def taking_feedback_back(feedback: Feedback) -> Question:
    names = {"name": feedback.pupil.full_name, "title": feedback.assessment.title}
    back = reverse("gradebook:feedback", args=[feedback.assessment_id, feedback.pupil_id])
    return _removing_file(_("Take the file of %(name)s for “%(title)s” back") % names, back)


def _removing_file(title: str, back: str) -> Question:
    does = _("Nobody can read it any more, and it cannot be brought back: keep a copy if you need one.")
    return Question(title=title, button=_("Remove the file"), back=back, does=[does], icon="trash")


def publishing_all(sheet: Sheet) -> Question:
    waiting = [
        column for column in sheet.columns if column.written and not hasattr(column.assessment, "publication")
    ]
    does = ngettext(
        "%(count)d assessment becomes visible to pupils and parents.",
        "%(count)d assessments become visible to pupils and parents.",
        len(waiting),
    )
    nothing = _("All that is typed is visible already.")
    return Question(
        title=_("Show all grades to pupils"),
        button=_("Show them to pupils and parents"),
        back=_sheet_of(sheet.group, sheet.period),
        does=[does % {"count": len(waiting)} if waiting else nothing],
        tone="primary",
        icon="eye",
    )


def closing_gradebook(sheet: Sheet) -> Question:
    return Question(
        title=_("Close %(period)s") % {"period": sheet.period.name},
        button=_("Close the gradebook"),
        back=_sheet_of(sheet.group, sheet.period),
        does=[_("Results are then frozen for the report cards. The head can reopen them.")],
        tone="primary",
        icon="lock",
    )


def reopening_gradebook(group: CourseGroup, period: ReportPeriod) -> Question:
    names = {"period": period.name, "course": group.course.name, "group": group.name}
    return Question(
        title=_("Reopen %(period)s in %(course)s %(group)s") % names,
        button=_("Reopen the gradebook"),
        back=_sheet_of(group, period),
        does=[_("The teacher can write again; results are computed afresh until it is closed.")],
        tone="primary",
        icon="lock-open",
    )


def removing_scale(scale: Scale) -> Question:
    return Question(
        title=_("Remove the scale “%(name)s”") % {"name": scale.name},
        button=_("Remove the scale"),
        back=reverse("gradebook:scale", args=[scale.pk]),
        does=[_("It is refused once something is graded on it.")],
        icon="trash",
    )


def ending_scheme(scheme: Scheme, on: date) -> Question:
    day = date_format(on, "SHORT_DATE_FORMAT")
    return Question(
        title=_("Let “%(name)s” end") % {"name": scheme.name},
        button=_("Let this scheme end"),
        back=reverse("gradebook:scheme", args=[scheme.pk]),
        does=[
            _("From %(day)s on, gradebooks that are open compute with the scheme above it.") % {"day": day},
            _("What was computed under it before, and frozen, stays."),
        ],
        icon="x",
    )


def _sheet_of(group: CourseGroup, period: ReportPeriod) -> str:
    return reverse("gradebook:sheet", args=[group.pk, period.pk])
