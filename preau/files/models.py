"""A file that somebody gave, and what is known of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person


def folder_of(file: StoredFile, name: str) -> str:
    """Return the folder of a use; the storage gives the name there, which nobody can guess."""
    return f"{file.use.replace('.', '/')}/{name}"


def thumbnails_of(file: StoredFile, name: str) -> str:
    return f"thumbnails/{name}"


class StoredFileQuerySet(models.QuerySet):
    def unreferenced(self) -> StoredFileQuerySet:
        """Keep the files that no record of any app refers to."""
        unused = self
        for relation in self.model._meta.related_objects:
            holders = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            unused = unused.filter(~Exists(holders))
        return unused


class StoredFile(models.Model):
    """
    A file as it was given. Its content never changes: another one is another file.

    Records of other apps refer to it by a protected foreign key.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    use = models.CharField(max_length=60, help_text=_("The key of the use that an app declares."))
    content = models.FileField(upload_to=folder_of)
    thumbnail = models.FileField(upload_to=thumbnails_of, blank=True)
    name = models.CharField(_("file"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("Empty: the bytes were missing."))
    kept_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    kept_at = models.DateTimeField(_("when"))

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kept_by", "use"]), models.Index(fields=["use"])]

    def __str__(self) -> str:
        return self.name
