"""The school's identity: what stands on documents and at the top of each page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.files.actions import keep, let_go
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.structure.models import School
from preau.structure.uses import LOGO
from preau.trail.actions import note

DESCRIBE_SCHOOL = TracedAct("structure.describe_school", _("described the school %(subject)s"))


@transaction.atomic
def describe_school(
    *, by: Person | None, at: datetime, logo: UploadedFile | None = None, **fields: Any
) -> School:
    """
    Say how the school is called, where it stands, its colour and its logo. There is one school.

    :raises Refusal: when the logo is not accepted (`files.actions.keep`)
    """
    school = School.objects.select_for_update().order_by("pk").first() or School()
    for name, value in fields.items():
        setattr(school, name, value)
    former = school.logo
    if logo:
        school.logo = keep(use=LOGO, file=logo, by=by, at=at)
    school.save()
    if logo and former:
        let_go(file=former)
    note(DESCRIBE_SCHOOL, by=by, subject=school.name)
    return school


REMOVE_LOGO = TracedAct("structure.remove_logo", _("removed the logo of %(subject)s"))


@transaction.atomic
def remove_logo(*, by: Person | None, at: datetime) -> None:
    """Take the logo away from pages and documents."""
    school = School.objects.select_for_update().exclude(logo=None).first()
    if school is None or school.logo is None:
        return
    former, school.logo = school.logo, None
    school.save(update_fields=["logo"])
    let_go(file=former)
    note(REMOVE_LOGO, by=by, subject=school.name)
