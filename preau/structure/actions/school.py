"""The school's identity: what stands on documents and at the top of each page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal
from preau.people.models import Person
from preau.structure.logos import kind_of_image
from preau.structure.models import School
from preau.trail.actions import note

HEAVIEST_LOGO = 1024 * 1024


class NotAPicture(Refusal):
    words = _(
        "This file is not a PNG, JPEG or WebP picture. Export the logo as one of these, then send it again."
    )


class LogoTooHeavy(Refusal):
    words = _("This picture is heavier than 1 MB. Make it smaller, then send it again.")


@transaction.atomic
def describe_school(
    *, by: Person | None, at: datetime, logo: UploadedFile | None = None, **fields: Any
) -> School:
    """Say how the school is called, where it stands, its colour and its logo. There is one school."""
    school = School.objects.select_for_update().order_by("pk").first() or School()
    for name, value in fields.items():
        setattr(school, name, value)
    former = school.logo.name if logo else ""
    if logo:
        school.logo.save(f"logo.{_checked(logo)}", logo, save=False)
    school.save()
    if former:
        _throw_away(school, former)
    note("structure.describe_school", by=by, subject=school.name)
    return school


@transaction.atomic
def remove_logo(*, by: Person | None, at: datetime) -> None:
    """Take the logo away from pages and documents."""
    school = School.objects.select_for_update().exclude(logo="").first()
    if school is None:
        return
    former, school.logo = school.logo.name, ""
    school.save(update_fields=["logo"])
    _throw_away(school, former)
    note("structure.remove_logo", by=by, subject=school.name)


def _checked(logo: UploadedFile) -> str:
    if (logo.size or 0) > HEAVIEST_LOGO:
        raise LogoTooHeavy
    kind = kind_of_image(logo.read(32))
    logo.seek(0)
    if kind is None:
        raise NotAPicture
    return kind


def _throw_away(school: School, name: str) -> None:
    """Delete a file once the change is safely stored, and not before."""
    storage = school.logo.storage
    transaction.on_commit(lambda: storage.delete(name))
