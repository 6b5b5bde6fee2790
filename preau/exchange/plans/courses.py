"""Courses and groups. They have no end: what a source no longer names is told, and stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.exchange.registers.structure import squeezed
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.structure.models import Course, CourseGroup, TeachingAssignment

from .gone import Going, tell_gone
from .offer import Offer, course_code
from .teachers import find_teacher, last_day, teach


def plan_courses(intake: Intake, records: Sequence[Record]) -> None:
    """Compare the courses and groups of a file with those of the school year."""
    offer, origins = Offer(intake), intake.origins("courses")
    for record in records:
        record.subject = record["group_code"] or course_code(record)
        if record.wrongs:
            continue
        with intake.looking_at(record):
            course = _course(offer, record)
            if record["group_code"]:
                group = _group(offer, record, course)
                origins.see(squeezed(group.code), group)
                _teacher(intake, record, group)
    intake.tell(records)
    tell_gone(intake, origins, _("groups"), lambda keys: _still_there(intake, keys))


def _course(offer: Offer, record: Record) -> Course:
    known = offer.structure.courses.get(squeezed(course_code(record)))
    if known is None:
        record.is_new = True
        return offer.course(record)
    facts = {
        "name": record["course_name"],
        "weekly_periods": record["weekly_periods"],
        "form": record["form"],
    }
    if record["status"]:
        facts["status"] = offer.status(record["status"])
    told = {name: fact for name, fact in facts.items() if fact not in (None, "")}
    if known.pk is not None:
        record.changes.extend(offer.intake.draft.change(known, **told))
    return known


def _group(offer: Offer, record: Record, course: Course) -> CourseGroup:
    known = offer.structure.groups.get(squeezed(record["group_code"]))
    if known is None:
        record.is_new = True
        return offer.new_group(record, course)
    if record["group_name"] and known.pk is not None:
        record.changes.extend(offer.intake.draft.change(known, name=record["group_name"]))
    return known


def _teacher(intake: Intake, record: Record, group: CourseGroup) -> None:
    if not record["teacher_id"]:
        return
    teacher = find_teacher(intake, record)
    _tie, is_new = teach(
        intake, teacher, group, starts_on=intake.year.starts_on, ends_on=last_day(intake, None)
    )
    if is_new:
        label = TeachingAssignment.Kind.MAIN.label
        record.changes.append(Change(label[:1].upper() + label[1:], "", teacher.full_name))


def _still_there(intake: Intake, keys: list[int]) -> list[Going]:
    wanted = set(keys)
    return [Going(group.code) for group in intake.structure.groups.values() if group.pk in wanted]
