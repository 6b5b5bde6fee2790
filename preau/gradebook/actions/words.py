"""What the teacher decides and writes beside what is computed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.design.pieces import cote
from preau.grading.models import CourseResult, Scheme
from preau.grading.queries import Schemes
from preau.kit.refusals import ChangedMeanwhile, Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod
from preau.trail.actions import note

from ..models import Comment
from ..queries.belongings import group_keeping
from ..queries.results import period_results
from ..queries.scores import PupilResult
from .grades import hold_open
from .seals import seal_decision


class NothingToStar(Refusal):
    words = _("The examination is not better than the result: there is nothing to star.")


class InAnotherGroup(Refusal):
    words = _("%(pupil)s is in another group of the course now: the result is decided there.")


class OffTheScale(Refusal):
    field = "chosen"
    words = _("Results go from 0 to %(scale)s: %(chosen)s is not on the scale.")


@transaction.atomic
def choose_result(
    *,
    group: CourseGroup,
    period: ReportPeriod,
    pupil: Person,
    chosen: Decimal | None,
    because: str,
    by: Person,
    at: datetime,
) -> CourseResult:
    """
    Retain another result than the computed one, which stays beside it; None goes back to the computed one.

    :raises OffTheScale: when it is not on the scheme's scale
    :raises GradebookClosed: once the period is closed for the group
    :raises InAnotherGroup: when the pupil is in another group of the course at the end of the period
    """
    held = hold_open(group.pk, period.pk)
    _check_kept_here(group, period, pupil)
    scale = Schemes(period.starts_on).for_course(held.course).scale
    if chosen is not None and not 0 <= chosen <= scale:
        raise OffTheScale(scale=cote(scale), chosen=cote(chosen))
    result, _is_new = CourseResult.objects.update_or_create(
        group=group,
        period=period,
        pupil=pupil,
        defaults={"chosen": chosen, "chosen_because": because, "chosen_by": by, "chosen_at": at},
    )
    return result


DELIBERATE = TracedAct(
    "gradebook.deliberate", _("noted what the council decided for %(subject)s"), reserved=True
)


@transaction.atomic
def deliberate_result(
    *,
    group: CourseGroup,
    period: ReportPeriod,
    pupil: Person,
    attribute: str,
    value: Decimal | None = None,
    because: str,
    by: Person,
    at: datetime,
) -> CourseResult:
    """
    Write what the council decides about a result. What was computed and retained stays beside it.

    A star takes the examination, a cap the pass mark, brackets no value; the others take the value given.

    :raises NothingToStar: when the examination is not better than the result
    :raises OffTheScale: when the value is missing or not on the scale
    :raises InAnotherGroup: when the pupil is in another group of the course at the end of the period
    """
    _check_kept_here(group, period, pupil)
    result, _is_new = CourseResult.objects.select_for_update().get_or_create(
        group=group, period=period, pupil=pupil
    )
    found = period_results(period, groups=[group.pk], pupils=[pupil.pk]).get((pupil.pk, group.course_id))
    scheme = found.scheme if found else Schemes(period.starts_on).for_course(group.course)
    result.attribute = attribute
    result.deliberated = _deliberated(attribute, value, found, scheme)
    result.deliberated_because, result.deliberated_by, result.deliberated_at = because, by, at
    result.save()
    seal_decision(group=group, period=period, pupil=pupil, because=because, by=by, at=at)
    note(DELIBERATE, by=by, about=pupil, subject=f"{group}, {period}", attribute=attribute)
    return result


def _check_kept_here(group: CourseGroup, period: ReportPeriod, pupil: Person) -> None:
    if group_keeping(pupil, group, period) not in {None, group.pk}:
        raise InAnotherGroup(pupil=pupil.full_name)


def _deliberated(
    attribute: str, value: Decimal | None, found: PupilResult | None, scheme: Scheme
) -> Decimal | None:
    if attribute in {"", CourseResult.Attribute.BRACKETS}:
        return None
    if attribute == CourseResult.Attribute.CAPPED:
        return scheme.pass_mark * scheme.scale / 100
    if attribute == CourseResult.Attribute.STAR:
        if (
            found is None
            or found.exam is None
            or (found.computed is not None and found.exam <= found.computed)
        ):
            raise NothingToStar
        return found.exam
    if value is None or not 0 <= value <= scheme.scale:
        raise OffTheScale(scale=cote(scheme.scale), chosen=cote(value))
    return value


@transaction.atomic
def write_comment(
    *,
    group: CourseGroup,
    period: ReportPeriod,
    pupil: Person,
    text: str,
    by: Person,
    at: datetime,
    version: int | None = None,
) -> Comment | None:
    """
    Write, change or (with nothing) take back what a pupil will read on the report card about a course.

    Writing the same twice is writing once.

    :param version: the version that was on the screen, 0 when there was none; None to write over any
    :raises GradebookClosed: once the period is closed for the group
    :raises ChangedMeanwhile: when another version stands there now, with other words
    """
    hold_open(group.pk, period.pk)
    words, where = text.strip(), {"group": group, "period": period, "pupil": pupil}
    comment = Comment.objects.filter(**where).select_related("written_by").first()
    if comment is None:
        written = {"text": words, "written_by": by, "written_at": at}
        return Comment.objects.create(**where, **written) if words else None
    if comment.text == words:
        return comment
    if version is not None and comment.version != version:
        raise ChangedMeanwhile(by=comment.written_by, theirs=comment.text, version=comment.version)
    comment.text, comment.written_by, comment.written_at = words, by, at
    comment.version += 1
    comment.save()
    return comment
